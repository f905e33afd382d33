package io.blazedb.internal.apply;

import io.blazedb.internal.node.NodeState;
import io.blazedb.internal.node.RowKeys;
import io.blazedb.internal.node.SyncedTable;
import io.blazedb.internal.node.Tables;
import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.VersionVector;
import io.blazedb.sync.internal.merge.CausalPast;
import io.blazedb.sync.internal.merge.Merged;
import io.blazedb.sync.internal.merge.RowMerge;
import io.blazedb.sync.internal.merge.RowValues;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Merges operations and rows of peers into the rows that a transaction has locked. For the applier's thread. */
final class RowMerging {
    private final NodeState node;
    private final Tables tables;
    private final Targets targets;
    private final AbsentRows absent;
    private final Conflicts conflicts;
    private final MergedRows merged;
    private final RowKeys keys;
    private final Map<OriginId, VersionVector> pasts = new HashMap<>();

    /** What merging works on. */
    record Parts(
            NodeState node,
            Tables tables,
            Targets targets,
            AbsentRows absent,
            Conflicts conflicts,
            MergedRows merged,
            RowKeys keys) {}

    RowMerging(Parts parts) {
        node = parts.node();
        tables = parts.tables();
        targets = parts.targets();
        absent = parts.absent();
        conflicts = parts.conflicts();
        merged = parts.merged();
        keys = parts.keys();
    }

    /** A transaction begins. */
    void begin() {
        pasts.clear();
    }

    /** The table that a change is about. */
    SyncedTable tableOf(ChangeSet changeSet, RowChange change) {
        return described(changeSet, change).table();
    }

    private Tables.Described described(ChangeSet changeSet, RowChange change) {
        Tables.@Nullable Described described = tables.foreign(changeSet.origin(), change.tableId());
        if (described == null) {
            throw new IllegalStateException("A change set of " + changeSet.origin() + " names table definition "
                    + change.tableId() + ", which has not come before it");
        }
        return described;
    }

    /** Merges a transaction of a peer that follows on what is merged already. */
    void merge(ChangeSet changeSet) {
        VersionVector before = pasts.getOrDefault(changeSet.origin(), node.pastOf(changeSet.origin()));
        VersionVector past = node.pastOf(changeSet, before);
        pasts.put(changeSet.origin(), past);
        node.applying(changeSet);
        CausalPast covers = (winner, loser) -> winner.equals(changeSet.stamp()) && node.covers(past, loser);
        for (RowChange change : changeSet.changes()) {
            Tables.Described described = described(changeSet, change);
            Target target = targets.find(described.table(), change.key());
            RowChange mine = change.mapped(0, described.numbers()::get);
            conflicts.seen(described.table(), change.key(), mine, stamp -> hasSeen(node, changeSet, past, stamp));
            if (target == null) {
                absent.merge(described, mine, changeSet.stamp(), covers);
                continue;
            }
            Merged after = order(target)
                    .merge(target.state(), merged.valuesOf(target), mine, described.rules(), changeSet.stamp(), covers);
            merged.take(target, after, changeSet.stamp());
        }
    }

    private RowMerge order(Target target) {
        return RowMerge.of(keys.types(target.layout()));
    }

    /**
     * Whether the author of a change set had seen a transaction.
     *
     * @param past everything that the author had applied before
     */
    static boolean hasSeen(NodeState node, ChangeSet changeSet, VersionVector past, Stamp stamp) {
        return stamp.origin().equals(changeSet.origin())
                ? Long.compareUnsigned(stamp.hlc(), changeSet.hlc()) < 0
                : stamp.isZero() || node.covers(past, stamp);
    }

    /** What was added in vain goes out of the row's counters; where the table is not here, nothing counts. */
    void takeBack(VoidRow row) {
        Target target = targets.find(row.table(), row.key());
        if (target != null && row.deltas().areIn(target.state())) {
            Merged after = row.deltas().merged(target.state(), merged.valuesOf(target), keys.types(target.layout()));
            merged.take(target, after, null);
        }
    }

    /**
     * Merges a row as a peer has it.
     *
     * @param lost see {@link Applier#join(io.blazedb.sync.NodeId, java.util.List, CausalPast, IntPredicate)}
     */
    void join(StateRow row, CausalPast past, @Nullable IntPredicate lost) {
        Target target = targets.find(row.table(), row.key());
        if (target == null) {
            absent.join(row, past);
            return;
        }
        merged.bury(target);
        RowValues held = lost == null ? merged.valuesOf(target) : merged.valuesOf(target, lost);
        Merged after = order(target).join(target.state(), held, row.state(), row.values(), past);
        if (!after.after().equals(target.state()) || after.won().length > 0) {
            merged.take(target, after, null);
        }
        if (lost != null && target.values() == null && target.state().alive()) {
            merged.showWhatIsKnown(target); // what this peer has not either, perhaps nobody has
        }
    }
}
