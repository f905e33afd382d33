package io.blazedb.tck.crash;

/** A promise that a crashed database did not keep. */
record Violation(Kind kind, String what) {
    enum Kind {
        /** The database cannot be opened, or a table of it cannot be read. */
        UNREADABLE,
        /** The state after no transaction at all: half of one is there. */
        TORN,
        /** The state before an acknowledged transaction. */
        LOST,
        /** The state after a transaction that was never attempted. */
        INVENTED,
        /** Something else that must hold does not. */
        BROKEN
    }

    @Override
    public String toString() {
        return kind + ": " + what;
    }
}
