package io.blazedb.sync.internal.environment;

/**
 * Takes frames to other nodes. A frame arrives whole or not at all; it may come twice, late, or after one that was sent
 * later. Safe for several threads.
 *
 * @param <A> how a node is addressed
 */
@FunctionalInterface
public interface Network<A> {
    /** Returns at once; the bytes belong to the network from now on. */
    void send(A destination, byte[] frame);
}
