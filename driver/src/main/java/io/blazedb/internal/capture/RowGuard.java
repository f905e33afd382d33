package io.blazedb.internal.capture;

import org.h2.message.DbException;
import org.h2.result.Row;
import org.jspecify.annotations.Nullable;

/** Refuses what an application may not commit to a table. Asked for each row at the commit point, before the log. */
@FunctionalInterface
public interface RowGuard {
    /** Anything may be committed. */
    RowGuard NONE = (number, old, now) -> {};

    /**
     * Checks one row.
     *
     * @param number H2's number of the row
     * @param old as it was before the transaction; null when it was not there
     * @param now as the transaction leaves it
     * @throws DbException when it may not be so; the transaction is then taken back
     */
    void check(long number, @Nullable Row old, Row now);
}
