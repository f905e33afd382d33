package io.blazedb.internal.link;

import io.blazedb.internal.apply.StateRow;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.internal.node.SyncedTable;
import io.blazedb.sync.Life;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.VersionVector;
import io.blazedb.sync.internal.merge.ColumnVersion;
import io.blazedb.sync.internal.merge.RowState;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.h2.value.TypeInfo;

/**
 * Removes the rows of a node that its peer has deleted and forgotten while the node was away. The peer has seen all
 * writes to such a row and knows nothing of it. A row with a write that the peer has not seen, besides others that it
 * has, was deleted too: that write goes to the conflicts. A row of which the peer has seen no write is new, and stays.
 * For one thread.
 */
final class Comeback {
    private static final int PIECE_ROWS = 500;
    private static final String STALE = """
            INSERT INTO BLAZE.BZ_CONFLICT(TABLE_SCHEMA, TABLE_NAME, ROW_KEY, COLUMN_NAME, KIND, LOCAL_VALUE, WINNER,
                LOCAL_NODE, REMOTE_NODE, DETECTED_AT, STATUS, ROW_KEY_BYTES, ORIGIN_TX, LOCAL_BYTES)
            VALUES(?, ?, ?, ?, 'STALE', ?, 'REMOTE', ?, ?, ?, 'REJECTED', ?, ?, ?)""";

    private final LinkedNode node;
    private final LinkedNode peer;
    private final VersionVector seen;

    Comeback(LinkedNode node, LinkedNode peer) {
        this.node = node;
        this.peer = peer;
        this.seen = peer.state().vector();
    }

    /** Answers how many rows were removed; does nothing when the node has seen all that the peer has forgotten. */
    int run() throws SQLException {
        if (node.state().vector().covers(Membership.collected(peer.facts()))) {
            return 0;
        }
        int removed = 0;
        for (SyncedTable table : List.copyOf(node.tables().all())) {
            SyncedTable theirs = peer.tables().like(table);
            if (theirs != null && table.layout() != null) {
                removed += run(table, theirs);
            }
        }
        return removed;
    }

    private int run(SyncedTable table, SyncedTable theirs) throws SQLException {
        int removed = 0;
        CopyReader ours = new CopyReader(node);
        CopyReader others = new CopyReader(peer);
        RowCopy same = RowCopy.between(table, table, table.columnCount());
        long began = node.log().endLsn();
        CopyPlace place = CopyPlace.BEGIN;
        while (place != null) {
            CopyReader.Piece piece = ours.read(table, place, began, PIECE_ROWS, same);
            List<StateRow> dead = new ArrayList<>();
            for (StateRow row : piece.rows()) {
                if (row.state().alive() && hasSeenAny(row.state()) && !others.knows(theirs, row.key())) {
                    tellStale(row);
                    dead.add(new StateRow(table, row.rowKey(), buried(row), row.values()));
                }
            }
            if (!dead.isEmpty()) {
                node.applier().join(peer.state().nodeId(), dead, (winner, loser) -> true);
                removed += dead.size();
            }
            place = piece.next();
        }
        return removed;
    }

    private boolean hasSeenAny(RowState state) {
        for (int i = 0; i < state.columns(); i++) {
            if (hasSeen(state.version(i).stamp())) {
                return true;
            }
        }
        return false;
    }

    private boolean hasSeen(Stamp stamp) {
        return !stamp.isZero() && peer.state().covers(seen, stamp);
    }

    /** The row as if it had been deleted here. */
    private static RowState buried(StateRow row) {
        RowState state = row.state();
        long cause = state.highestCause() + 1 + ((state.highestCause() + 1) & 1);
        ColumnVersion[] versions = new ColumnVersion[state.columns()];
        for (int i = 0; i < versions.length; i++) {
            versions[i] = state.version(i);
        }
        return RowState.of(new Life(state.life().fence(), cause), cause, versions, row.values())
                .withCounters(state.counters());
    }

    private void tellStale(StateRow row) throws SQLException {
        SyncedTable.Layout layout = row.table().layout();
        for (int i = 0; layout != null && i < row.state().columns(); i++) {
            Stamp stamp = row.state().version(i).stamp();
            if (!stamp.isZero() && !hasSeen(stamp) && layout.ordinalOf(i) >= 0) {
                insert(row, layout, i, stamp);
            }
        }
    }

    private void insert(StateRow row, SyncedTable.Layout layout, int column, Stamp stamp) throws SQLException {
        byte[] value = row.values().value(column);
        try (EngineSession session = EngineSession.open(node.host());
                PreparedStatement insert = session.connection().prepareStatement(STALE)) {
            insert.setString(1, row.table().schema());
            insert.setString(2, row.table().name());
            insert.setString(3, node.keys().text(layout, row.key()));
            insert.setString(4, row.table().columnName(column));
            insert.setString(
                    5,
                    value.length == 0
                            ? null
                            : node.codec()
                                    .read(new RecordInput(value), TypeInfo.TYPE_UNKNOWN)
                                    .getString());
            insert.setString(6, node.authorName(stamp.origin()));
            insert.setString(7, peer.authorName(peer.state().origin()));
            insert.setObject(8, OffsetDateTime.now(ZoneId.systemDefault()));
            insert.setBytes(9, row.key());
            insert.setString(10, stamp.toString());
            insert.setBytes(11, value);
            insert.executeUpdate();
        }
    }
}
