package io.blazedb.internal.apply;

import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.node.SyncedTable;
import io.blazedb.internal.node.Tables;
import io.blazedb.internal.schema.Sameness;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.TableDefinition;
import io.blazedb.sync.internal.merge.RowState;
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
    static final String STASHED = "STASHED";

    private final ConflictLog log;
    private final Tables tables;
    private final Function<Stamp, String> nodeNames;
    private final Set<String> said = new HashSet<>();

    SchemaConflicts(ConflictLog log, Tables tables, Function<Stamp, String> nodeNames) {
        this.log = log;
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
        if (!said.add(nameOf(table, column))) {
            return;
        }
        TableDefinition ours = ours(table);
        String here = ours == null ? "no table " + table : Sameness.text(ours);
        log.add(new ConflictLog.Entry(
                table.schema(),
                table.name(),
                "",
                key(table, column),
                column == null ? null : table.columnName(column),
                KIND,
                new ConflictLog.Side(nodeNames.apply(self), here, null),
                new ConflictLog.Side(stamp.isZero() ? null : nodeNames.apply(stamp), theirs(table, column), null),
                "LOCAL",
                Stamp.ZERO,
                Stamp.ZERO,
                STASHED));
    }

    private static String nameOf(SyncedTable table, @Nullable Integer column) {
        return table.number() + "." + (column == null ? "" : column);
    }

    /** In place of a row's key: tables and columns of one name and two kinds are told apart by their numbers. */
    private static byte[] key(SyncedTable table, @Nullable Integer column) {
        RecordBuffer out = new RecordBuffer(8);
        out.putVarint(table.number());
        out.putVarint(column == null ? 0 : column + 1);
        return out.toByteArray();
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

    /** The column, or the table, is here and has what waited. */
    void resolved(SyncedTable table, @Nullable Integer column) throws SQLException {
        said.remove(nameOf(table, column));
        log.resolve(table.schema(), table.name(), key(table, column), STASHED);
    }
}
