package io.blazedb.sync.internal.wire;

/** Bytes are not what they should be: cut off, changed, or from something else. Says what was found and expected. */
public final class MalformedException extends Exception {
    private static final long serialVersionUID = 1;

    public MalformedException(String message) {
        super(message);
    }

    public MalformedException(String message, Throwable cause) {
        super(message, cause);
    }
}
