package io.blazedb.internal.link;

import io.blazedb.internal.apply.VoidRow;
import io.blazedb.internal.node.LogEntry;
import io.blazedb.internal.node.RemoteRecord;
import io.blazedb.internal.node.RowName;
import io.blazedb.internal.node.SyncedTable;
import io.blazedb.internal.node.Tables;
import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.internal.log.LogReader;
import io.blazedb.sync.internal.log.LogRecord;
import io.blazedb.sync.internal.log.RecordType;
import io.blazedb.sync.internal.merge.VoidDeltas;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The operations of an origin in a node's log that do not count under its names: others know other operations by them.
 * For one thread, before the node lets go of them.
 */
final class VoidOperations {
    private final LinkedNode node;
    private final OriginId origin;
    private final long last;
    private final Map<RowName, VoidRow> rows = new LinkedHashMap<>();

    /** @param last the last operation of the origin that counts */
    VoidOperations(LinkedNode node, OriginId origin, long last) {
        this.node = node;
        this.origin = origin;
        this.last = last;
    }

    /** The rows that they have changed, in their order, with what they added to the rows' counters. */
    List<VoidRow> rows() {
        long lastClock = last == 0 ? 0 : node.state().history().floor(origin, last);
        forEach(changeSet -> {
            for (RowChange change : changeSet.seq() > last ? changeSet.changes() : Set.<RowChange>of()) {
                SyncedTable table = tableOf(change).table();
                rows.computeIfAbsent(
                        new RowName(table, change.key()),
                        name -> new VoidRow(table, change.key(), new VoidDeltas(origin, lastClock)));
            }
        });
        if (!rows.isEmpty()) {
            forEach(this::addDeltas);
        }
        return List.copyOf(rows.values());
    }

    private void addDeltas(ChangeSet changeSet) {
        boolean counts = changeSet.seq() <= last;
        for (RowChange change : changeSet.changes()) {
            Tables.Described table = tableOf(change);
            VoidRow row = rows.get(new RowName(table.table(), change.key()));
            if (row != null) {
                row.deltas().add(change.mapped(0, table.numbers()::get), changeSet.hlc(), counts, table.rules());
            }
        }
    }

    private Tables.Described tableOf(RowChange change) {
        Tables.Described table = node.state().ownOrigins().contains(origin)
                ? node.tables().own(change.tableId())
                : node.tables().foreign(origin, change.tableId());
        if (table == null) {
            throw new IllegalStateException("An operation of " + origin + " in the log names table definition "
                    + change.tableId() + ", which is not known");
        }
        return table;
    }

    private void forEach(Consumer<ChangeSet> action) {
        node.index().bringTo(node.log().endLsn());
        try (LogReader log = node.log().reader(node.firstOperation())) {
            for (LogRecord record = log.next(); record != null; record = log.next()) {
                visit(record, action);
            }
        }
    }

    private void visit(LogRecord record, Consumer<ChangeSet> action) {
        boolean local = record.type() == RecordType.TXN_LOCAL || record.type() == RecordType.BASE;
        if (local && node.state().originAt(record.lsn()).id().equals(origin)) {
            ChangeSet changeSet = node.index().changeSet(new LogEntry(node.log(), record));
            if (changeSet != null) {
                action.accept(changeSet);
            }
        } else if (record.type() == RecordType.TXN_REMOTE) {
            for (ChangeSet changeSet :
                    RemoteRecord.read(new LogEntry(node.log(), record)).changeSets()) {
                if (changeSet.origin().equals(origin)
                        && !node.forks().disowned().has(changeSet, record.lsn())) {
                    action.accept(changeSet);
                }
            }
        }
    }
}
