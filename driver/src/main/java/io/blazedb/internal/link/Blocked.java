package io.blazedb.internal.link;

import java.sql.SQLException;
import org.h2.api.ErrorCode;
import org.h2.message.DbException;

/** Tells failures that go away by themselves from others. */
final class Blocked {
    private Blocked() {}

    /** Another transaction has a table, or the schema: try again. */
    static boolean isBusy(SQLException e) {
        return switch (e.getErrorCode()) {
            case ErrorCode.LOCK_TIMEOUT_1, ErrorCode.CONCURRENT_UPDATE_1, ErrorCode.DEADLOCK_1 -> true;
            default -> false;
        };
    }

    /** Another transaction has the row or the table, or committed the same key a moment ago: merge again. */
    static boolean is(Exception e) {
        if (e instanceof SQLException definition) {
            return isBusy(definition);
        }
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
}
