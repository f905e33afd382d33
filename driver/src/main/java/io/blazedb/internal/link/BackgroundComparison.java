package io.blazedb.internal.link;

import io.blazedb.internal.link.LocalConnection.Work;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.h2.message.DbException;

/**
 * Compares the nodes of a connection from time to time while it is idle, and repairs what differs, which is never
 * without a fault. Works a tenth of the time and rests nine tenths, so that nobody feels it. Has a thread of its own.
 */
final class BackgroundComparison {
    /** How often, in minutes; 0 is never. */
    private static final long MINUTES = Long.getLong("blazedb.compareMinutes", 10);

    private static final int ROWS_PER_REST = 64;
    private static final long REST_TIMES = 9;
    private static final long REST_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(200);

    private final LocalConnection connection;
    private final Thread thread;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private long workingSince;
    private int rows;

    /** The connection is stopping. */
    private static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    BackgroundComparison(LocalConnection connection, String name) {
        this.connection = connection;
        this.thread = new Thread(this::run, "blazedb-compare-" + name);
        thread.setDaemon(true);
    }

    void start() {
        if (MINUTES > 0) {
            thread.start();
        }
    }

    /** Stops, and waits until it has. */
    void stop() {
        stopped.countDown();
        ThreadEnd.await(thread);
    }

    private void run() {
        try {
            while (!stopped.await(MINUTES, TimeUnit.MINUTES)) {
                compareIfIdle();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void compareIfIdle() throws InterruptedException {
        try {
            if (connection.isIdle()) {
                workingSince = System.nanoTime();
                connection.compare(connection.source(), new Work((schema, table) -> true, true, this::pace), 0);
            }
        } catch (StoppedException e) {
            // The loop sees that, too.
            return;
        } catch (SQLException | DbException e) {
            System.getLogger("io.blazedb")
                    .log(
                            System.Logger.Level.INFO,
                            "A comparison in the background did not finish; the next one may",
                            e);
        }
    }

    private void pace() {
        if (++rows % ROWS_PER_REST == 0) {
            long rest = Math.min(REST_NANOS_MAX, REST_TIMES * (System.nanoTime() - workingSince));
            LockSupport.parkNanos(rest);
            if (stopped.getCount() == 0) {
                throw new StoppedException();
            }
            workingSince = System.nanoTime();
        }
    }
}
