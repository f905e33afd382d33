package io.blazedb.sync.internal.crypto;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Bytes that are not secret and never change: a hash, a public key, a signature, a tag. Equal when their content is,
 * compared in constant time. Ordered as unsigned bytes.
 */
public final class Bytes implements Comparable<Bytes> {
    private static final int SHOWN_BYTES_MAX = 8;

    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    public static Bytes of(byte[] content) {
        return new Bytes(content.clone());
    }

    /** The hash of the parts as if they were one. */
    static Bytes sha256(byte[]... parts) {
        return new Bytes(Sha256.of(parts));
    }

    /** The bytes of which there must be exactly so many. */
    public static Bytes of(byte[] content, int length, String what) {
        if (content.length != length) {
            throw new IllegalArgumentException(what + " of " + content.length + " bytes (expected: " + length + ")");
        }
        return of(content);
    }

    /** Refuses bytes of another length. */
    void requireLength(int length, String what) {
        if (content.length != length) {
            throw new IllegalArgumentException(what + " of " + content.length + " bytes (expected: " + length + ")");
        }
    }

    public byte[] toArray() {
        return content.clone();
    }

    public int length() {
        return content.length;
    }

    /** The first so many of them. */
    Bytes first(int length) {
        return new Bytes(Arrays.copyOf(content, length));
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(content, other.content);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && MessageDigest.isEqual(content, that.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    /** The first bytes as hexadecimal digits. */
    @Override
    public String toString() {
        int shown = Math.min(content.length, SHOWN_BYTES_MAX);
        return HexFormat.of().formatHex(content, 0, shown) + (shown < content.length ? ".." : "");
    }
}
