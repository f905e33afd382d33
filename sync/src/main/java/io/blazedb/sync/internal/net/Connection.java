package io.blazedb.sync.internal.net;

/**
 * Whole binary messages to and from one peer, in order, until the connection ends. Any thread may call any method.
 *
 * <p>What is sent waits in a backlog of a limited size. A sender asks {@link #isWritable} before it makes a message,
 * and after a "no" waits for {@link ConnectionListener#writable}.
 */
public interface Connection {
    /**
     * Takes a message, whose array is the connection's from now on.
     *
     * @return false if the message was not taken: there is no room, so that {@link ConnectionListener#writable} will be
     *     called, or the connection is ending, so that {@link ConnectionListener#closed} will
     * @throws IllegalArgumentException if it is longer than {@link #messageBytesMax}
     */
    boolean send(byte[] message);

    /**
     * Whether there is room for a message of any allowed size. Then a {@code send} by the only sender is taken unless
     * the connection ends; else {@link ConnectionListener#writable} or {@code closed} will be called.
     */
    boolean isWritable();

    /** Bytes taken and not yet handed to the operating system, with {@link NetLimit#FRAME_BYTES} for each message. */
    long backlogBytes();

    /** The longest message that either side may send. */
    int messageBytesMax();

    /**
     * The peer has proved who it is: from now on its messages may be of any allowed size. Before that a server's
     * connection ends once its peer has sent {@link NetLimit#HANDSHAKE_BYTES_MAX} bytes in all, of TLS and HTTP too, so
     * that strangers cannot fill the memory.
     */
    void admit();

    /**
     * Stops reading from the peer, which will be slowed down. What was read already still comes: 128 KiB at most if
     * this is called by {@link ConnectionListener#received}, else up to a mebibyte. Pings go out meanwhile: they tell
     * the peer that this side is there, and fail if it is gone.
     */
    void pause();

    /** Reads on after {@link #pause}. */
    void resume();

    /**
     * Ends the connection once the messages taken so far are sent, within {@link NetLimit#CLOSE_MILLIS_MAX}. Nothing is
     * received any more but {@link ConnectionListener#closed}. Only the first call counts.
     */
    void close(CloseReason reason);

    /** Where the peer is, for logs: {@code 192.0.2.7:51234}, {@code [2001:db8::7]:51234}. */
    String remoteAddress();

    /**
     * SHA-256 of the SubjectPublicKeyInfo of the TLS server's certificate, the same at both ends; 32 zeros without TLS.
     * What is bound to it cannot be used through somebody else's certificate.
     */
    byte[] tlsBinding();
}
