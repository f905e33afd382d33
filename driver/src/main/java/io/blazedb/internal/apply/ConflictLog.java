package io.blazedb.internal.apply;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Writes BLAZE.BZ_CONFLICT: every value that lost, and every row that a constraint hides. For the applier's thread. */
final class ConflictLog {
    /** One row of the table, but for id and time. */
    @SuppressWarnings("ArrayRecordComponent") // never written to
    record Entry(
            String schema,
            String table,
            String rowKey,
            byte[] keyBytes,
            @Nullable String column,
            String kind,
            @Nullable String localValue,
            @Nullable String remoteValue,
            String winner,
            String localNode,
            @Nullable String remoteNode,
            String transaction,
            String status) {}

    private static final String INSERT = """
            INSERT INTO BLAZE.BZ_CONFLICT(TABLE_SCHEMA, TABLE_NAME, ROW_KEY, COLUMN_NAME, KIND, LOCAL_VALUE,
                REMOTE_VALUE, WINNER, LOCAL_NODE, REMOTE_NODE, DETECTED_AT, STATUS, ROW_KEY_BYTES, ORIGIN_TX)
            VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private ConflictLog() {}

    static void add(Connection connection, Entry entry) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, entry.schema());
            insert.setString(2, entry.table());
            insert.setString(3, entry.rowKey());
            insert.setString(4, entry.column());
            insert.setString(5, entry.kind());
            insert.setString(6, entry.localValue());
            insert.setString(7, entry.remoteValue());
            insert.setString(8, entry.winner());
            insert.setString(9, entry.localNode());
            insert.setString(10, entry.remoteNode());
            insert.setObject(11, OffsetDateTime.now(ZoneId.systemDefault()));
            insert.setString(12, entry.status());
            insert.setBytes(13, entry.keyBytes());
            insert.setString(14, entry.transaction());
            insert.executeUpdate();
        }
    }

    /** The reason for hiding a row is gone, or the row is. */
    static void resolveHidden(Connection connection, String schema, String table, byte[] key) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE BLAZE.BZ_CONFLICT SET STATUS = 'RESOLVED' WHERE"
                        + " STATUS = 'HIDDEN' AND TABLE_SCHEMA = ? AND TABLE_NAME = ? AND ROW_KEY_BYTES = ?")) {
            update.setString(1, schema);
            update.setString(2, table);
            update.setBytes(3, key);
            update.executeUpdate();
        }
    }
}
