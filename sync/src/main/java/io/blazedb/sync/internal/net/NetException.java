package io.blazedb.sync.internal.net;

import java.io.IOException;

/** Listening or connecting failed: says where, what was found and what was expected; carries no secret. */
public final class NetException extends IOException {
    private static final long serialVersionUID = 1L;

    NetException(String message) {
        super(message);
    }

    NetException(String message, Throwable cause) {
        super(message, cause);
    }
}
