package io.blazedb.internal.jdbc;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a batch that H2 cannot run, the way H2 does: what fails is noted, the rest still runs. */
final class OwnBatch {
    private OwnBatch() {}

    /** Runs one entry and gives its update count. */
    @FunctionalInterface
    interface Entry<T> {
        long run(T entry) throws SQLException;
    }

    /** The update counts, or one exception that has them and every failure. */
    static <T> long[] run(List<T> entries, Entry<T> call) throws BatchUpdateException {
        long[] counts = new long[entries.size()];
        SQLException failures = null;
        for (int i = 0; i < counts.length; i++) {
            try {
                counts[i] = call.run(entries.get(i));
            } catch (SQLException e) {
                counts[i] = Statement.EXECUTE_FAILED;
                failures = chain(failures, e);
            }
        }
        if (failures != null) {
            BatchUpdateException all = new BatchUpdateException(
                    failures.getMessage(), failures.getSQLState(), failures.getErrorCode(), counts, failures);
            all.setNextException(failures);
            throw all;
        }
        return counts;
    }

    static int[] toInts(long[] counts) {
        int[] ints = new int[counts.length];
        for (int i = 0; i < counts.length; i++) {
            ints[i] = StatementRunner.toInt(counts[i]);
        }
        return ints;
    }

    private static SQLException chain(@Nullable SQLException first, SQLException next) {
        if (first == null) {
            return next;
        }
        first.setNextException(next);
        return first;
    }
}
