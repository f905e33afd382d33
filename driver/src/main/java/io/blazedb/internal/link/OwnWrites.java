package io.blazedb.internal.link;

import io.blazedb.internal.apply.Applier;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.h2.message.DbException;

/** Runs operations that the applier authors itself; tries again while rows are locked. Safe for use by several threads. */
final class OwnWrites {
    private static final long WAIT_MILLIS_MAX = 2_000;
    private static final long RETRY_MILLIS = 5;

    private final Applier applier;

    OwnWrites(Applier applier) {
        this.applier = applier;
    }

    /** Settles a conflict by the value of this node, or by the one that came. */
    void resolve(long conflict, boolean local) throws SQLException {
        run(() -> applier.resolve(conflict, local));
    }

    private static void run(Runnable work) throws SQLException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(WAIT_MILLIS_MAX);
        while (true) {
            try {
                work.run();
                return;
            } catch (DbException e) {
                if (!Blocked.is(e)
                        || System.nanoTime() > end
                        || Thread.currentThread().isInterrupted()) {
                    throw DbException.toSQLException(e);
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS));
            }
        }
    }
}
