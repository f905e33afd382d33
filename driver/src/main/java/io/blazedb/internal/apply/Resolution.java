package io.blazedb.internal.apply;

import io.blazedb.SqlState;
import io.blazedb.internal.capture.ForeignKeys;
import io.blazedb.internal.node.SyncedTable;
import io.blazedb.internal.node.Tables;
import io.blazedb.sync.internal.merge.Conflict;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.h2.constraint.ConstraintReferential;
import org.h2.index.Index;
import org.h2.mvstore.db.MVTable;
import org.h2.result.Row;
import org.h2.result.SearchRow;
import org.jspecify.annotations.Nullable;

/**
 * Settles one conflict as a person decides: by an ordinary new write where one is needed, which travels and supersedes
 * both sides everywhere. Lives for one transaction of the applier, in its thread.
 */
public final class Resolution {
    private static final String READ = "SELECT * FROM BLAZE.BZ_CONFLICT WHERE ID = ?";
    private static final String SAME_WRITES = "SELECT COLUMN_NAME, LOCAL_BYTES, REMOTE_BYTES FROM BLAZE.BZ_CONFLICT"
            + " WHERE ROW_KEY_BYTES = ? AND TABLE_NAME = ? AND TABLE_SCHEMA = ? AND WINNER_STAMP = ?"
            + " AND LOSER_STAMP = ?";
    private static final String RESOLVE = "UPDATE BLAZE.BZ_CONFLICT SET STATUS = 'RESOLVED' WHERE ID = ?";

    private final OwnOperations rows;
    private final Tables tables;
    private final RowStore store;
    private final boolean local;

    /** What the table of conflicts knows of one. */
    @SuppressWarnings("ArrayRecordComponent") // never written to
    private record Recorded(
            long id,
            String schema,
            String table,
            String rowText,
            byte[] key,
            @Nullable String column,
            String kind,
            String status,
            boolean localWon,
            byte @Nullable [] winning,
            byte @Nullable [] losing) {
        String row() {
            return schema + "." + table + "(" + rowText + ")";
        }
    }

    /** @param local whether the value of this node is to hold, or the one that came */
    Resolution(OwnOperations rows, Tables tables, RowStore store, boolean local) {
        this.rows = rows;
        this.tables = tables;
        this.store = store;
        this.local = local;
    }

    /**
     * Resolves the conflict of that number.
     *
     * @throws SQLException ZB404 when there is no such conflict, it is resolved, or what it is about is gone
     */
    void resolve(long id) throws SQLException {
        Recorded conflict = read(id);
        SyncedTable table = tables.byName(conflict.schema(), conflict.table());
        OwnRow row = table == null ? null : rows.row(table, conflict.key());
        if (table == null || row == null) {
            throw error(conflict, "its table is not there any more (expected: a table of that name)", "");
        }
        if (conflict.status().equals(ConflictLog.HIDDEN)) {
            resolveHidden(conflict, table, row);
        } else if (!conflict.status().equals(ConflictLog.LOST)) {
            throw error(
                    conflict,
                    "its status is " + conflict.status() + " (expected: LOST or HIDDEN)",
                    " Remedy: write the value again where it belongs.");
        } else {
            boolean winnerHolds = local == conflict.localWon();
            switch (Conflict.Kind.valueOf(conflict.kind())) {
                case UPDATE_UPDATE, FORK -> rewrite(conflict, row);
                case UPDATE_DELETE -> {
                    if (!winnerHolds) {
                        bringBack(conflict, row);
                    }
                }
                case DELETE_UPDATE -> {
                    if (!winnerHolds && row.state().alive()) {
                        row.delete();
                    }
                }
                case COUNTER -> {
                    if (!winnerHolds) {
                        addLost(conflict, row);
                    }
                }
                case UPDATE_MISSING -> {}
            }
        }
        try (PreparedStatement update = rows.connection().prepareStatement(RESOLVE)) {
            update.setLong(1, id);
            update.executeUpdate();
        }
    }

    private Recorded read(long id) throws SQLException {
        Connection connection = rows.connection();
        try (PreparedStatement select = connection.prepareStatement(READ)) {
            select.setLong(1, id);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw SqlState.CONFLICT.error("There is no conflict " + id
                            + " (expected: an ID of BLAZE.CONFLICTS). Remedy: SELECT * FROM BLAZE.CONFLICTS.");
                }
                Recorded found = recorded(row);
                if (found.status().equals(ConflictLog.RESOLVED)) {
                    throw error(found, "it is resolved already (expected: an open one)", "");
                }
                return found;
            }
        }
    }

    private static Recorded recorded(ResultSet row) throws SQLException {
        return new Recorded(
                row.getLong("ID"),
                row.getString("TABLE_SCHEMA"),
                row.getString("TABLE_NAME"),
                row.getString("ROW_KEY"),
                row.getBytes("ROW_KEY_BYTES"),
                row.getString("COLUMN_NAME"),
                row.getString("KIND"),
                row.getString("STATUS"),
                "LOCAL".equals(row.getString("WINNER")),
                row.getBytes("WINNER_STAMP"),
                row.getBytes("LOSER_STAMP"));
    }

    /** The chosen value is written again even where it stands, so that it supersedes the other one everywhere. */
    private void rewrite(Recorded conflict, OwnRow row) throws SQLException {
        requireAlive(conflict, row);
        row.update(chosen(conflict, row));
    }

    private void bringBack(Recorded conflict, OwnRow row) throws SQLException {
        Map<Integer, byte[]> values = chosen(conflict, row);
        if (row.state().alive()) {
            row.update(values);
        } else {
            row.insert(values);
        }
    }

    /** What was added and did not count is added now. */
    private void addLost(Recorded conflict, OwnRow row) throws SQLException {
        requireAlive(conflict, row);
        Map<Integer, byte[]> sums = new HashMap<>();
        chosen(conflict, row)
                .forEach((number, lost) -> sums.put(
                        number,
                        store.sum(
                                row.layout(),
                                row.layout().ordinalOf(number),
                                row.values().value(number),
                                lost)));
        row.update(sums);
    }

    private static void requireAlive(Recorded conflict, OwnRow row) throws SQLException {
        if (!row.state().alive()) {
            throw error(
                    conflict, "the row is deleted (expected: a row that is there)", " Remedy: insert the row again.");
        }
    }

    /** The value of the chosen side, and those of the same write in columns that are always written together. */
    private Map<Integer, byte[]> chosen(Recorded conflict, OwnRow row) throws SQLException {
        Map<String, byte[]> sides = sidesByColumn(conflict);
        byte[] value = sides.get(String.valueOf(conflict.column()));
        if (value == null) {
            throw error(conflict, "the value is not kept (expected: one written down by this version)", "");
        }
        int column = row.layout().numberOf(String.valueOf(conflict.column()));
        int ordinal = column < 0 ? -1 : row.layout().ordinalOf(column);
        if (ordinal < 0) {
            throw error(conflict, "the column is not there any more (expected: a column of that name)", "");
        }
        BitSet group = new BitSet();
        group.set(ordinal);
        row.layout().groups().expand(group);
        Map<Integer, byte[]> written = new HashMap<>();
        sides.forEach((name, side) -> {
            int number = row.layout().numberOf(name);
            int member = number < 0 ? -1 : row.layout().ordinalOf(number);
            if (member >= 0 && group.get(member)) {
                written.put(number, side);
            }
        });
        return written;
    }

    private Map<String, byte[]> sidesByColumn(Recorded conflict) throws SQLException {
        Map<String, byte[]> sides = new HashMap<>();
        try (PreparedStatement select = rows.connection().prepareStatement(SAME_WRITES)) {
            select.setBytes(1, conflict.key());
            select.setString(2, conflict.table());
            select.setString(3, conflict.schema());
            select.setBytes(4, conflict.winning());
            select.setBytes(5, conflict.losing());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    String column = row.getString(1);
                    byte[] side = row.getBytes(local ? 2 : 3);
                    if (column != null && side != null) {
                        sides.put(column, side);
                    }
                }
            }
        }
        return sides;
    }

    /** LOCAL keeps the tables as they are and ends the hidden row; REMOTE makes room for it. */
    private void resolveHidden(Recorded conflict, SyncedTable table, OwnRow row) throws SQLException {
        if (!row.isHidden()) {
            throw error(conflict, "the row is not hidden any more (expected: a hidden row)", "");
        }
        if (local) {
            row.delete();
            return;
        }
        Row image = store.newRow(row.layout(), conflict.key(), row.values());
        if (conflict.kind().equals(Outcome.UNIQUE.name())) {
            for (Index index : Constraints.uniqueIndexes(row.layout())) {
                SearchRow wanted = Constraints.uniqueKey(index, image);
                OwnRow holder = wanted == null ? null : rows.holder(table, row.layout(), index, wanted);
                if (holder != null && !holder.isEdited()) {
                    holder.delete();
                }
            }
        } else {
            for (ConstraintReferential key :
                    ForeignKeys.of(row.layout().table()).asChild()) {
                bringBackParent(conflict, key, image);
            }
        }
    }

    private void bringBackParent(Recorded conflict, ConstraintReferential key, Row child) throws SQLException {
        SearchRow wanted = ForeignKeys.parentKey(key, child);
        SyncedTable.Layout layout = tables.layoutOf((MVTable) key.getRefTable());
        SyncedTable table = layout == null
                ? null
                : tables.byName(
                        layout.definition().schema(), layout.definition().name());
        if (wanted == null || layout == null || table == null) {
            return;
        }
        if (rows.holder(table, layout, key.getReferencedConstraint().getIndex(), wanted) != null) {
            return;
        }
        OwnRow parent =
                refersToPrimaryKey(key, layout) ? rows.row(table, store.keys().of(layout, wanted)) : null;
        if (parent == null || parent.state().alive() || parent.values().size() == 0) {
            throw error(
                    conflict,
                    "the parent row in " + table + " is not known as a deleted row (expected: one to bring back)",
                    " Remedy: insert the parent row, and the child appears.");
        }
        parent.insert(Map.of());
    }

    private static boolean refersToPrimaryKey(ConstraintReferential key, SyncedTable.Layout parent) {
        BitSet referred = new BitSet();
        for (var column : key.getRefColumns()) {
            referred.set(column.column.getColumnId());
        }
        BitSet primary = new BitSet();
        IntStream.range(0, parent.key().size()).map(parent.key()::get).forEach(primary::set);
        return referred.equals(primary);
    }

    private static SQLException error(Recorded conflict, String found, String remedy) {
        return SqlState.CONFLICT.error("Conflict " + conflict.id() + " of " + conflict.row() + " cannot be resolved: "
                + found + "." + remedy + " Nothing was done.");
    }
}
