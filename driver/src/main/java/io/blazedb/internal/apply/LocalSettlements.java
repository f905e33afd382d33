package io.blazedb.internal.apply;

import io.blazedb.internal.node.LogEntry;
import io.blazedb.internal.node.NodeState;
import io.blazedb.internal.node.RemoteRecord;
import io.blazedb.internal.node.SyncedTable;
import io.blazedb.internal.node.Tables;
import io.blazedb.internal.node.VersionIndex;
import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.VersionVector;
import io.blazedb.sync.internal.log.LogReader;
import io.blazedb.sync.internal.log.LogRecord;
import io.blazedb.sync.internal.log.OperationLog;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Finds what users of this node have written to rows with open conflicts. Such a write settles what its author had
 * seen, here as at the peers that merge it, so all show the same conflicts as open. For the applier's thread.
 */
final class LocalSettlements {
    private final OperationLog log;
    private final VersionIndex index;
    private final NodeState node;
    private final Tables tables;
    private final Conflicts conflicts;
    private final ConflictLog conflictLog;
    private volatile boolean anyOpen;
    private volatile long lookedTo;
    private VersionVector past;

    /** A row that a local transaction wrote, and what that transaction had seen. */
    @SuppressWarnings("ArrayRecordComponent") // never written to
    private record Write(SyncedTable table, byte[] key, RowChange change, Predicate<Stamp> seen) {}

    /** What has been looked at, and what the last operation there had seen. */
    record Progress(List<Write> writes, long to, VersionVector past) {
        boolean concernsConflicts() {
            return !writes.isEmpty();
        }
    }

    /** What all of it works on. */
    record Parts(
            OperationLog log,
            VersionIndex index,
            NodeState node,
            Tables tables,
            Conflicts conflicts,
            ConflictLog conflictLog) {}

    /** @param lookedTo local transactions before this position have been looked at */
    LocalSettlements(Parts parts, long lookedTo) throws SQLException {
        this.log = parts.log();
        this.index = parts.index();
        this.node = parts.node();
        this.tables = parts.tables();
        this.conflicts = parts.conflicts();
        this.conflictLog = parts.conflictLog();
        this.lookedTo = lookedTo;
        this.past = node.vector();
        conflictLog.load();
        anyOpen = conflictLog.isAnyOpen();
    }

    /** Whether a local transaction can settle a conflict. May be asked by any thread. */
    boolean isAnyOpen() {
        return anyOpen;
    }

    /** Where to go on after the database was closed. May be asked by any thread. */
    long lookedTo() {
        return lookedTo;
    }

    /** A transaction is committed. Without an open conflict, nothing before that position settles any. */
    void committed(long position) {
        anyOpen = conflictLog.isAnyOpen();
        if (!anyOpen) {
            lookedTo = position;
            past = node.vector();
        }
    }

    /** Settles what was found, in the transaction that runs. */
    void settle(Progress progress) {
        progress.writes().forEach(write -> conflicts.seen(write.table(), write.key(), write.change(), write.seen()));
    }

    /** What was found has been done. */
    void done(Progress progress) {
        lookedTo = progress.to();
        past = progress.past();
    }

    /** Looks at the transactions since the last time for writes to rows that may have open conflicts. */
    Progress look() {
        if (!anyOpen) {
            return new Progress(List.of(), lookedTo, past);
        }
        List<Write> writes = new ArrayList<>();
        VersionVector seen = past;
        long to = Math.max(lookedTo, log.firstLsn());
        try (LogReader reader = log.reader(to)) {
            for (LogRecord record = reader.next(); record != null; record = reader.next()) {
                to = record.nextLsn();
                switch (record.type()) {
                    case TXN_LOCAL -> {
                        ChangeSet changeSet = index.changeSet(new LogEntry(log, record));
                        if (changeSet != null) {
                            seen = node.pastOf(changeSet, seen);
                            add(writes, changeSet, seen);
                        }
                    }
                    case TXN_REMOTE -> seen = afterOwn(new LogEntry(log, record), seen);
                    default -> {}
                }
            }
        }
        return new Progress(writes, to, seen);
    }

    /** An operation that this node wrote by itself names what it had seen, and the next ones do not again. */
    private VersionVector afterOwn(LogEntry entry, VersionVector before) {
        OriginId own = node.originAt(entry.lsn()).id();
        VersionVector after = before;
        for (ChangeSet changeSet : RemoteRecord.read(entry).changeSets()) {
            after = changeSet.origin().equals(own) ? node.pastOf(changeSet, after) : after;
        }
        return after;
    }

    private void add(List<Write> writes, ChangeSet changeSet, VersionVector seen) {
        for (RowChange change : changeSet.changes()) {
            if (conflictLog.mayBeOpen(change.key())) {
                Tables.Described described = tables.own(change.tableId());
                writes.add(new Write(
                        described.table(),
                        change.key(),
                        change.mapped(0, described.numbers()::get),
                        stamp -> RowMerging.hasSeen(node, changeSet, seen, stamp)));
            }
        }
    }
}
