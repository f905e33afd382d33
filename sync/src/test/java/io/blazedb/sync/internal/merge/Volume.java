package io.blazedb.sync.internal.merge;

/** How many random cases a test runs: what a build can wait for, or all with -Dblazedb.test.volume=full. */
final class Volume {
    private Volume() {}

    static int cases(int inVerify, int inFull) {
        return "full".equals(System.getProperty("blazedb.test.volume")) ? inFull : inVerify;
    }
}
