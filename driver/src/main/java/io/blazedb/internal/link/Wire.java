package io.blazedb.internal.link;

/**
 * Carries whole messages to the other end, in order and once, until it is closed. Any thread may send; it may wait
 * while the other end takes nothing.
 */
interface Wire extends AutoCloseable {
    /**
     * Gives a message to the other end.
     *
     * @throws PeerLostException when it is closed
     */
    void send(byte[] message);

    @Override
    void close();

    /** Who takes what comes. One call after the other; returns soon. */
    interface Receiver {
        void received(byte[] message);

        /** The last call. */
        void closed(String reason);
    }
}
