package io.blazedb.sync.internal.net;

/** Why a connection ended. The codes are WebSocket's (RFC 6455, 7.4): part of the protocol. */
public enum CloseReason {
    /** One of both sides was done. */
    NORMAL(1000),
    /** The server or the client is shutting down. */
    GOING_AWAY(1001),
    /** Bytes that are no WebSocket, or not ours. */
    PROTOCOL(1002),
    /** A text frame: messages are binary. */
    NOT_BINARY(1003),
    /** The connection broke, or the peer said nothing as it ended. Never on the wire. */
    LOST(1006),
    /** The layer above refuses the peer, or the peer was too late with its first message. */
    REFUSED(1008),
    /** A message beyond the limit. */
    TOO_LARGE(1009),
    /** The layer above failed. */
    INTERNAL(1011),
    /** The server has too much to do at the moment. */
    TRY_AGAIN(1013),
    /** The peer let too many pings go unanswered. Never on the wire. */
    SILENT(4000);

    private final int code;

    CloseReason(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** Whether there is anybody to tell. */
    boolean isSent() {
        return this != LOST && this != SILENT;
    }

    /** What a peer meant; a code that is not ours, or none, counts as NORMAL: it did say goodbye. */
    static CloseReason of(int code) {
        for (CloseReason reason : values()) {
            if (reason.code == code && reason.isSent()) {
                return reason;
            }
        }
        return NORMAL;
    }
}
