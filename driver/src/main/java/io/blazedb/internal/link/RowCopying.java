package io.blazedb.internal.link;

import io.blazedb.internal.apply.StateRow;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.internal.node.NodeState;
import io.blazedb.internal.node.SyncedTable;
import io.blazedb.internal.schema.ParentsFirst;
import io.blazedb.sync.NodeId;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.TableDefinition;
import io.blazedb.sync.VersionVector;
import io.blazedb.sync.internal.merge.CausalPast;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import org.h2.message.DbException;
import org.jspecify.annotations.Nullable;

/**
 * Copies the rows of one database to another one, table by table and piece by piece, merging them with what is there.
 * After each piece it remembers how far it is. For the thread of a link.
 */
final class RowCopying {
    private static final int COPY_ROWS = 500;
    private static final long RETRY_MILLIS = 1;

    private final LinkedNode source;
    private final LinkedNode target;
    private final LinkProgress progress;
    private final BooleanSupplier stopped;

    RowCopying(LinkedNode source, LinkedNode target, LinkProgress progress, BooleanSupplier stopped) {
        this.source = source;
        this.target = target;
        this.progress = progress;
        this.stopped = stopped;
    }

    /** Goes on where it was; does nothing when all rows have been copied. */
    void run() throws SQLException, InterruptedException {
        NodeId sourceId = source.state().nodeId();
        Progress copied = Progress.of(target.facts(), sourceId);
        if (copied != null && copied.done()) {
            return;
        }
        if (copied == null || copied.isVoid()) {
            copied = beginCopy();
            copied.put(target.facts(), sourceId);
        }
        progress.position(copied.start());
        target.learn(source.schemas().definitions());
        target.state().learnClocks(source.state().vector(), source.state());
        CopyReader reader = new CopyReader(source);
        for (SyncedTable table : tables()) {
            if (!copied.has(table.number())) {
                copied = copyTable(reader, table, copied);
            }
        }
        for (SyncedTable table : source.tables().all()) {
            SyncedTable.Layout layout = table.layout();
            if (layout != null) {
                target.takeKey(layout.definition());
            }
        }
        target.state().learnPasts(source.state().pasts());
        target.state().learnClocks(source.state().vector(), source.state());
        target.contained(copied.vector());
        copied.complete().put(target.facts(), sourceId);
    }

    private Progress beginCopy() {
        source.host().commits().cutAlone().lock();
        try {
            long start = source.log().endLsn();
            Cursors.put(source, target.state().nodeId(), start);
            return new Progress(
                    false, start, Timeline.of(source.facts()), source.state().vector(), Set.of(), 0, null);
        } finally {
            source.host().commits().cutAlone().unlock();
        }
    }

    /** Parents before children; then the tables that are not at the source, whose changes wait there. */
    private List<SyncedTable> tables() {
        List<TableDefinition> definitions = new ArrayList<>();
        List<SyncedTable> absent = new ArrayList<>();
        for (SyncedTable table : source.tables().all()) {
            SyncedTable.Layout layout = table.layout();
            if (layout != null) {
                definitions.add(layout.definition());
            } else {
                absent.add(table);
            }
        }
        List<SyncedTable> tables = new ArrayList<>();
        for (TableDefinition definition : ParentsFirst.order(definitions)) {
            SyncedTable table = source.tables().byName(definition.schema(), definition.name());
            if (table != null) {
                tables.add(table);
            }
        }
        tables.addAll(absent);
        return tables;
    }

    private Progress copyTable(CopyReader reader, SyncedTable from, Progress before) throws InterruptedException {
        Progress copied = before;
        SyncedTable to = target.tables().like(from);
        if (to != null) {
            RowCopy copy = RowCopy.between(from, to, from.columnCount());
            CopyPlace place = CopyPlace.of(before.table() == from.number() ? before.lastKey() : null);
            while (place != null) {
                CopyReader.Piece piece = reader.read(from, place, before.start(), COPY_ROWS, copy);
                if (!piece.rows().isEmpty()) {
                    joinAll(piece.rows());
                    progress.delivered(0, piece.rows().size());
                }
                place = piece.next();
                copied = place == null ? copied.with(from.number()) : copied.within(from.number(), place.toBytes());
                copied.put(target.facts(), source.state().nodeId());
                if (stopped.getAsBoolean()) {
                    throw new IllegalStateException("stopped");
                }
            }
        }
        return copied.with(from.number());
    }

    private void joinAll(List<StateRow> rows) throws InterruptedException {
        joinAll(rows, past(), null);
    }

    private void joinAll(List<StateRow> rows, CausalPast past, @Nullable IntPredicate lost)
            throws InterruptedException {
        while (true) {
            try {
                target.applier().join(source.state().nodeId(), new Blobs(source, target).moved(rows), past, lost);
                return;
            } catch (DbException e) {
                if (!Blocked.is(e) || stopped.getAsBoolean()) {
                    throw e;
                }
                progress.awaitStop(RETRY_MILLIS, stopped);
            }
        }
    }

    /** Either node had both transactions: then one of them had replaced the other knowingly. */
    private CausalPast past() {
        VersionVector theirs = source.state().vector();
        VersionVector ours = target.state().vector();
        return (winner, loser) ->
                knows(source.state(), theirs, winner, loser) || knows(target.state(), ours, winner, loser);
    }

    private static boolean knows(NodeState node, VersionVector vector, Stamp winner, Stamp loser) {
        return node.covers(vector, winner) && node.covers(vector, loser);
    }

    /** As {@link #copyTable}, but done in one go: when it is broken off it is done again. */
    void copyFilled(int number) throws InterruptedException {
        SyncedTable from = source.tables().byNumber(number);
        SyncedTable to = from == null ? null : target.tables().like(from);
        if (from != null && to != null) {
            copyWhole(from, RowCopy.between(from, to, from.columnCount()), null);
        }
    }

    private void copyWhole(SyncedTable from, RowCopy copy, @Nullable IntPredicate lost) throws InterruptedException {
        CopyReader reader = new CopyReader(source);
        CopyPlace place = CopyPlace.BEGIN;
        long began = source.log().endLsn();
        while (place != null) {
            CopyReader.Piece piece = reader.read(from, place, began, COPY_ROWS, copy);
            joinAll(piece.rows(), past(), lost);
            place = piece.next();
            if (stopped.getAsBoolean()) {
                throw new IllegalStateException("stopped");
            }
        }
    }

    /**
     * Joins rows that differ without an operation that says why. Whatever value loses is shown as a conflict: there is
     * no telling whether it was replaced knowingly.
     */
    void repair(TableDifference difference) throws InterruptedException {
        TableDifference.Name name = difference.name();
        SyncedTable from = source.tables().byName(name.schema(), name.table());
        SyncedTable to = target.tables().byName(name.schema(), name.table());
        if (from == null || to == null) {
            return;
        }
        RowCopy copy = RowCopy.between(from, to, from.columnCount());
        CopyReader reader = new CopyReader(source);
        List<StateRow> rows = new ArrayList<>();
        for (byte[] key : difference.keys()) {
            StateRow row = reader.readAny(from, key, copy);
            if (row != null) {
                rows.add(row);
            }
            if (rows.size() == COPY_ROWS) {
                joinAll(rows, (winner, loser) -> false, null);
                rows.clear();
            }
        }
        joinAll(rows, (winner, loser) -> false, null);
    }

    /** Copies a table of the target's for the values of columns that it has lost. */
    void copyReturned(Returned returned) throws InterruptedException {
        SyncedTable to = target.tables().byNumber(returned.table());
        SyncedTable from = to == null ? null : source.tables().like(to);
        if (to != null && to.layout() != null && from != null) {
            copyWhole(from, RowCopy.between(from, to, from.columnCount()), returned::has);
        }
    }

    /** Copies single rows as they are now. */
    void copyNamed(Item.Rows rows) throws InterruptedException {
        CopyReader reader = new CopyReader(source);
        List<StateRow> found = new ArrayList<>();
        for (Item.RowName name : rows.rows()) {
            RecordInput in = new RecordInput(name.name());
            SyncedTable from = source.tables().byNumber((int) in.readVarint());
            byte[] key = in.readBytes(name.name().length - in.position());
            SyncedTable to = from == null ? null : target.tables().like(from);
            if (from != null && to != null) {
                StateRow row = reader.read(from, key, RowCopy.between(from, to, from.columnCount()));
                if (row != null) {
                    found.add(row);
                }
            }
        }
        if (!found.isEmpty()) {
            joinAll(found);
        }
    }
}
