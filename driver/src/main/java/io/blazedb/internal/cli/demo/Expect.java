package io.blazedb.internal.cli.demo;

/** The checks of the demo: each ends it when a result is not what it has to be. */
final class Expect {
    private Expect() {}

    static void that(boolean holds, String failure) {
        if (!holds) {
            throw new DemoFailedException(failure);
        }
    }

    static void same(String what, Object found, Object expected) {
        that(found.equals(expected), what + ": found " + found + " (expected: " + expected + ")");
    }
}
