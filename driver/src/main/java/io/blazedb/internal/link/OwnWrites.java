package io.blazedb.internal.link;

import io.blazedb.internal.apply.Applier;
import io.blazedb.internal.apply.OldConflicts;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.h2.message.DbException;

/** Runs operations that the applier authors; tries again while rows are locked. Safe for use by several threads. */
public final class OwnWrites {
    private static final long WAIT_MILLIS_MAX = 2_000;
    private static final long RETRY_MILLIS = 5;

    private final Applier applier;

    OwnWrites(Applier applier) {
        this.applier = applier;
    }

    /** Settles a conflict by the value of this node, or by the one that came. */
    public void resolve(long conflict, boolean local) throws SQLException {
        run(() -> applier.resolve(conflict, local));
    }

    /** Lets go of conflicts that are resolved, or older than people look back. */
    public void forgetOldConflicts() throws SQLException {
        run(() -> applier.write(rows -> OldConflicts.delete(rows.connection(), OffsetDateTime.now(ZoneOffset.UTC))));
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
