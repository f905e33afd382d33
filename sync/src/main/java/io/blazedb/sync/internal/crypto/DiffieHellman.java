package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.internal.wire.MalformedException;

/** What the Noise specification calls the DH functions. {@link P256} is the one in use; tests bring Curve25519. */
interface DiffieHellman {
    /** Its part of the protocol's name. */
    String name();

    int publicKeyBytes();

    /** The secret that both owners can compute. Refuses a public key that is none before the private key is used. */
    byte[] agree(DhKeyPair mine, byte[] theirs) throws MalformedException;
}
