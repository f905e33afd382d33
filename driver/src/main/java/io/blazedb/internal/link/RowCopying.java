package io.blazedb.internal.link;

import io.blazedb.internal.apply.StateRow;
import io.blazedb.internal.node.SyncedTable;
import io.blazedb.sync.NodeId;
import io.blazedb.sync.internal.merge.CausalPast;
import java.sql.SQLException;
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

    private final Peer source;
    private final LinkedNode target;
    private final LinkProgress progress;
    private final BooleanSupplier stopped;

    RowCopying(Peer source, LinkedNode target, LinkProgress progress, BooleanSupplier stopped) {
        this.source = source;
        this.target = target;
        this.progress = progress;
        this.stopped = stopped;
    }

    /** Goes on where it was; does nothing when all rows have been copied. */
    void run() throws SQLException, InterruptedException {
        NodeId sourceId = source.nodeId();
        Progress copied = Progress.of(target.facts(), sourceId);
        if (copied != null && copied.done()) {
            return;
        }
        if (copied == null || copied.isVoid()) {
            CopyStart start = source.beginCopy();
            copied = new Progress(false, start.position(), start.timeline(), start.vector(), Set.of(), 0, null);
            copied.put(target.facts(), sourceId);
        }
        progress.position(copied.start());
        target.learn(source.definitions());
        source.horizon().teach(target.state());
        for (PeerTable table : source.tables()) {
            if (!copied.has(table.table().number())) {
                copied = copyTable(table, copied);
            }
        }
        for (PeerTable table : source.tables()) {
            if (table.definition() != null) {
                target.takeKey(table.definition());
            }
        }
        target.state().learnPasts(source.pasts());
        source.horizon().teach(target.state());
        target.contained(copied.vector());
        copied.complete().put(target.facts(), sourceId);
    }

    private Progress copyTable(PeerTable from, Progress before) throws InterruptedException {
        Progress copied = before;
        int number = from.table().number();
        RowCopy copy = copyOf(from);
        if (copy != null) {
            CopyPlace place = CopyPlace.of(before.table() == number ? before.lastKey() : null);
            while (place != null) {
                RowPage page = source.read(from, place, before.start(), COPY_ROWS, copy);
                if (!page.rows().isEmpty()) {
                    joinAll(page.rows());
                    progress.delivered(0, page.rows().size());
                }
                place = page.next();
                copied = place == null ? copied.with(number) : copied.within(number, place.toBytes());
                copied.put(target.facts(), source.nodeId());
                if (stopped.getAsBoolean()) {
                    throw new IllegalStateException("stopped");
                }
            }
        }
        return copied.with(number);
    }

    /** How rows of a table are put here; null when nobody here knows it. */
    private @Nullable RowCopy copyOf(PeerTable from) {
        SyncedTable to = target.tables().like(from.table());
        return to == null
                ? null
                : RowCopy.between(from.table(), to, from.table().columnCount());
    }

    private void joinAll(List<StateRow> rows) throws InterruptedException {
        joinAll(rows, past(), null);
    }

    private void joinAll(List<StateRow> rows, CausalPast past, @Nullable IntPredicate lost)
            throws InterruptedException {
        while (true) {
            try {
                target.applier().join(source.nodeId(), new Blobs(source, target).moved(rows), past, lost);
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
        Horizon theirs = source.horizon();
        Horizon ours = Horizon.of(target.state());
        return (winner, loser) ->
                (theirs.covers(winner) && theirs.covers(loser)) || (ours.covers(winner) && ours.covers(loser));
    }

    /** As {@link #copyTable}, but done in one go: when it is broken off it is done again. */
    void copyFilled(int number) throws InterruptedException {
        PeerTable from = source.table(number);
        if (from != null) {
            copyWhole(from, null);
        }
    }

    private void copyWhole(PeerTable from, @Nullable IntPredicate lost) throws InterruptedException {
        RowCopy copy = copyOf(from);
        CopyPlace place = copy == null ? null : CopyPlace.BEGIN;
        long began = source.standing().end();
        while (copy != null && place != null) {
            RowPage page = source.read(from, place, began, COPY_ROWS, copy);
            joinAll(page.rows(), past(), lost);
            place = page.next();
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
        SyncedTable to = target.tables()
                .byName(difference.name().schema(), difference.name().table());
        PeerTable from = to == null ? null : like(to);
        RowCopy copy = from == null ? null : copyOf(from);
        List<byte[]> keys = difference.keys();
        for (int i = 0; from != null && copy != null && i < keys.size(); i += COPY_ROWS) {
            List<byte[]> some = keys.subList(i, Math.min(keys.size(), i + COPY_ROWS));
            joinAll(source.readAny(from, some, copy), (winner, loser) -> false, null);
        }
    }

    /** The peer's table that is this one; null when it has none. */
    private @Nullable PeerTable like(SyncedTable to) {
        return source.tables().stream()
                .filter(from -> from.table().isLike(to))
                .findFirst()
                .orElse(null);
    }

    /** Copies a table of the target's for the values of columns that it has lost. */
    void copyReturned(Returned returned) throws InterruptedException {
        SyncedTable to = target.tables().byNumber(returned.table());
        PeerTable from = to == null || to.layout() == null ? null : like(to);
        if (from != null) {
            copyWhole(from, returned::has);
        }
    }

    /** Copies single rows as they are now. */
    void copyNamed(Item.Rows rows) throws InterruptedException {
        List<StateRow> found = source.read(rows.rows(), this::copyOf);
        if (!found.isEmpty()) {
            joinAll(found);
        }
    }
}
