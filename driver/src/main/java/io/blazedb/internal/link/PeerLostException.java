package io.blazedb.internal.link;

import org.jspecify.annotations.Nullable;

/** The database at the other end does not answer any more. Whoever waits for it tries again later. */
final class PeerLostException extends RuntimeException {
    private static final long serialVersionUID = 1;

    PeerLostException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
