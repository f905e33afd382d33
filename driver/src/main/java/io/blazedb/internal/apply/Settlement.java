package io.blazedb.internal.apply;

import io.blazedb.internal.node.LocalRows;
import io.blazedb.internal.node.LogEntry;
import io.blazedb.internal.node.RowName;
import io.blazedb.internal.node.SyncedTable;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.internal.log.LogReader;
import io.blazedb.sync.internal.log.LogRecord;
import io.blazedb.sync.internal.log.OperationLog;
import io.blazedb.sync.internal.log.RecordType;
import io.blazedb.sync.internal.merge.RowValues;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.h2.message.DbException;
import org.h2.result.Row;
import org.jspecify.annotations.Nullable;

/**
 * From merged rows to tables: asks the projection which of them show, writes these, and keeps the others aside. Rows
 * that no constraint concerns are written as they are. For the applier's thread.
 */
final class Settlement {
    private static final long UNKNOWN = -1;

    private final Connection connection;
    private final OperationLog log;
    private final RowStore store;
    private final Targets targets;
    private final HiddenRows hidden;
    private final HiddenIndex hiddenIndex;
    private final RuleBook rules;
    private final Conflicts conflicts;
    private final LocalRows localRows;

    /** Local transactions before this position have been looked at. */
    private long projectedTo = UNKNOWN;

    Settlement(
            Connection connection,
            OperationLog log,
            RowStore store,
            Targets targets,
            HiddenRows hidden,
            RuleBook rules,
            Conflicts conflicts,
            LocalRows localRows) {
        this.connection = connection;
        this.log = log;
        this.store = store;
        this.targets = targets;
        this.hidden = hidden;
        this.hiddenIndex = new HiddenIndex(hidden);
        this.rules = rules;
        this.conflicts = conflicts;
        this.localRows = localRows;
    }

    /** Forgets what was looked up of the schema; every hidden row is weighed again next time. */
    void schemaChanged() {
        rules.clear();
        hiddenIndex.clear();
        projectedTo = UNKNOWN;
    }

    /**
     * Writes what the merge has left, and what local transactions have made room for.
     *
     * @param until local transactions before this position are in the tables and in the index of versions
     * @return the rows that are hidden now and were not before
     */
    List<Target> settle(long until) {
        TargetRows rows = new TargetRows(store, targets, rules, hiddenIndex);
        Set<Target> changed = new LinkedHashSet<>(targets.contested());
        changed.forEach(rows::reach);
        if (!hidden.isEmpty()) {
            addConcernedByLocalWrites(rows, until, changed);
        }
        Map<Target, Outcome> outcomes = changed.isEmpty() ? Map.of() : new Projection<>(rows).project(changed);
        Predicate<Target> isShown = target -> outcomes.getOrDefault(target, target.outcomeBefore()) == Outcome.SHOWN;
        RowWrites writes = new RowWrites(store);
        Map<Target, HiddenRow> aside = new LinkedHashMap<>();
        outcomes.forEach((target, outcome) -> {
            BitSet nulls = outcome == Outcome.SHOWN ? rows.nulls(target, isShown) : new BitSet();
            HiddenRow now = keptAside(target, outcome, nulls);
            if (now != null) {
                aside.put(target, now);
            }
            plan(writes, rows, target, outcome, nulls);
        });
        for (Target target : targets.all()) {
            if (target.isRewritten() && !outcomes.containsKey(target)) {
                writes.add(target, target.values() == null ? null : target.draft(), rules.of(target.layout()));
            }
        }
        writes.run();
        outcomes.keySet().forEach(target -> remember(target, aside.get(target)));
        return aside.keySet().stream().filter(Settlement::isNewlyHidden).toList();
    }

    private static boolean isNewlyHidden(Target target) {
        HiddenRow known = target.known();
        return target.row() == null && (known == null || !known.isWhole());
    }

    private void addConcernedByLocalWrites(TargetRows rows, long until, Set<Target> changed) {
        if (projectedTo < log.firstLsn()) {
            for (HiddenRow row : hidden.all()) {
                Target target = targets.of(row);
                if (target != null) {
                    changed.add(rows.reach(target));
                }
            }
            return;
        }
        try (LogReader reader = log.reader(projectedTo)) {
            for (LogRecord record = reader.next(); record != null && record.lsn() < until; record = reader.next()) {
                if (record.type() == RecordType.TXN_LOCAL) {
                    localRows.visit(new LogEntry(log, record), (table, key, values) -> {
                        addConcerned(rows, table, key, values, changed);
                    });
                }
            }
        }
    }

    private void addConcerned(TargetRows rows, SyncedTable table, byte[] key, RowValues values, Set<Target> changed) {
        SyncedTable.@Nullable Layout layout = targets.layoutOf(table);
        if (layout == null) {
            return;
        }
        HiddenRow known = hidden.get(table, key);
        if (known != null) { // written over: what it claimed until now is free
            changed.add(rows.reach(targets.of(table, layout, key)));
            rows.concerned(table, layout, key, known.values(), changed);
        }
        rows.concerned(table, layout, key, values, changed);
    }

    private @Nullable HiddenRow keptAside(Target target, Outcome outcome, BitSet nulls) {
        RowValues values = target.values();
        if (values == null || (!outcome.isHidden() && nulls.isEmpty())) {
            return null;
        }
        if (outcome.isHidden()) {
            return HiddenRow.whole(target.table(), target.key(), outcome, RowValues.of(values.toArray(values.size())));
        }
        byte[][] kept = new byte[target.table().columnCount()][];
        Arrays.fill(kept, RowValues.UNKNOWN);
        Map<Integer, Stamp> stamps = new TreeMap<>();
        nulls.stream().map(target.layout().numbers()::get).forEach(number -> {
            kept[number] = values.value(number);
            stamps.put(number, target.state().version(number).stamp());
        });
        return new HiddenRow(target.table(), target.key(), HiddenRow.NULLED, RowValues.of(kept), stamps);
    }

    private void plan(RowWrites writes, TargetRows rows, Target target, Outcome outcome, BitSet nulls) {
        Row now =
                outcome == Outcome.SHOWN ? store.shown(target.layout(), rows.rowOf(target), nulls, target.row()) : null;
        boolean asItIs = !target.isRewritten()
                && !target.isTakenOut()
                && (target.row() == null) == (now == null)
                && nullsBefore(target).equals(nulls);
        if (!asItIs) {
            writes.add(target, now, rules.of(target.layout()));
        }
    }

    private static BitSet nullsBefore(Target target) {
        BitSet nulls = new BitSet();
        HiddenRow known = target.known();
        if (known != null && target.row() != null) {
            known.stamps().forEach((number, stamp) -> {
                if (target.state().version(number).stamp().equals(stamp)) {
                    nulls.set(target.layout().ordinalOf(number));
                }
            });
        }
        return nulls;
    }

    private void remember(Target target, @Nullable HiddenRow now) {
        HiddenRow known = target.known();
        if (known == null ? now == null : now != null && known.says(now)) {
            return;
        }
        try {
            if (now == null) {
                hidden.forget(connection, target.table(), target.key());
            } else {
                hidden.hide(connection, now);
                target.reason(now.reason());
                if (target.isBase()) {
                    target.changed(); // a state of its own, so that copies find it
                }
            }
            report(target, known, now);
        } catch (SQLException e) {
            throw DbException.convert(e);
        }
    }

    private void report(Target target, @Nullable HiddenRow known, @Nullable HiddenRow now) throws SQLException {
        if (known != null && now != null && now.isWhole() && known.reason().equals(now.reason())) {
            conflicts.hiddenStill(target, now.values());
            return;
        }
        if (known != null) {
            conflicts.shown(target);
        }
        if (now != null) {
            conflicts.hidden(target, now);
        }
    }

    /** The transaction is committed. */
    void committed(long until) {
        Map<RowName, @Nullable HiddenRow> changed = hidden.committed();
        hiddenIndex.committed(changed, rules::keys);
        projectedTo = until;
    }

    /** Whether local transactions from that position on may have to be looked at. */
    boolean isBehind() {
        if (hidden.isEmpty() || projectedTo < log.firstLsn()) {
            return !hidden.isEmpty();
        }
        try (LogReader reader = log.reader(projectedTo)) {
            for (LogRecord record = reader.next(); record != null; record = reader.next()) {
                if (record.type() == RecordType.TXN_LOCAL) {
                    return true;
                }
            }
        }
        return false;
    }
}
