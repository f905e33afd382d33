package io.blazedb.sync.internal.crypto;

/** What carries a handshake. The code is part of what both ends have to agree on. */
public enum Transport {
    /** A Unix domain socket. */
    LOCAL_SOCKET(1),
    /** Bare TCP. */
    TCP(2),
    /** A WebSocket in TLS. */
    SECURE_WEB_SOCKET(3);

    private final int code;

    Transport(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
