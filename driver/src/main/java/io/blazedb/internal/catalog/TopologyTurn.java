package io.blazedb.internal.catalog;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whose turn it is to write topologies to the catalogues of several databases of this process: one change ends, or is
 * taken back, before another one begins. Safe for use by several threads.
 */
public final class TopologyTurn {
    private static final ReentrantLock TURN = new ReentrantLock(true);

    private TopologyTurn() {}

    /** Takes the turn when nobody else has it; whoever has it may take it once more. */
    public static boolean tryTake() {
        return TURN.tryLock();
    }

    /** Waits for the turn. Answers whether it came in time. */
    public static boolean tryTake(long secondsMax) throws InterruptedException {
        return TURN.tryLock(secondsMax, TimeUnit.SECONDS);
    }

    /** Gives up what was taken. */
    public static void giveBack() {
        TURN.unlock();
    }
}
