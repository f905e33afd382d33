package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.internal.wire.MalformedException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/** The SHA-256 of a hub's static Diffie-Hellman key: who has the pin knows the hub, whatever its certificate. */
public final class Pin {
    private static final String PREFIX = "sha256/";

    private final byte[] hash;

    private Pin(byte[] hash) {
        this.hash = hash;
    }

    /** The pin of a public key. */
    public static Pin of(byte[] publicKey) {
        return new Pin(Sha256.of(publicKey));
    }

    /** Reads the text form: {@code sha256/} and the base64 of the hash. */
    public static Pin parse(String text) throws MalformedException {
        if (!text.startsWith(PREFIX)) {
            throw new MalformedException("pin without its hash's name (expected: " + PREFIX + "<base64>)");
        }
        String base64 = text.substring(PREFIX.length());
        return new Pin(TextForm.parse(base64, "pin", Base64.getDecoder(), Base64.getEncoder()));
    }

    /** Whether this is the pin of that key; takes the same time for every key. */
    public boolean matches(byte[] publicKey) {
        return MessageDigest.isEqual(hash, Sha256.of(publicKey));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pin pin && MessageDigest.isEqual(hash, pin.hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash);
    }

    /** The text that {@link #parse} reads. */
    @Override
    public String toString() {
        return PREFIX + Base64.getEncoder().encodeToString(hash);
    }
}
