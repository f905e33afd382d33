package io.blazedb.sync.internal.channel;

import io.blazedb.sync.internal.net.CloseReason;

/**
 * What a channel tells its owner, one call after the other: {@link #opened} first, {@link #closed} last. The calls come
 * on network threads, which serve others besides: they must return soon and not wait. At a server {@code opened} comes
 * on a thread of the handshakes instead. A call that throws ends the channel.
 */
public interface ChannelListener {
    /** The other side has proved who it is, and may come in. The channel may send at once. */
    void opened(SecureChannel channel);

    /** A whole frame came. The array is the listener's. */
    void received(int type, byte[] payload);

    /** There is room again after a {@code send} that was not taken, or an {@code isWritable} that was false. */
    void writable();

    /** The server shuts down: the time to say goodbye and close. */
    void stopping();

    /**
     * The channel ended: the last call.
     *
     * @param detail for the local log; never to be shown to the peer
     * @param inOrder whether the other side said that it has sent all it had to; else something may be missing
     */
    void closed(CloseReason reason, String detail, boolean inOrder);
}
