package io.blazedb.internal.link;

import io.blazedb.internal.apply.StateRow;
import io.blazedb.internal.node.SyncedTable;
import io.blazedb.sync.Life;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.internal.merge.ColumnVersion;
import io.blazedb.sync.internal.merge.RowState;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Removes the rows of a node that its peer has deleted and forgotten while the node was away. The peer has seen all
 * writes to such a row and knows nothing of it. A row with a write that the peer has not seen, besides others that it
 * has, was deleted too: that write goes to the conflicts. A row of which the peer has seen no write is new, and stays.
 * For one thread.
 */
final class Comeback {
    private static final int PIECE_ROWS = 500;

    /** Fact that rows are being removed; the peer's id follows. */
    private static final String BEGUN = "node.comeback.";

    private final LinkedNode node;
    private final Peer peer;
    private final Horizon seen;

    Comeback(LinkedNode node, Peer peer) {
        this.node = node;
        this.peer = peer;
        this.seen = peer.horizon();
    }

    /**
     * Answers whether rows were removed, also by one that a crash broke off; does nothing when the node has seen all
     * that the peer has forgotten. What follows from it has to be done before {@link #done}.
     */
    boolean run() {
        if (!node.state().vector().covers(peer.collected())) {
            for (PeerTable theirs : peer.tables()) {
                SyncedTable table = node.tables().like(theirs.table());
                if (table != null && table.layout() != null) {
                    run(table, theirs);
                }
            }
        }
        return hasBegun();
    }

    private boolean hasBegun() {
        return node.facts().get(begun()) != null;
    }

    /** What follows from the removal is done. */
    void done() {
        node.facts().remove(begun());
    }

    private String begun() {
        return BEGUN + peer.nodeId();
    }

    private void run(SyncedTable table, PeerTable theirs) {
        CopyReader ours = new CopyReader(node);
        RowCopy same = RowCopy.between(table, table, table.columnCount());
        long began = node.log().endLsn();
        CopyPlace place = CopyPlace.BEGIN;
        while (place != null) {
            RowPage piece = ours.read(table, place, began, PIECE_ROWS, same);
            List<StateRow> dead = new ArrayList<>();
            List<StateRow> seenRows = piece.rows().stream()
                    .filter(row -> row.state().alive() && hasSeenAny(row.state()))
                    .toList();
            BitSet known =
                    peer.known(theirs, seenRows.stream().map(StateRow::key).toList());
            for (int i = known.nextClearBit(0); i < seenRows.size(); i = known.nextClearBit(i + 1)) {
                StateRow row = seenRows.get(i);
                dead.add(new StateRow(table, row.rowKey(), buried(row), row.values()));
            }
            if (!dead.isEmpty()) {
                if (!hasBegun()) {
                    node.facts().put(begun(), new byte[0]);
                }
                node.applier().bury(peer.nodeId(), peer.name(), dead, this::hasSeen);
            }
            place = piece.next();
        }
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
        return !stamp.isZero() && seen.covers(stamp);
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
}
