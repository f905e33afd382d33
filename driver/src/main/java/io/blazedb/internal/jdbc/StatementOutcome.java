package io.blazedb.internal.jdbc;

import java.sql.ResultSet;
import java.sql.SQLWarning;
import org.jspecify.annotations.Nullable;

/**
 * What a statement that H2 did not run as it is gave back.
 *
 * @param rows the result, or null when the statement has none
 * @param updateCount the number of rows changed; meaningless with {@code rows}
 * @param warning a warning for {@code Statement.getWarnings}, or null
 */
public record StatementOutcome(
        @Nullable ResultSet rows,
        long updateCount,
        @Nullable SQLWarning warning) {

    public static StatementOutcome ofRows(ResultSet rows) {
        return new StatementOutcome(rows, -1, null);
    }

    public static StatementOutcome ofCount(long updateCount) {
        return new StatementOutcome(null, updateCount, null);
    }

    /** The same outcome with a warning. */
    public StatementOutcome with(SQLWarning newWarning) {
        return new StatementOutcome(rows, updateCount, newWarning);
    }
}
