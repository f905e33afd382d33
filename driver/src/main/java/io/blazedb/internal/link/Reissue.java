package io.blazedb.internal.link;

import io.blazedb.internal.apply.StateRow;
import io.blazedb.internal.apply.VoidRow;
import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.RemoteBatch;
import io.blazedb.internal.node.NodeState;
import io.blazedb.internal.node.RemoteRecord;
import io.blazedb.internal.node.SyncedTable;
import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.Dependency;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.internal.merge.RowAuthor;
import io.blazedb.sync.internal.merge.RowState;
import io.blazedb.sync.internal.merge.VoidDeltas;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the operations of an origin that was cut again under the present one: others know other operations by their
 * names. What they wrote stays as it is here and gets new versions, so that it merges with what the others have like
 * any other write that had not seen them. For one thread, while nothing is applied or committed.
 */
final class Reissue {
    private static final int ROWS_MAX = 1_000;

    private final LinkedNode node;
    private final OriginId lost;
    private final long lastClock;
    private final CopyReader reader;

    /** A row as it is, and what was added to its counters. */
    private record Found(StateRow row, VoidDeltas deltas) {}

    /** @param lastClock of the last operation of the origin that stays what it is */
    Reissue(LinkedNode node, OriginId lost, long lastClock) {
        this.node = node;
        this.lost = lost;
        this.lastClock = lastClock;
        this.reader = new CopyReader(node);
    }

    /** Writes the rows again. To be called after the cut; what was written again before stays as it is. */
    void write(List<VoidRow> rows) {
        List<Found> piece = new ArrayList<>();
        for (VoidRow row : rows) {
            StateRow found = row.table().layout() == null ? null : read(row);
            if (found != null) {
                piece.add(new Found(found, row.deltas()));
            }
            if (piece.size() == ROWS_MAX) {
                writePiece(piece);
                piece.clear();
            }
        }
        if (!piece.isEmpty()) {
            writePiece(piece);
        }
    }

    private void writePiece(List<Found> rows) {
        List<Found> piece = List.copyOf(rows);
        node.host().commits().appendWithoutEffect(RemoteBatch.own(() -> record(piece)));
    }

    /** Under the lock of the log, so that the numbers are those of the record. */
    private RecordBuffer record(List<Found> rows) {
        NodeState state = node.state();
        long seq = state.nextSeq();
        long hlc = state.nextClock();
        List<Dependency> dependencies = state.takeDependencies();
        RowAuthor author = new RowAuthor(state.role(), new Stamp(hlc, state.origin()));
        List<RowChange> changes = new ArrayList<>();
        List<RemoteRecord.StateBytes> states = new ArrayList<>();
        for (Found found : rows) {
            StateRow row = found.row();
            SyncedTable.Layout layout = Objects.requireNonNull(row.table().layout());
            RowAuthor.Authored again = again(author, found, layout);
            changes.add(again.change().mapped(layout.definition().id(), layout::ordinalOf));
            states.add(node.index().stateBytes(row.table(), row.key(), again.after()));
        }
        ChangeSet changeSet = new ChangeSet(state.origin(), seq, hlc, state.role(), dependencies, List.of(), changes);
        return new RemoteRecord(state.nodeId(), List.of(changeSet), states).toBytes();
    }

    private @Nullable StateRow read(VoidRow row) {
        SyncedTable table = row.table();
        return reader.read(table, row.key(), RowCopy.between(table, table, table.columnCount()));
    }

    /** The columns whose value one of the lost operations wrote, and what they added; the row's life goes with them. */
    private RowAuthor.Authored again(RowAuthor author, Found found, SyncedTable.Layout layout) {
        StateRow row = found.row();
        RowState state = row.state();
        int[] columns = IntStream.range(0, state.columns())
                .filter(column -> wasLost(state.version(column).stamp()) && layout.ordinalOf(column) >= 0)
                .toArray();
        return author.under(layout.rules(), node.keys().types(layout))
                .again(state, 0, row.key(), columns, row.values(), found.deltas());
    }

    private boolean wasLost(Stamp written) {
        return written.origin().equals(lost) && Long.compareUnsigned(written.hlc(), lastClock) > 0;
    }
}
