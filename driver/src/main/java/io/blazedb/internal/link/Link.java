package io.blazedb.internal.link;

import io.blazedb.internal.apply.StateRow;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.internal.node.LinkStatus;
import io.blazedb.internal.node.NodeState;
import io.blazedb.internal.node.SyncedTable;
import io.blazedb.internal.schema.ParentsFirst;
import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.Dependency;
import io.blazedb.sync.HybridClock;
import io.blazedb.sync.NodeId;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.TableDefinition;
import io.blazedb.sync.VersionVector;
import io.blazedb.sync.internal.log.LogTrimmedException;
import io.blazedb.sync.internal.merge.CausalPast;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.h2.api.ErrorCode;
import org.h2.message.DbException;

/**
 * Brings everything from one database to another one of the same process: first a copy of the rows, then each operation
 * when it is committed. One thread a link and direction; others may ask how it is doing.
 */
final class Link {
    /** Operations that one H2 transaction of the target applies at most. */
    private static final int BATCH_OPERATIONS_MAX = 1_000;

    private static final int BATCH_ROWS_MAX = 5_000;
    private static final int COPY_ROWS = 500;

    /** An operation whose clock is further ahead waits until time has come closer to it. */
    private static final long DRIFT_MILLIS_MAX = 60_000;

    private static final long RETRY_MILLIS_MIN = 1;
    private static final long RETRY_MILLIS_MAX = 200;
    private static final long WAIT_SHOWN_MILLIS = 5_000;

    /** A wake-up that never comes must be made good by the anti-entropy round; tests switch all of them off. */
    private static final boolean LOSE_PUSHES = Boolean.getBoolean("blazedb.fault.losePushes");

    private final LinkedNode source;
    private final LinkedNode target;
    private final int intervalSeconds;
    private final LinkProgress progress = new LinkProgress();
    private final Thread thread;
    private volatile boolean stopped;
    private volatile long startedAt;

    Link(String name, LinkedNode source, LinkedNode target, int intervalSeconds) {
        this.source = source;
        this.target = target;
        this.intervalSeconds = intervalSeconds;
        this.thread = new Thread(this::run, "blazedb-sync-" + name);
        thread.setDaemon(true);
    }

    void start() {
        source.attach(this);
        startedAt = startPosition();
        progress.position(startedAt);
        thread.start();
    }

    LinkedNode source() {
        return source;
    }

    LinkedNode target() {
        return target;
    }

    LinkProgress progress() {
        return progress;
    }

    /** Stops and waits until the thread has ended; what is being applied is finished or taken back. */
    void stop() {
        stopped = true;
        source.detach(this);
        source.log().wakeReaders();
        progress.wake();
        boolean interrupted = false;
        while (thread.isAlive() && Thread.currentThread() != thread) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private long startPosition() {
        Progress copied = Progress.of(target.facts(), source.state().nodeId());
        if (copied == null) {
            return source.log().endLsn();
        }
        long kept = Cursors.of(source, target.state().nodeId());
        return Math.max(copied.start(), Math.max(kept, source.log().firstLsn()));
    }

    private void run() {
        long retryMillis = RETRY_MILLIS_MIN;
        while (!stopped) {
            try {
                copyRows();
                follow();
                retryMillis = RETRY_MILLIS_MIN;
            } catch (LogTrimmedException e) {
                copyAgain();
            } catch (SQLException | RuntimeException e) {
                if (stopped) {
                    return;
                }
                boolean blocked = isBlocked(e);
                progress.failed(blocked, String.valueOf(e.getMessage()), WAIT_SHOWN_MILLIS);
                pause(blocked ? retryMillis : intervalSeconds * 1000L);
                retryMillis = Math.min(RETRY_MILLIS_MAX, retryMillis * 2);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Another transaction has the row, or committed the same key a moment ago: merge again. */
    private static boolean isBlocked(Exception e) {
        return e instanceof DbException h2
                && switch (h2.getErrorCode()) {
                    case ErrorCode.LOCK_TIMEOUT_1,
                            ErrorCode.CONCURRENT_UPDATE_1,
                            ErrorCode.DEADLOCK_1,
                            ErrorCode.DUPLICATE_KEY_1,
                            ErrorCode.ROW_NOT_FOUND_WHEN_DELETING_1 -> true;
                    default -> false;
                };
    }

    private void pause(long millis) {
        try {
            progress.awaitStop(millis, () -> stopped);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void copyAgain() {
        new Progress(false, source.log().endLsn(), VersionVector.EMPTY, -1, null)
                .put(target.facts(), source.state().nodeId());
    }

    // ---- the copy -------------------------------------------------------------------------------------------------

    private void copyRows() throws SQLException {
        NodeId sourceId = source.state().nodeId();
        Progress copied = Progress.of(target.facts(), sourceId);
        if (copied != null && copied.done()) {
            return;
        }
        if (copied == null || copied.table() < 0) {
            copied = beginCopy();
            copied.put(target.facts(), sourceId);
        }
        progress.position(copied.start());
        target.learn(source.definitions());
        CopyReader reader = new CopyReader(source);
        List<TableDefinition> order = ParentsFirst.order(currentDefinitions());
        for (int i = copied.table(); i < order.size(); i++) {
            copied = copyTable(reader, order.get(i), i, copied);
        }
        target.state().learnPasts(source.state().pasts());
        target.contained(copied.vector());
        copied.complete().put(target.facts(), sourceId);
    }

    private Progress beginCopy() {
        source.host().commits().cutAlone().lock();
        try {
            long start = source.log().endLsn();
            Cursors.put(source, target.state().nodeId(), start);
            return new Progress(false, start, source.state().vector(), 0, null);
        } finally {
            source.host().commits().cutAlone().unlock();
        }
    }

    private List<TableDefinition> currentDefinitions() {
        List<TableDefinition> definitions = new ArrayList<>();
        for (SyncedTable table : source.tables().all()) {
            SyncedTable.Layout layout = table.layout();
            if (layout != null) {
                definitions.add(layout.definition());
            }
        }
        return definitions;
    }

    private Progress copyTable(CopyReader reader, TableDefinition definition, int number, Progress before)
            throws SQLException {
        Progress copied = before;
        SyncedTable from = source.tables().byName(definition.schema(), definition.name());
        SyncedTable to = target.tables().byName(definition.schema(), definition.name());
        if (from != null && to != null) {
            RowCopy copy = RowCopy.between(from, to, from.columnCount());
            byte[] after = before.lastKey();
            do {
                CopyReader.Piece piece = reader.read(from, after, COPY_ROWS, copy);
                if (!piece.rows().isEmpty()) {
                    joinAll(piece.rows());
                    progress.delivered(0, piece.rows().size());
                }
                after = piece.lastKey();
                copied = copied.at(after == null ? number + 1 : number, after);
                copied.put(target.facts(), source.state().nodeId());
                if (stopped) {
                    throw new IllegalStateException("stopped");
                }
            } while (after != null);
        }
        return copied.at(number + 1, null);
    }

    private void joinAll(List<StateRow> rows) throws SQLException {
        while (true) {
            try {
                target.applier().join(source.state().nodeId(), new Blobs(source, target).moved(rows), past());
                return;
            } catch (DbException e) {
                if (!isBlocked(e) || stopped) {
                    throw e;
                }
                pause(RETRY_MILLIS_MIN);
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

    // ---- the stream -----------------------------------------------------------------------------------------------

    private void follow() throws SQLException, InterruptedException {
        target.learnOwners(source.owners());
        target.learn(source.definitions());
        try (OperationStream stream = new OperationStream(
                source.log(),
                source.state(),
                source.index(),
                progress.position(),
                target.state().nodeId())) {
            progress.connected();
            while (!stopped) {
                if (!deliverSome(stream)) {
                    awaitMore(stream.position());
                }
            }
        }
    }

    private void awaitMore(long position) throws InterruptedException {
        if (LOSE_PUSHES) {
            progress.awaitStop(intervalSeconds * 1000L, () -> stopped);
        } else {
            source.log().awaitVisible(position, TimeUnit.SECONDS.toNanos(intervalSeconds));
        }
    }

    /** Delivers a batch. Answers whether there was anything to read. */
    private boolean deliverSome(OperationStream stream) throws SQLException, InterruptedException {
        List<ChangeSet> batch = new ArrayList<>();
        Set<Dependency> names = new HashSet<>();
        int rows = 0;
        boolean any = false;
        while (batch.size() < BATCH_OPERATIONS_MAX && rows < BATCH_ROWS_MAX && !stopped) {
            List<Item> items = stream.next();
            if (items == null) {
                break;
            }
            any = true;
            for (Item item : items) {
                if (item instanceof Item.Changes changes) {
                    if (isWanted(changes.changeSet(), names)) {
                        batch.add(changes.changeSet());
                        rows += changes.changeSet().changes().size();
                    }
                } else {
                    applyAll(batch);
                    batch.clear();
                    names.clear();
                    deliver(item);
                }
            }
        }
        applyAll(batch);
        if (any) {
            progress.position(stream.position());
        }
        return any;
    }

    /** Not applied there yet. Those of one origin come in order, so the first one missing is the next one. */
    private boolean isWanted(ChangeSet changeSet, Set<Dependency> batch) {
        return !target.state().vector().covers(changeSet.origin(), changeSet.seq())
                && batch.add(new Dependency(changeSet.origin(), changeSet.seq()));
    }

    private void deliver(Item item) throws SQLException {
        if (item instanceof Item.Definition definition) {
            target.learn(Map.of(definition.origin(), List.of(definition.table())));
        } else if (item instanceof Item.Rows rows) {
            joinNamed(rows);
        } else if (item instanceof Item.Filled filled) {
            copyFilled(filled.table());
        } else if (item instanceof Item.Contained contained) {
            target.state().learnPasts(source.state().pasts());
            target.contained(contained.vector());
        }
    }

    /** As {@link #copyTable}, but done in one go: when it is broken off it is done again. */
    private void copyFilled(int number) throws SQLException {
        SyncedTable from = source.tables().byNumber(number);
        SyncedTable to = from == null ? null : target.tables().byName(from.schema(), from.name());
        if (from == null || to == null) {
            return;
        }
        RowCopy copy = RowCopy.between(from, to, from.columnCount());
        CopyReader reader = new CopyReader(source);
        byte[] after = null;
        do {
            CopyReader.Piece piece = reader.read(from, after, COPY_ROWS, copy);
            joinAll(piece.rows());
            after = piece.lastKey();
            if (stopped) {
                throw new IllegalStateException("stopped");
            }
        } while (after != null);
    }

    private void joinNamed(Item.Rows rows) throws SQLException {
        CopyReader reader = new CopyReader(source);
        List<StateRow> found = new ArrayList<>();
        for (Item.RowName name : rows.rows()) {
            RecordInput in = new RecordInput(name.name());
            SyncedTable from = source.tables().byNumber((int) in.readVarint());
            byte[] key = in.readBytes(name.name().length - in.position());
            SyncedTable to = from == null ? null : target.tables().byName(from.schema(), from.name());
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

    private void applyAll(List<ChangeSet> batch) throws InterruptedException {
        int from = 0;
        int size = batch.size();
        long retryMillis = RETRY_MILLIS_MIN;
        while (from < batch.size()) {
            awaitApplicable(batch.get(from));
            int until = Math.min(batch.size(), from + size);
            List<ChangeSet> part = applicable(batch.subList(from, until));
            try {
                target.applier().apply(source.state().nodeId(), new Blobs(source, target).movedAll(part));
                progress.delivered(part.size(), 0);
                progress.connected();
                from += part.size();
                size = batch.size();
                retryMillis = RETRY_MILLIS_MIN;
            } catch (DbException e) {
                if (!isBlocked(e) || stopped) {
                    throw e;
                }
                progress.failed(true, String.valueOf(e.getMessage()), WAIT_SHOWN_MILLIS);
                size = Math.max(1, part.size() / 4);
                pause(retryMillis);
                retryMillis = Math.min(RETRY_MILLIS_MAX, retryMillis * 2);
            }
        }
    }

    /** Those from the first on that can be applied together: each follows on the ones before it. */
    private List<ChangeSet> applicable(List<ChangeSet> batch) {
        VersionVector vector = target.state().vector();
        List<ChangeSet> part = new ArrayList<>();
        for (ChangeSet changeSet : batch) {
            if (missing(vector, changeSet).isPresent()) {
                break;
            }
            part.add(changeSet);
            vector = vector.with(changeSet.origin(), changeSet.seq());
        }
        return part;
    }

    /** Waits while an operation that this one follows on has not come by any link, or its time has not come. */
    private void awaitApplicable(ChangeSet changeSet) throws InterruptedException {
        Optional<String> missing = missing(target.state().vector(), changeSet);
        while (missing.isPresent() && !stopped) {
            progress.parked(changeSet, missing.get());
            progress.awaitStop(Math.min(100, intervalSeconds * 1000L), () -> stopped);
            missing = missing(target.state().vector(), changeSet);
        }
        progress.unparked();
        if (stopped) {
            throw new IllegalStateException("stopped");
        }
    }

    private static Optional<String> missing(VersionVector vector, ChangeSet changeSet) {
        if (!vector.covers(changeSet.origin(), changeSet.seq() - 1)) {
            return Optional.of("operation " + (changeSet.seq() - 1) + " of " + changeSet.origin());
        }
        for (Dependency dependency : changeSet.dependencies()) {
            if (!vector.covers(dependency)) {
                return Optional.of("operation " + dependency.seq() + " of " + dependency.origin());
            }
        }
        return HybridClock.isAhead(changeSet.hlc(), System.currentTimeMillis(), DRIFT_MILLIS_MAX)
                ? Optional.of("the time " + HybridClock.millis(changeSet.hlc()) + " ms, from a clock that is ahead")
                : Optional.empty();
    }

    /** How many operations of the source are not at the target. */
    long pending() {
        VersionVector there = target.state().vector();
        long pending = 0;
        for (Dependency entry : source.state().vector().entries()) {
            pending += Math.max(0, entry.seq() - there.seq(entry.origin()));
        }
        return pending;
    }

    /** Bytes of the source's log that went over the link since it was started. */
    long bytes() {
        return Math.max(0, progress.position() - startedAt);
    }

    /** How long the oldest operation that is not at the target has waited; 0 when none has. */
    long lagMillis() {
        if (pending() == 0) {
            return 0;
        }
        long seen = target.state().vector().seq(source.state().origin());
        long hlc = source.state().history().floor(source.state().origin(), seen + 1);
        return hlc == 0 ? 0 : Math.max(0, System.currentTimeMillis() - HybridClock.millis(hlc));
    }

    /** Whether everything before a position of the source's log is applied, the copy included. */
    boolean isBeyond(long position) {
        Progress copied = Progress.of(target.facts(), source.state().nodeId());
        return copied != null && copied.done() && progress.position() >= position;
    }

    /** The source's log before here is not needed for the target any more. */
    void keepCursor() {
        Cursors.move(source, target.state().nodeId(), progress.position());
    }

    /** Waits until less than so much log waits, if the target is taking it at all. */
    void awaitBacklog(long bytes, int waitMillis) {
        try {
            progress.await(
                    waitMillis,
                    () -> stopped
                            || progress.state() != LinkStatus.State.CONNECTED
                            || source.log().endLsn() - progress.position() <= bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
