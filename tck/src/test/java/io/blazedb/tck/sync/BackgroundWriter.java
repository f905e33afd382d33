package io.blazedb.tck.sync;

import io.blazedb.tck.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A thread that writes to a database, round after round, until it is closed. Its failure is thrown to whoever waits for
 * it or closes it. Transactions that another writer made impossible are rolled back and count as rounds.
 */
final class BackgroundWriter implements AutoCloseable {
    private static final long WAIT_MILLIS_MAX = 60_000;

    private final String url;
    private final Round round;
    private final Thread thread;
    private boolean stopped;
    private int rounds;
    private @Nullable Throwable failure;

    /** What is written in one round: all of it in one transaction. */
    @FunctionalInterface
    interface Round {
        void write(Connection connection, int number) throws SQLException;
    }

    private BackgroundWriter(String url, Round round) {
        this.url = url;
        this.round = round;
        this.thread = new Thread(this::run, "writer");
    }

    static BackgroundWriter start(String url, Round round) {
        BackgroundWriter writer = new BackgroundWriter(url, round);
        writer.thread.start();
        return writer;
    }

    private void run() {
        try (Connection connection = Target.connect(url)) {
            connection.setAutoCommit(false);
            for (int i = 0; !isStopped(); i++) {
                Retry.transaction(connection, i, round);
                count();
            }
        } catch (SQLException | RuntimeException | AssertionError e) {
            fail(e);
        }
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    private synchronized void count() {
        rounds++;
        notifyAll();
    }

    private synchronized void fail(Throwable e) {
        failure = e;
        notifyAll();
    }

    /** Waits until so many more rounds are committed. */
    synchronized void awaitRounds(int more) throws InterruptedException, TimeoutException {
        int wanted = rounds + more;
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(WAIT_MILLIS_MAX);
        while (rounds < wanted && failure == null) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new TimeoutException("round " + rounds + " of " + wanted + " after " + WAIT_MILLIS_MAX + " ms");
            }
            wait(left);
        }
        throwFailure();
    }

    private synchronized void throwFailure() {
        if (failure != null) {
            throw new AssertionError("the writer of " + url + " failed", failure);
        }
    }

    /** How many rounds were committed. */
    synchronized int rounds() {
        return rounds;
    }

    @Override
    public void close() {
        synchronized (this) {
            stopped = true;
        }
        try {
            thread.join(WAIT_MILLIS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            throw new AssertionError("the writer of " + url + " did not end within " + WAIT_MILLIS_MAX + " ms");
        }
        throwFailure();
    }
}
