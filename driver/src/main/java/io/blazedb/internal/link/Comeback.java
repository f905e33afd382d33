package io.blazedb.internal.link;

import io.blazedb.internal.apply.StateRow;
import io.blazedb.internal.node.SyncedTable;
import io.blazedb.sync.Life;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.VersionVector;
import io.blazedb.sync.internal.merge.ColumnVersion;
import io.blazedb.sync.internal.merge.RowState;
import java.util.ArrayList;
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
    private final LinkedNode peer;
    private final VersionVector seen;

    Comeback(LinkedNode node, LinkedNode peer) {
        this.node = node;
        this.peer = peer;
        this.seen = peer.state().vector();
    }

    /**
     * Answers whether rows were removed, also by one that a crash broke off; does nothing when the node has seen all
     * that the peer has forgotten. What follows from it has to be done before {@link #done}.
     */
    boolean run() {
        if (!node.state().vector().covers(Membership.collected(peer.facts()))) {
            for (SyncedTable table : List.copyOf(node.tables().all())) {
                SyncedTable theirs = peer.tables().like(table);
                if (theirs != null && table.layout() != null) {
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
        return BEGUN + peer.state().nodeId();
    }

    private void run(SyncedTable table, SyncedTable theirs) {
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
                    dead.add(new StateRow(table, row.rowKey(), buried(row), row.values()));
                }
            }
            if (!dead.isEmpty()) {
                String name = peer.authorName(peer.state().origin());
                if (!hasBegun()) {
                    node.facts().put(begun(), new byte[0]);
                }
                node.applier().bury(peer.state().nodeId(), name, dead, this::hasSeen);
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
}
