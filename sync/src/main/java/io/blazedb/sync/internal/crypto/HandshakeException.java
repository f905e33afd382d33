package io.blazedb.sync.internal.crypto;

/**
 * A handshake ended without a session. The message is for the log of this side and holds no secret; the other side gets
 * a closed connection and nothing else, whatever the reason.
 */
public final class HandshakeException extends Exception {
    private static final long serialVersionUID = 1;

    /** Which check failed. */
    public enum Reason {
        /** Bytes that are no message of the handshake. */
        MALFORMED,
        /** A message was changed, moved, or made without the right key. */
        UNAUTHENTIC,
        /** No version or suite that both know, or a choice that was not offered. */
        VERSION,
        /** The responder's key is not the one that was expected. */
        PIN,
        /** A node card is not valid, or not of the key that the other side proved to have. */
        CARD,
        /** The other side does not know the token's secret. */
        PROOF,
        /** The responder refuses: no such member, or no such token. */
        REFUSED
    }

    private final Reason reason;

    public HandshakeException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public HandshakeException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
