package io.blazedb.sync.internal.crypto;

/** A record is not the next one that the other side sealed: the session is over. The message holds no secret. */
public final class RecordException extends Exception {
    private static final long serialVersionUID = 1;

    public RecordException(String message) {
        super(message);
    }

    public RecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
