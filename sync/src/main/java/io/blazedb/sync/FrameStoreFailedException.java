package io.blazedb.sync;

/**
 * The store cannot go on: its disk failed, or what is on it is damaged. Nothing that was forced is silently gone; the
 * message has the remedy.
 */
public final class FrameStoreFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FrameStoreFailedException(String message, Throwable cause) {
        super(message, cause);
    }

    public FrameStoreFailedException(String message) {
        super(message);
    }
}
