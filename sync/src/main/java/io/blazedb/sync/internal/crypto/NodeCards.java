package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.internal.wire.MalformedException;

/** Reads node cards, and checks the signature that each carries of its own node. */
@FunctionalInterface
public interface NodeCards {
    /** Fails unless the bytes are one whole card with a valid signature; the message holds no secret. */
    PeerCard read(byte[] card) throws MalformedException;
}
