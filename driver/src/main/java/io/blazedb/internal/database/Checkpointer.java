package io.blazedb.internal.database;

import io.blazedb.internal.capture.Gate;
import io.blazedb.internal.link.ThreadEnd;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The thread that writes checkpoints: when enough log has come together, after a change of the schema, and at least
 * every half minute while anything changes. One a database; stops when the database closes.
 */
final class Checkpointer {
    /** Redo goes through twice this much log at most, unless a write transaction stays open. */
    static final long DISTANCE_BYTES = 16L * 1024 * 1024;

    private static final long AGE_MILLIS_MAX = 30_000;
    private static final long LOOK_MILLIS = Long.getLong("blazedb.checkpointLookMillis", 250);
    private static final long UPKEEP_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final long BACK_OFF_MILLIS_MAX = 1_000;
    private static final boolean EAGER = Boolean.getBoolean("blazedb.checkpointAlways");

    private final Checkpoint checkpoint;
    private final Upkeep upkeep;
    private final Consumer<RuntimeException> onFailure;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wakeUp = lock.newCondition();
    private final Thread thread;
    private long keptUpAt;
    private boolean wanted;
    private boolean stopped;

    /** Work that is to be done from time to time, and that may be put off. */
    interface Upkeep {
        void run() throws SQLException;
    }

    /**
     * Writes checkpoints of a database.
     *
     * @param onFailure told once, when a checkpoint could not be written; there is none after it
     */
    Checkpointer(String name, Checkpoint checkpoint, Upkeep upkeep, Consumer<RuntimeException> onFailure) {
        this.checkpoint = checkpoint;
        this.upkeep = upkeep;
        this.onFailure = onFailure;
        this.thread = new Thread(this::run, "blazedb-checkpoint-" + name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Asks for a checkpoint as soon as no write transaction is open. */
    void soon() {
        lock.lock();
        try {
            wanted = true;
            wakeUp.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Stops the thread and waits until it has, whoever interrupts: H2's file must outlive a checkpoint. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            wakeUp.signal();
        } finally {
            lock.unlock();
        }
        ThreadEnd.await(thread);
    }

    private void run() {
        long backOff = LOOK_MILLIS;
        long last = System.nanoTime();
        try {
            while (await(backOff)) {
                long ageMillis = (System.nanoTime() - last) / 1_000_000;
                if (!isDue(ageMillis)) {
                    backOff = LOOK_MILLIS;
                } else if (checkpoint.tryNow(Gate.WAIT_MILLIS_MAX)) {
                    last = System.nanoTime();
                    wanted = false;
                    backOff = LOOK_MILLIS;
                    keepUp(last);
                } else {
                    backOff = Math.min(BACK_OFF_MILLIS_MAX, backOff * 2);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            if (!isStopped()) {
                onFailure.accept(e);
            }
        }
    }

    /** Then H2 may have been stopped under a checkpoint. */
    private boolean isStopped() {
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }

    private void keepUp(long now) {
        if (keptUpAt != 0 && now - keptUpAt < UPKEEP_NANOS) {
            return;
        }
        keptUpAt = now;
        try {
            upkeep.run();
        } catch (SQLException e) {
            System.getLogger("io.blazedb")
                    .log(System.Logger.Level.INFO, "Old conflicts stay for now; the next try is in an hour", e);
        }
    }

    private boolean isDue(long ageMillis) {
        return checkpoint.distance() > DISTANCE_BYTES
                || (checkpoint.isBehind() && (wanted || EAGER || ageMillis > AGE_MILLIS_MAX));
    }

    @SuppressWarnings("WaitNotInLoop") // run() is the loop; waking up early only looks early
    private boolean await(long millis) throws InterruptedException {
        lock.lock();
        try {
            if (!stopped && !(wanted && millis == LOOK_MILLIS)) {
                wakeUp.awaitNanos(millis * 1_000_000);
            }
            return !stopped;
        } finally {
            lock.unlock();
        }
    }
}
