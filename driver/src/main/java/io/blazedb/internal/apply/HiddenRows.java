package io.blazedb.internal.apply;

import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.internal.node.RowName;
import io.blazedb.internal.node.SyncedTable;
import io.blazedb.internal.node.Tables;
import io.blazedb.sync.internal.merge.RowValues;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows that constraints hide, kept in BLAZE.BZ_HIDDEN in the transaction that hides or shows them, with a copy in
 * memory. For the applier, one thread at a time.
 */
final class HiddenRows {
    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS BLAZE.BZ_HIDDEN(
                TABLE_SCHEMA VARCHAR NOT NULL, TABLE_NAME VARCHAR NOT NULL, ROW_KEY VARBINARY(1024) NOT NULL,
                REASON VARCHAR NOT NULL, IMAGE VARBINARY NOT NULL,
                PRIMARY KEY (TABLE_SCHEMA, TABLE_NAME, ROW_KEY))""";

    private final Map<RowName, HiddenRow> rows = new HashMap<>();
    private final Map<RowName, @Nullable HiddenRow> pending = new HashMap<>();

    static void createTable(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
        }
    }

    void load(Connection connection, Tables tables) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "SELECT TABLE_SCHEMA, TABLE_NAME, ROW_KEY, REASON, IMAGE FROM BLAZE.BZ_HIDDEN")) {
            while (found.next()) {
                SyncedTable table = tables.byName(found.getString(1), found.getString(2));
                if (table != null) {
                    HiddenRow row =
                            new HiddenRow(table, found.getBytes(3), found.getString(4), read(found.getBytes(5)));
                    rows.put(new RowName(table, row.key()), row);
                }
            }
        }
    }

    boolean isEmpty() {
        return rows.isEmpty() && pending.isEmpty();
    }

    /** Those of the last commit and of this transaction, in no order. */
    Collection<HiddenRow> all() {
        if (pending.isEmpty()) {
            return new ArrayList<>(rows.values());
        }
        Map<RowName, HiddenRow> all = new HashMap<>(rows);
        pending.forEach((name, row) -> {
            if (row == null) {
                all.remove(name);
            } else {
                all.put(name, row);
            }
        });
        return all.values();
    }

    @Nullable
    HiddenRow get(SyncedTable table, byte[] key) {
        if (isEmpty()) {
            return null;
        }
        RowName name = new RowName(table, key);
        return pending.containsKey(name) ? pending.get(name) : rows.get(name);
    }

    /** Whether this transaction has hidden or shown any. */
    boolean hasChanged() {
        return !pending.isEmpty();
    }

    /** Whether the row was hidden before this transaction. */
    boolean wasHidden(SyncedTable table, byte[] key) {
        return rows.containsKey(new RowName(table, key));
    }

    void hide(Connection connection, HiddenRow row) throws SQLException {
        try (PreparedStatement merge = connection.prepareStatement(
                "MERGE INTO BLAZE.BZ_HIDDEN KEY(TABLE_SCHEMA, TABLE_NAME, ROW_KEY) VALUES(?, ?, ?, ?, ?)")) {
            merge.setString(1, row.table().schema());
            merge.setString(2, row.table().name());
            merge.setBytes(3, row.key());
            merge.setString(4, row.reason());
            merge.setBytes(5, write(row.values()));
            merge.executeUpdate();
        }
        pending.put(new RowName(row.table(), row.key()), row);
    }

    void forget(Connection connection, SyncedTable table, byte[] key) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM BLAZE.BZ_HIDDEN WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND ROW_KEY = ?")) {
            delete.setString(1, table.schema());
            delete.setString(2, table.name());
            delete.setBytes(3, key);
            delete.executeUpdate();
        }
        pending.put(new RowName(table, key), null);
    }

    void committed() {
        pending.forEach((name, row) -> {
            if (row == null) {
                rows.remove(name);
            } else {
                rows.put(name, row);
            }
        });
        pending.clear();
    }

    void rolledBack() {
        pending.clear();
    }

    /** What the last commit says of a row; null when nothing hides it. For the thread of the connection. */
    static @Nullable RowValues committed(Connection connection, SyncedTable table, byte[] key) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT IMAGE FROM BLAZE.BZ_HIDDEN WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND ROW_KEY = ?")) {
            query.setString(1, table.schema());
            query.setString(2, table.name());
            query.setBytes(3, key);
            try (ResultSet found = query.executeQuery()) {
                return found.next() ? read(found.getBytes(1)) : null;
            }
        }
    }

    /** All that the last commit says. For the thread of the connection. */
    static Map<RowName, RowValues> committed(Connection connection, Tables tables) throws SQLException {
        Map<RowName, RowValues> all = new HashMap<>();
        HiddenRows hidden = new HiddenRows();
        hidden.load(connection, tables);
        hidden.rows.forEach((name, row) -> all.put(name, row.values()));
        return all;
    }

    private static byte[] write(RowValues values) {
        RecordBuffer out = new RecordBuffer(128);
        out.putVarint(values.size());
        for (int i = 0; i < values.size(); i++) {
            out.putBlock(values.value(i));
        }
        return out.toByteArray();
    }

    private static RowValues read(byte[] bytes) {
        RecordInput in = new RecordInput(bytes);
        List<byte[]> values = new ArrayList<>();
        for (int count = in.readCount(); count > 0; count--) {
            values.add(in.readBlock());
        }
        return RowValues.of(values.toArray(new byte[0][]));
    }
}
