package io.blazedb.sync;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One sealed operation as a relay keeps it: bytes that it cannot read, and their hash, which the next frame of the same
 * origin names as the one before it. Immutable; the array is the frame's from its construction on.
 */
public final class Frame {
    private final Hash hash;
    private final byte[] bytes;

    /** The hash is taken as given: who receives a frame from outside has checked it. */
    public Frame(Hash hash, byte[] bytes) {
        this.hash = hash;
        this.bytes = bytes;
    }

    public Hash hash() {
        return hash;
    }

    /** How many bytes it has. */
    public int size() {
        return bytes.length;
    }

    /** The bytes, read-only. */
    public ByteBuffer bytes() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Frame that && hash.equals(that.hash) && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return hash.hashCode();
    }

    @Override
    public String toString() {
        return "frame of " + bytes.length + " bytes";
    }
}
