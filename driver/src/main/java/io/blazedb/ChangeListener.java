package io.blazedb;

import java.util.List;

/**
 * Hears of what this database's own connections committed. Called as a {@link SyncListener} is, by the same thread, so
 * also some time after {@code COMMIT} has returned. Rows that a change of the schema made or rewrote, such as those of
 * {@code CREATE TABLE ... AS}, are not told.
 */
@FunctionalInterface
public interface ChangeListener {
    /** One transaction changed these rows. */
    void changed(List<ChangedRow> rows);

    /**
     * This many rows were not told, because the listener was too slow or a single transaction had more than 10,000.
     * Remedy: read the tables.
     */
    default void missed(long count) {}
}
