package io.blazedb.sync.internal.crypto;

/**
 * Something sealed or signed is not what its author made: changed, moved to another place, or made by somebody else.
 * Says what it was, and nothing of its content.
 */
public final class ForgedException extends Exception {
    private static final long serialVersionUID = 1;

    public ForgedException(String message) {
        super(message);
    }

    public ForgedException(String message, Throwable cause) {
        super(message, cause);
    }
}
