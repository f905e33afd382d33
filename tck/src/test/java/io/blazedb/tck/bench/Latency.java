package io.blazedb.tck.bench;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * How long a query on one database of the process does not see a row yet that was committed on another one: from the
 * return of the commit, and from the call of the INSERT that is committed by it.
 *
 * <p>Commits come one at a time, the next one when the one before is seen. Either the writer itself asks the other
 * database after its commit, over and over; or a thread of its own asks all the time, while the writer waits parked.
 * Beside it stands what a
 * bare thread takes in the same run to wake, compute a little and answer: the tail that the machine itself has.
 */
final class Latency {
    private static final int COMMITS = 3_000;
    private static final int WARM_UP_COMMITS = 40_000;
    private static final int STEPS = 30_000;
    private static final Goal GOAL = Goal.atMost(1, "ms");

    private final Report report;

    Latency(Report report) {
        this.report = report;
    }

    void run() throws Exception {
        try (Place place = Place.create();
                Items writer = place.blaze("a");
                Items reader = place.blaze("b")) {
            place.connect(writer.connection(), "b");
            String floor = millis(handOvers());
            add("the writer asks", floor, readAfterCommit(writer, reader));
            add("a thread asks", floor, readByThread(writer, reader));
        }
    }

    /** When each row was asked to be written, was committed, and was seen. */
    private static final class Times {
        private final long[] sinceCall = new long[COMMITS];
        private final long[] sinceReturn = new long[COMMITS];

        void add(int commit, long called, long returned, long seen) {
            int slot = Math.max(0, commit); // warm-up has negative numbers
            sinceCall[slot] = seen - called;
            sinceReturn[slot] = Math.max(0, seen - returned);
        }
    }

    private void add(String how, String floor, Times times) {
        report.add(
                "commit on A -> visible on B in process, p99 of 3,000, since the return of the commit (" + how + ")",
                "bare thread: " + floor,
                millis(times.sinceReturn) + "; since the call: " + millis(times.sinceCall),
                percentile(times.sinceReturn, 99),
                GOAL);
    }

    private static String millis(long[] nanos) {
        return "p50 " + Goal.number(percentile(nanos, 50)) + " ms" + ", p99 " + Goal.number(percentile(nanos, 99))
                + " ms" + ", max " + Goal.number(percentile(nanos, 100)) + " ms";
    }

    private static double percentile(long[] nanos, int percent) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)] / 1e6;
    }

    /** Keeps a processor busy for about as long as one change is under way. Never 0. */
    private static long compute(long seed) {
        long value = seed | 1;
        for (int i = 0; i < STEPS; i++) {
            value ^= value << 13;
            value ^= value >>> 7;
            value ^= value << 17;
        }
        return value;
    }

    /** What the machine takes at this moment to wake a thread that computes a little, and to see its answer. */
    private static long[] handOvers() throws InterruptedException {
        AtomicLong asked = new AtomicLong();
        AtomicLong answered = new AtomicLong();
        Thread answering = new Thread(() -> {
            while (answered.get() < WARM_UP_COMMITS + COMMITS) {
                while (asked.get() == answered.get()) {
                    LockSupport.park();
                }
                long number = asked.get();
                if (compute(number) != 0) {
                    answered.set(number);
                }
            }
        });
        answering.start();
        long[] nanos = new long[COMMITS];
        for (int i = -WARM_UP_COMMITS; i < COMMITS; i++) {
            long start = System.nanoTime();
            long number = asked.incrementAndGet();
            LockSupport.unpark(answering);
            while (answered.get() != number) {
                Thread.onSpinWait();
            }
            nanos[Math.max(0, i)] = System.nanoTime() - start;
        }
        answering.join();
        return nanos;
    }

    private static Times readAfterCommit(Items writer, Items reader) throws SQLException {
        Times times = new Times();
        for (int i = -WARM_UP_COMMITS; i < COMMITS; i++) {
            long called = System.nanoTime();
            writer.insert();
            long returned = System.nanoTime();
            while (!reader.has(writer.lastId())) {
                Thread.onSpinWait();
            }
            times.add(i, called, returned, System.nanoTime());
        }
        return times;
    }

    private static Times readByThread(Items writer, Items reader) throws InterruptedException, SQLException {
        long first = writer.lastId() + 1;
        AtomicLong seenAt = new AtomicLong();
        Thread waiting = Thread.currentThread();
        ExecutorService asking = Executors.newSingleThreadExecutor();
        try {
            var done = asking.submit(() -> {
                for (int i = 0; i < WARM_UP_COMMITS + COMMITS; i++) {
                    while (!reader.has(first + i)) {
                        Thread.onSpinWait();
                    }
                    seenAt.set(System.nanoTime());
                    LockSupport.unpark(waiting);
                    while (seenAt.get() != 0) {
                        Thread.onSpinWait();
                    }
                }
                return true;
            });
            Times times = new Times();
            for (int i = -WARM_UP_COMMITS; i < COMMITS; i++) {
                long called = System.nanoTime();
                writer.insert();
                long returned = System.nanoTime();
                while (seenAt.get() == 0) {
                    LockSupport.park();
                }
                times.add(i, called, returned, seenAt.get());
                seenAt.set(0);
            }
            done.get();
            return times;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the reading thread failed", e);
        } finally {
            asking.shutdownNow();
        }
    }
}
