package io.blazedb.sync;

/** A relay does not do what was asked, and nothing has changed. The message says what was found and expected. */
public final class FrameRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why; a sender decides by it what to do next. */
    public enum Reason {
        /** Frames before these are missing: send from the head on. */
        GAP,
        /** The store has all or some of these already: send from the head on. */
        REPEATED,
        /** The store has other frames with these numbers: the origin wrote one number twice. */
        FORKED,
        /** The frames are gone; a snapshot has what they did. */
        CUT,
        /** Larger than is ever taken. */
        TOO_LARGE,
        /** A quota is used up, or the disk: later, when something was cut or the limit raised. */
        FULL,
        /** No such origin or content. */
        UNKNOWN
    }

    public FrameRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
