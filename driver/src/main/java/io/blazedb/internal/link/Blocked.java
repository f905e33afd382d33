package io.blazedb.internal.link;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.h2.api.ErrorCode;
import org.h2.message.DbException;

/** Tells failures that go away by themselves from others. */
final class Blocked {
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private Blocked() {}

    /** Another transaction has a table, or the schema: try again. */
    static boolean isBusy(SQLException e) {
        return switch (e.getErrorCode()) {
            case ErrorCode.LOCK_TIMEOUT_1, ErrorCode.CONCURRENT_UPDATE_1, ErrorCode.DEADLOCK_1 -> true;
            default -> false;
        };
    }

    /** Another transaction has the row, the table or the schema, or committed the same key a moment ago: try again. */
    static boolean is(Exception e) {
        return (e instanceof SQLException sql && isBusy(sql)) || isRow(e);
    }

    private static boolean isRow(Exception e) {
        return e instanceof DbException h2
                && switch (h2.getErrorCode()) {
                    case ErrorCode.LOCK_TIMEOUT_1,
                            ErrorCode.CONCURRENT_UPDATE_1,
                            ErrorCode.DEADLOCK_1,
                            ErrorCode.DUPLICATE_KEY_1,
                            ErrorCode.ROW_NOT_FOUND_WHEN_DELETING_1 -> true;
                    default -> false;
                };
    }

    /**
     * Does work again and again while another transaction is in the way.
     *
     * @throws DbException when one still is at that time of {@link System#nanoTime}, or the thread is interrupted
     */
    static void repeat(Runnable work, long endNanos) {
        while (true) {
            try {
                work.run();
                return;
            } catch (DbException e) {
                boolean isLate = endNanos - System.nanoTime() < 0;
                if (!is(e) || isLate || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }
}
