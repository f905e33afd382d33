package io.blazedb.internal.apply;

import io.blazedb.internal.node.SyncedTable;
import io.blazedb.internal.node.Tables;
import io.blazedb.internal.schema.Sameness;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.TableDefinition;
import io.blazedb.sync.internal.merge.RowState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.h2.message.DbException;
import org.jspecify.annotations.Nullable;

/**
 * Says once in BLAZE.BZ_CONFLICT, for each column and each table that is not here, that its values wait in the stash:
 * kind SCHEMA, status STASHED, with both definitions. For the applier's thread.
 */
final class SchemaConflicts {
    static final String KIND = "SCHEMA";
    private static final String STASHED = "STASHED";
    private static final String WHERE = " WHERE KIND = '" + KIND + "' AND STATUS = '" + STASHED
            + "' AND TABLE_SCHEMA = ? AND TABLE_NAME = ? AND ROW_KEY_BYTES = ? AND COALESCE(COLUMN_NAME, '') = ?";

    private final Connection connection;
    private final Tables tables;
    private final Function<Stamp, String> nodeNames;
    private final Set<String> said = new HashSet<>();

    SchemaConflicts(Connection connection, Tables tables, Function<Stamp, String> nodeNames) {
        this.connection = connection;
        this.tables = tables;
        this.nodeNames = nodeNames;
    }

    /** What was said in a transaction that was rolled back has not been said. */
    void rolledBack() {
        said.clear();
    }

    /** Values of a row went to the stash. */
    void stashed(SyncedTable table, RowState state, StashedRow row, boolean tableIsHere, Stamp self) {
        try {
            if (!tableIsHere) {
                Stamp stamp = row.entries().values().stream()
                        .map(StashedRow.Entry::stamp)
                        .max(Stamp::compareTo)
                        .orElse(state.life().fence());
                say(table, null, stamp, self);
                return;
            }
            for (var entry : row.entries().entrySet()) {
                say(table, entry.getKey(), entry.getValue().stamp(), self);
            }
        } catch (SQLException e) {
            throw DbException.convert(e);
        }
    }

    private void say(SyncedTable table, @Nullable Integer column, Stamp stamp, Stamp self) throws SQLException {
        if (!said.add(nameOf(table, column)) || isKnown(table, column)) {
            return;
        }
        TableDefinition ours = ours(table);
        ConflictLog.add(
                connection,
                new ConflictLog.Entry(
                        table.schema(),
                        table.name(),
                        "",
                        key(table, column),
                        column == null ? null : table.columnName(column),
                        KIND,
                        ours == null ? null : Sameness.text(ours),
                        theirs(table, column),
                        "LOCAL",
                        nodeNames.apply(self),
                        stamp.isZero() ? null : nodeNames.apply(stamp),
                        stamp.toString(),
                        STASHED));
    }

    private static String nameOf(SyncedTable table, @Nullable Integer column) {
        return table.number() + "." + (column == null ? "" : column);
    }

    /** Columns of one name and two kinds are told apart by what stands in place of a row's key. */
    private static byte[] key(SyncedTable table, @Nullable Integer column) {
        return column == null
                ? new byte[] {(byte) table.number()}
                : new byte[] {(byte) table.number(), (byte) (int) column};
    }

    private @Nullable TableDefinition ours(SyncedTable table) {
        SyncedTable here = tables.byName(table.schema(), table.name());
        SyncedTable.Layout layout = here == null ? null : here.layout();
        return layout == null ? null : layout.definition();
    }

    private @Nullable String theirs(SyncedTable table, @Nullable Integer column) {
        for (Tables.Described described : tables.peers(table.schema(), table.name())) {
            if (described.table().equals(table)
                    && (column == null || described.numbers().indexOf(column) >= 0)) {
                return Sameness.text(described.definition());
            }
        }
        return null;
    }

    private boolean isKnown(SyncedTable table, @Nullable Integer column) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT 1 FROM BLAZE.BZ_CONFLICT" + WHERE)) {
            set(select, table, column);
            try (ResultSet found = select.executeQuery()) {
                return found.next();
            }
        }
    }

    /** The column, or the table, is here and has what waited. */
    void resolved(SyncedTable table, @Nullable Integer column) throws SQLException {
        said.remove(nameOf(table, column));
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE BLAZE.BZ_CONFLICT SET STATUS = 'RESOLVED'" + WHERE)) {
            set(update, table, column);
            update.executeUpdate();
        }
    }

    private static void set(PreparedStatement statement, SyncedTable table, @Nullable Integer column)
            throws SQLException {
        statement.setString(1, table.schema());
        statement.setString(2, table.name());
        statement.setBytes(3, key(table, column));
        statement.setString(4, column == null ? "" : table.columnName(column));
    }
}
