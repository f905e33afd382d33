package io.blazedb.sync.internal.simulation;

/** A promise is broken; begins with the number of the invariant. */
final class Violation extends AssertionError {
    private static final long serialVersionUID = 1;

    Violation(String message) {
        super(message);
    }
}
