package io.blazedb.internal.apply;

import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.internal.node.RowName;
import io.blazedb.internal.node.SyncedTable;
import io.blazedb.internal.node.Tables;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.internal.merge.RowValues;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The rows that constraints hide, kept in BLAZE.BZ_HIDDEN in the transaction that hides or shows them, with a copy in
 * memory. For the applier, one thread at a time; {@link #committed(Connection, SyncedTable, byte[])} is for any.
 */
final class HiddenRows {
    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS BLAZE.BZ_HIDDEN(
                TABLE_SCHEMA VARCHAR NOT NULL, TABLE_NAME VARCHAR NOT NULL, ROW_KEY VARBINARY(1024) NOT NULL,
                REASON VARCHAR NOT NULL, IMAGE VARBINARY NOT NULL,
                PRIMARY KEY (TABLE_SCHEMA, TABLE_NAME, ROW_KEY))""";

    private final Map<RowName, HiddenRow> rows = new HashMap<>();
    private final Map<RowName, @Nullable HiddenRow> pending = new LinkedHashMap<>();

    /** Numbers of the tables that may have hidden rows. */
    private final Set<Integer> tables = ConcurrentHashMap.newKeySet();

    static void createTable(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
        }
    }

    void load(Connection connection, Tables all) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "SELECT TABLE_SCHEMA, TABLE_NAME, ROW_KEY, REASON, IMAGE FROM BLAZE.BZ_HIDDEN")) {
            while (found.next()) {
                SyncedTable table = all.byName(found.getString(1), found.getString(2));
                if (table != null) {
                    HiddenRow row = read(table, found.getBytes(3), found.getString(4), found.getBytes(5));
                    rows.put(new RowName(table, row.key()), row);
                    tables.add(table.number());
                }
            }
        }
    }

    boolean isEmpty() {
        return rows.isEmpty() && pending.isEmpty();
    }

    /** Those of the last commit, in no order. */
    Collection<HiddenRow> all() {
        return rows.values();
    }

    /** What the last commit says of a row; null when nothing hides it. For the thread of the connection. */
    @Nullable
    HiddenRow committed(Connection reader, SyncedTable table, byte[] key) throws SQLException {
        if (!tables.contains(table.number())) {
            return null;
        }
        try (PreparedStatement query = reader.prepareStatement("SELECT REASON, IMAGE FROM BLAZE.BZ_HIDDEN"
                + " WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND ROW_KEY = ?")) {
            query.setString(1, table.schema());
            query.setString(2, table.name());
            query.setBytes(3, key);
            try (ResultSet found = query.executeQuery()) {
                return found.next() ? read(table, key, found.getString(1), found.getBytes(2)) : null;
            }
        }
    }

    @Nullable
    HiddenRow get(SyncedTable table, byte[] key) {
        if (isEmpty()) {
            return null;
        }
        RowName name = new RowName(table, key);
        return pending.containsKey(name) ? pending.get(name) : rows.get(name);
    }

    void hide(Connection connection, HiddenRow row) throws SQLException {
        tables.add(row.table().number());
        try (PreparedStatement merge = connection.prepareStatement(
                "MERGE INTO BLAZE.BZ_HIDDEN KEY(TABLE_SCHEMA, TABLE_NAME, ROW_KEY) VALUES(?, ?, ?, ?, ?)")) {
            merge.setString(1, row.table().schema());
            merge.setString(2, row.table().name());
            merge.setBytes(3, row.key());
            merge.setString(4, row.reason());
            merge.setBytes(5, write(row));
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

    /** The transaction is committed. Answers what it changed: the rows hidden now, null for those that are not. */
    Map<RowName, @Nullable HiddenRow> committed() {
        Map<RowName, @Nullable HiddenRow> changed = new LinkedHashMap<>(pending);
        pending.clear();
        changed.forEach((name, row) -> {
            if (row == null) {
                rows.remove(name);
            } else {
                rows.put(name, row);
            }
        });
        return changed;
    }

    void rolledBack() {
        pending.clear();
    }

    /** All that the last commit says. For the thread of the connection. */
    static Map<RowName, HiddenRow> committed(Connection connection, Tables tables) throws SQLException {
        HiddenRows hidden = new HiddenRows();
        hidden.load(connection, tables);
        return hidden.rows;
    }

    private static byte[] write(HiddenRow row) {
        RecordBuffer out = new RecordBuffer(128);
        out.putVarint(row.values().size());
        for (int i = 0; i < row.values().size(); i++) {
            out.putBlock(row.values().value(i));
        }
        row.stamps().forEach((column, stamp) -> {
            out.putVarint(column);
            out.putVarint(stamp.hlc());
            out.putBlock(stamp.origin().toBytes());
        });
        return out.toByteArray();
    }

    private static HiddenRow read(SyncedTable table, byte[] key, String reason, byte[] image) {
        RecordInput in = new RecordInput(image);
        List<byte[]> values = new ArrayList<>();
        for (int count = in.readCount(); count > 0; count--) {
            values.add(in.readBlock());
        }
        Map<Integer, Stamp> stamps = new TreeMap<>();
        while (in.hasRemaining()) {
            int column = (int) in.readVarint();
            long hlc = in.readVarint();
            stamps.put(column, new Stamp(hlc, OriginId.of(in.readBlock())));
        }
        return new HiddenRow(table, key, reason, RowValues.of(values.toArray(new byte[0][])), stamps);
    }
}
