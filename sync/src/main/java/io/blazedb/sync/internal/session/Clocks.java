package io.blazedb.sync.internal.session;

/** The clocks of one origin's operations, as far as a node remembers them. */
@FunctionalInterface
public interface Clocks {
    Clocks UNKNOWN = seq -> 0;

    /** The clock of the operation with this number; 0 when it is not known. Never a wrong one. */
    long at(long seq);
}
