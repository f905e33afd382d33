package io.blazedb.sync.internal.crypto;

import java.security.PrivateKey;

/** A key pair for {@link DiffieHellman}: the private half as the JDK holds it, the public half as it is sent. */
public final class DhKeyPair {
    private final PrivateKey privateKey;
    private final byte[] publicKey;

    DhKeyPair(PrivateKey privateKey, byte[] publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey.clone();
    }

    PrivateKey privateKey() {
        return privateKey;
    }

    public byte[] publicKey() {
        return publicKey.clone();
    }

    /** Names the key by its pin; says nothing of the private half. */
    @Override
    public String toString() {
        return "key pair " + Pin.of(publicKey);
    }
}
