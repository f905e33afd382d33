package io.blazedb;

/**
 * A row that a transaction changed.
 *
 * @param key its primary key as SQL literals with commas between, as BLAZE.CONFLICTS has it in ROW_KEY; the number of
 *     the row ({@code _ROWID_}) when its table has no primary key
 */
public record ChangedRow(String schema, String table, String key, Kind kind) {
    /** What became of it, from before the transaction to after it. A row with another key is a DELETE and an INSERT. */
    public enum Kind {
        INSERT,
        UPDATE,
        DELETE
    }
}
