package io.blazedb.sync.internal.net;

/**
 * What a connection tells its owner. One network thread makes all calls for a connection, one after the other, and
 * serves others besides: they must return soon and not wait. A call that throws ends the connection.
 */
public interface ConnectionListener {
    /** A whole message came. The array is the listener's. */
    void received(byte[] message);

    /** There is room again after a {@code send} that was not taken, or an {@code isWritable} that was false. */
    void writable();

    /** The server shuts down: the time to say goodbye and close, before the server closes by itself. */
    void stopping();

    /**
     * The connection ended: the last call.
     *
     * @param detail for the local log; never to be shown to the peer
     */
    void closed(CloseReason reason, String detail);
}
