package io.blazedb.internal.apply;

import io.blazedb.internal.node.SyncedTable;
import io.blazedb.sync.internal.merge.RowState;
import io.blazedb.sync.internal.merge.RowValues;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.message.DbException;
import org.jspecify.annotations.Nullable;

/**
 * The values that came for columns and tables that are not here, kept in BLAZE.BZ_STASH in the transaction that brought
 * them, until the column or table is. Tables without any cost one look into a set.
 *
 * <p>For the thread of its connection; {@link #tables} for any thread.
 */
public final class Stash {
    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS BLAZE.BZ_STASH(
                TABLE_NUMBER INTEGER NOT NULL, ROW_KEY VARBINARY(1024) NOT NULL,
                TABLE_SCHEMA VARCHAR NOT NULL, TABLE_NAME VARCHAR NOT NULL, IMAGE VARBINARY NOT NULL,
                PRIMARY KEY (TABLE_NUMBER, ROW_KEY))""";

    private final Set<Integer> tables;
    private final KeptStatements statements;

    Stash(Connection connection) throws SQLException {
        this(connection, ConcurrentHashMap.newKeySet());
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT DISTINCT TABLE_NUMBER FROM BLAZE.BZ_STASH")) {
            while (found.next()) {
                tables.add(found.getInt(1));
            }
        }
    }

    private Stash(Connection connection, Set<Integer> tables) {
        this.statements = new KeptStatements(connection);
        this.tables = tables;
    }

    /** The same, read with another connection by the thread of that: it has what the last commit has. */
    Stash readBy(Connection reader) {
        return new Stash(reader, tables);
    }

    static void createTable(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
        }
    }

    /** The numbers of the tables that may have something here. */
    Collection<Integer> tables() {
        return List.copyOf(tables);
    }

    /** What is kept of a row; empty when nothing is. */
    StashedRow get(SyncedTable table, byte[] key) {
        if (!tables.contains(table.number())) {
            return StashedRow.EMPTY;
        }
        try {
            PreparedStatement select =
                    statements.of("SELECT IMAGE FROM BLAZE.BZ_STASH WHERE TABLE_NUMBER = ? AND ROW_KEY = ?");
            select.setInt(1, table.number());
            select.setBytes(2, key);
            try (ResultSet found = select.executeQuery()) {
                return found.next() ? StashedRow.read(found.getBytes(1)) : StashedRow.EMPTY;
            }
        } catch (SQLException e) {
            throw DbException.convert(e);
        }
    }

    /** The values of a row, and in their place what is kept of it and counts. */
    public RowValues over(SyncedTable table, byte[] key, RowState state, RowValues values) {
        StashedRow kept = get(table, key);
        return kept.isEmpty() ? values : kept.over(values, state);
    }

    /** Keeps this of a row, and nothing else. */
    void put(SyncedTable table, byte[] key, StashedRow row) {
        if (row.isEmpty()) {
            remove(table, key);
            return;
        }
        tables.add(table.number());
        try {
            PreparedStatement merge =
                    statements.of("MERGE INTO BLAZE.BZ_STASH(TABLE_NUMBER, ROW_KEY, TABLE_SCHEMA, TABLE_NAME, IMAGE)"
                            + " KEY(TABLE_NUMBER, ROW_KEY) VALUES(?, ?, ?, ?, ?)");
            merge.setInt(1, table.number());
            merge.setBytes(2, key);
            merge.setString(3, table.schema());
            merge.setString(4, table.name());
            merge.setBytes(5, row.toBytes());
            merge.executeUpdate();
        } catch (SQLException e) {
            throw DbException.convert(e);
        }
    }

    void remove(SyncedTable table, byte[] key) {
        if (!tables.contains(table.number())) {
            return;
        }
        try {
            PreparedStatement delete =
                    statements.of("DELETE FROM BLAZE.BZ_STASH WHERE TABLE_NUMBER = ? AND ROW_KEY = ?");
            delete.setInt(1, table.number());
            delete.setBytes(2, key);
            delete.executeUpdate();
        } catch (SQLException e) {
            throw DbException.convert(e);
        }
    }

    /** The keys of a table's rows that follow on a key, in order; when there are none, the table is done with. */
    List<byte[]> keys(SyncedTable table, byte @Nullable [] after, int rowsMax) {
        try {
            PreparedStatement select = statements.of("SELECT ROW_KEY FROM BLAZE.BZ_STASH WHERE TABLE_NUMBER = ?"
                    + " AND ROW_KEY > ? ORDER BY ROW_KEY FETCH FIRST ? ROWS ONLY");
            select.setInt(1, table.number());
            select.setBytes(2, after == null ? new byte[0] : after);
            select.setInt(3, rowsMax);
            List<byte[]> keys = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    keys.add(found.getBytes(1));
                }
            }
            return keys;
        } catch (SQLException e) {
            throw DbException.convert(e);
        }
    }
}
