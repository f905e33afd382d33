package io.blazedb.sync.internal.crypto;

import java.util.Arrays;

/** A private key of P-256 and its public key. Whoever made it closes it, which wipes the private key. */
final class P256Pair implements AutoCloseable {
    private final byte[] privateKey;
    private final Bytes publicKey;

    /** Takes the private key over: 32 bytes, the highest first. */
    P256Pair(byte[] privateKey, Bytes publicKey) {
        if (privateKey.length != Hpke.PRIVATE_KEY_BYTES) {
            throw new IllegalArgumentException("private key of " + privateKey.length + " bytes (expected: 32)");
        }
        publicKey.requireLength(Hpke.PUBLIC_KEY_BYTES, "public key");
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    /** A copy, which the caller wipes. */
    byte[] privateKey() {
        return privateKey.clone();
    }

    Bytes publicKey() {
        return publicKey;
    }

    @Override
    public void close() {
        Arrays.fill(privateKey, (byte) 0);
    }

    @Override
    public String toString() {
        return "P-256 pair of " + publicKey;
    }
}
