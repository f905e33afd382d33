package io.blazedb.internal.link;

import io.blazedb.internal.apply.OwnRow;
import io.blazedb.internal.apply.StateRow;
import io.blazedb.internal.node.SyncedTable;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.internal.merge.ColumnVersion;
import io.blazedb.sync.internal.merge.RowState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.h2.value.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * Makes operations of what somebody wrote to a closed database with plain H2. No record says what that was, but a peer
 * has the rows as they were: where both have the same version of a value and not the same value, or the row is gone
 * here, it was changed here. Before anything flows between the two. Safe for use by several threads, which take turns.
 */
final class PlainEdits {
    private static final String AT = "edited.at";
    private static final String ADOPTED = "edited.adopted.";
    private static final int PIECE_ROWS = 500;

    private PlainEdits() {}

    /** The database was written without us before this position of its log. */
    static void happened(LinkedNode node) {
        node.facts()
                .put(
                        AT,
                        ByteBuffer.allocate(Long.BYTES)
                                .putLong(node.log().endLsn())
                                .array());
    }

    /** Does nothing when there is nothing to adopt, or it was done with this peer. */
    static void adopt(LinkedNode edited, Peer peer) {
        byte[] at = edited.facts().get(AT);
        String adopted = ADOPTED + peer.nodeId();
        if (at == null || Arrays.equals(at, edited.facts().get(adopted))) {
            return;
        }
        for (PeerTable theirs : peer.tables()) {
            SyncedTable table = edited.tables()
                    .byName(theirs.table().schema(), theirs.table().name());
            SyncedTable.Layout layout = table == null ? null : table.layout();
            if (table != null && layout != null && theirs.isHere()) {
                new TableEdits(edited, peer, table, layout, theirs).adopt();
            }
        }
        edited.facts().put(adopted, at);
    }

    /** One table that may have been edited. */
    private static final class TableEdits {
        private final LinkedNode edited;
        private final Peer peer;
        private final SyncedTable table;
        private final SyncedTable.Layout layout;
        private final PeerTable theirs;
        private final RowCopy same;
        private final CopyReader reader;
        private final ComparableValues ourValues;
        private final ComparableValues theirValues;
        private final List<StateRow> gone = new ArrayList<>();
        private final Map<StateRow.RowKey, Map<Integer, byte[]>> changed = new HashMap<>();

        TableEdits(LinkedNode edited, Peer peer, SyncedTable table, SyncedTable.Layout layout, PeerTable theirs) {
            this.edited = edited;
            this.peer = peer;
            this.table = table;
            this.layout = layout;
            this.theirs = theirs;
            this.same = RowCopy.between(table, table, table.columnCount());
            this.reader = new CopyReader(edited);
            this.ourValues = new ComparableValues(edited.codec(), edited.host().blobs()::read);
            this.theirValues = new ComparableValues(edited.codec(), peer::blob);
        }

        void adopt() {
            RowCopy copy = RowCopy.between(theirs.table(), table, theirs.table().columnCount());
            long began = peer.standing().end();
            CopyPlace place = CopyPlace.BEGIN;
            while (place != null) {
                RowPage piece = peer.read(theirs, place, began, PIECE_ROWS, copy);
                piece.rows().stream().filter(row -> row.state().alive()).forEach(this::look);
                write();
                place = piece.next();
            }
        }

        private void look(StateRow row) {
            StateRow ours = reader.readAny(table, row.key(), same);
            if (ours == null) {
                if (isAsItWas(row.state(), edited.index().get(table, row.key()))) {
                    gone.add(row);
                }
            } else if (ours.state().alive()) {
                Map<Integer, byte[]> values = changes(ours, row);
                if (!values.isEmpty()) {
                    changed.put(row.rowKey(), values);
                }
            }
        }

        /** The peer has the row that was here, and nothing newer: then it may go there, too. */
        private boolean isAsItWas(RowState theirState, @Nullable RowState ourState) {
            Stamp base = edited.state().baseStamp();
            for (int i = 0; i < layout.columns(); i++) {
                int number = layout.numbers().get(i);
                ColumnVersion version = theirState.version(number);
                ColumnVersion known =
                        ourState == null ? new ColumnVersion(Stamp.ZERO, 1, base) : ourState.version(number);
                if (!version.equals(known) && !version.equals(ColumnVersion.ABSENT)) {
                    return false;
                }
            }
            return ourState == null || ourState.alive();
        }

        private Map<Integer, byte[]> changes(StateRow ours, StateRow row) {
            Map<Integer, byte[]> values = new HashMap<>();
            for (int i = 0; i < layout.columns(); i++) {
                int number = layout.numbers().get(i);
                byte[] mine = ours.values().value(number);
                byte[] other = row.values().value(number);
                boolean known =
                        mine.length > 0 && other.length > 0 && layout.key().indexOf(i) < 0;
                if (known && ours.state().version(number).equals(row.state().version(number))) {
                    TypeInfo type = layout.table().getColumn(i).getType();
                    if (!Arrays.equals(ourValues.of(mine, type), theirValues.of(other, type))) {
                        values.put(number, mine);
                    }
                }
            }
            return values;
        }

        /** A row that is gone is taken over from the peer, and deleted as it was. */
        private void write() {
            if (!gone.isEmpty()) {
                edited.applier()
                        .join(peer.nodeId(), new Blobs(peer, edited).moved(gone), (winner, loser) -> true, null);
            }
            if (!gone.isEmpty() || !changed.isEmpty()) {
                edited.applier().write(own -> {
                    for (StateRow row : gone) {
                        OwnRow here = own.row(table, row.key());
                        if (here != null && here.state().alive()) {
                            here.delete();
                        }
                    }
                    changed.forEach((key, values) -> {
                        OwnRow here = own.row(table, key.bytes());
                        if (here != null && here.state().alive()) {
                            here.update(values);
                        }
                    });
                });
            }
            gone.clear();
            changed.clear();
        }
    }
}
