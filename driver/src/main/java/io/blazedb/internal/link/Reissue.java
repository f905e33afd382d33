package io.blazedb.internal.link;

import io.blazedb.internal.apply.StateRow;
import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.RemoteBatch;
import io.blazedb.internal.node.LogEntry;
import io.blazedb.internal.node.NodeState;
import io.blazedb.internal.node.RemoteRecord;
import io.blazedb.internal.node.RowName;
import io.blazedb.internal.node.SyncedTable;
import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.Dependency;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.internal.log.LogReader;
import io.blazedb.sync.internal.log.LogRecord;
import io.blazedb.sync.internal.log.RecordType;
import io.blazedb.sync.internal.merge.RowAuthor;
import io.blazedb.sync.internal.merge.RowState;
import io.blazedb.sync.internal.merge.RowValues;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
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
    private final long last;
    private final CopyReader reader;

    /** A row by table and key. */
    @SuppressWarnings("ArrayRecordComponent") // never written to
    record LostRow(SyncedTable table, byte[] key) {}

    /** @param last the last operation of the origin that stays what it is */
    Reissue(LinkedNode node, OriginId lost, long last) {
        this.node = node;
        this.lost = lost;
        this.last = last;
        this.reader = new CopyReader(node);
    }

    /** The rows that the operations to be written again have changed, in their order. To be called before the cut. */
    Collection<LostRow> rows() {
        Map<RowName, LostRow> rows = new LinkedHashMap<>();
        node.index().bringTo(node.log().endLsn());
        try (LogReader log = node.log().reader(node.firstOperation())) {
            for (LogRecord record = log.next(); record != null; record = log.next()) {
                switch (record.type()) {
                    case TXN_LOCAL, BASE, TXN_REMOTE ->
                        own(new LogEntry(node.log(), record), set -> addRows(set, rows));
                    default -> {}
                }
            }
        }
        return rows.values();
    }

    private void own(LogEntry entry, Consumer<ChangeSet> action) {
        if (!node.state().originAt(entry.lsn()).id().equals(lost)) {
            return;
        }
        if (entry.type() == RecordType.TXN_REMOTE) {
            RemoteRecord.read(entry).changeSets().forEach(action);
            return;
        }
        ChangeSet changeSet = node.index().changeSet(entry);
        if (changeSet != null) {
            action.accept(changeSet);
        }
    }

    private void addRows(ChangeSet changeSet, Map<RowName, LostRow> rows) {
        if (changeSet.origin().equals(lost) && changeSet.seq() > last) {
            for (RowChange change : changeSet.changes()) {
                SyncedTable table = node.tables().own(change.tableId()).table();
                rows.put(new RowName(table, change.key()), new LostRow(table, change.key()));
            }
        }
    }

    /**
     * Writes the rows again. To be called after the cut.
     *
     * @param lastClock of the last operation that stays what it is
     */
    void write(Collection<LostRow> rows, long lastClock) {
        List<StateRow> piece = new ArrayList<>();
        for (LostRow row : rows) {
            StateRow found = row.table().layout() == null ? null : read(row);
            if (found != null) {
                piece.add(found);
            }
            if (piece.size() == ROWS_MAX) {
                writePiece(piece, lastClock);
                piece.clear();
            }
        }
        if (!piece.isEmpty()) {
            writePiece(piece, lastClock);
        }
    }

    private void writePiece(List<StateRow> rows, long lastClock) {
        List<StateRow> piece = List.copyOf(rows);
        node.host().commits().appendWithoutEffect(RemoteBatch.own(() -> record(piece, lastClock)));
    }

    /** Under the lock of the log, so that the numbers are those of the record. */
    private RecordBuffer record(List<StateRow> rows, long lastClock) {
        NodeState state = node.state();
        long seq = state.nextSeq();
        long hlc = state.nextClock();
        List<Dependency> dependencies = state.takeDependencies();
        RowAuthor author = new RowAuthor(state.role(), new Stamp(hlc, state.origin()));
        List<RowChange> changes = new ArrayList<>();
        List<RemoteRecord.StateBytes> states = new ArrayList<>();
        for (StateRow row : rows) {
            SyncedTable.Layout layout = Objects.requireNonNull(row.table().layout());
            RowAuthor.Authored again = restamp(author, row, layout, lastClock);
            changes.add(again.change().mapped(layout.definition().id(), layout::ordinalOf));
            states.add(node.index().stateBytes(row.table(), row.key(), again.after()));
        }
        ChangeSet changeSet = new ChangeSet(state.origin(), seq, hlc, state.role(), dependencies, List.of(), changes);
        return new RemoteRecord(state.nodeId(), List.of(changeSet), states).toBytes();
    }

    private @Nullable StateRow read(LostRow row) {
        SyncedTable table = row.table();
        return reader.read(table, row.key(), RowCopy.between(table, table, table.columnCount()));
    }

    /** The columns whose value one of the lost operations wrote; the life of the row goes with them. */
    private RowAuthor.Authored restamp(RowAuthor author, StateRow row, SyncedTable.Layout layout, long lastClock) {
        RowState state = row.state();
        List<Integer> columns = new ArrayList<>();
        for (int i = 0; i < state.columns(); i++) {
            Stamp written = state.version(i).stamp();
            boolean wasLost = written.origin().equals(lost) && Long.compareUnsigned(written.hlc(), lastClock) > 0;
            if (wasLost && layout.ordinalOf(i) >= 0) {
                columns.add(i);
            }
        }
        RowValues held = state.alive() ? row.values() : state.image();
        int[] numbers = columns.stream().mapToInt(Integer::intValue).toArray();
        byte[][] values = new byte[numbers.length][];
        for (int i = 0; i < numbers.length; i++) {
            values[i] = held.value(numbers[i]);
        }
        return author.under(layout.rules(), node.keys().types(layout)).restamp(state, 0, row.key(), numbers, values);
    }
}
