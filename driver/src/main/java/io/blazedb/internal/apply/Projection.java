package io.blazedb.internal.apply;

import io.blazedb.internal.node.SyncedTable;
import io.blazedb.internal.node.Tables;
import io.blazedb.sync.internal.merge.Claim;
import io.blazedb.sync.internal.merge.RowValues;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import org.h2.constraint.ConstraintReferential;
import org.h2.index.Cursor;
import org.h2.index.Index;
import org.h2.mvstore.db.MVTable;
import org.h2.result.Row;
import org.h2.result.SearchRow;
import org.jspecify.annotations.Nullable;

/**
 * Decides which merged rows are in their tables: rows are admitted in the order of their claims, one whose unique key
 * is taken or whose parent is missing waits outside. Every node that has merged the same decides the same.
 *
 * <p>While a transaction is applied, rows wait without a trace, since the row that they wait for may be the next one.
 * {@link #settle} admits what can be admitted. For the applier's thread.
 */
final class Projection {
    private final RowStore store;
    private final Targets targets;
    private final Tables tables;
    private final IdentityHashMap<SyncedTable.Layout, Rules> rules = new IdentityHashMap<>();
    private final List<Gone> goneParents = new ArrayList<>();
    private boolean freed;

    /** A key that a row had and others may refer to. */
    private record Gone(ConstraintReferential key, Row parent) {}

    Projection(RowStore store, Targets targets, Tables tables) {
        this.store = store;
        this.targets = targets;
        this.tables = tables;
    }

    void begin() {
        goneParents.clear();
        freed = false;
    }

    /** Forgets what was looked up, when the schema may have changed. */
    void forgetRules() {
        rules.clear();
    }

    private Rules rules(SyncedTable.Layout layout) {
        return rules.computeIfAbsent(layout, Rules::of);
    }

    /** The row is alive with these values, and not in its table yet. */
    void show(Target target, RowValues values) {
        if (!admit(target, store.newRow(target.layout(), target.key(), values))) {
            target.hidden(values, target.reason());
        }
    }

    /** Some values of a row in its table are replaced. */
    void change(Target target, Row old, int[] numbers, RowValues values) {
        Row now = store.changedRow(target.layout(), old, numbers, values);
        Rules of = rules(target.layout());
        if (of.isFree() || !touchesKeys(of, old, now)) {
            store.update(target.layout(), old, now);
            target.shown(now);
            return;
        }
        take(target, old);
        if (!admit(target, now)) {
            target.hidden(store.values(target.table(), target.layout(), now), target.reason());
        }
    }

    private static boolean touchesKeys(Rules rules, Row old, Row now) {
        for (Index index : rules.unique()) {
            for (int i = 0; i < index.getUniqueColumnCount(); i++) {
                int column = index.getIndexColumns()[i].column.getColumnId();
                if (!old.getValue(column).equals(now.getValue(column))) {
                    return true;
                }
            }
        }
        for (ConstraintReferential parent : rules.parents()) {
            for (var column : parent.getColumns()) {
                int id = column.column.getColumnId();
                if (!old.getValue(id).equals(now.getValue(id))) {
                    return true;
                }
            }
        }
        for (ConstraintReferential child : rules.children()) {
            if (!Constraints.sameReferred(child, old, now)) {
                return true;
            }
        }
        return false;
    }

    /** The row is dead. */
    void remove(Target target) {
        Row row = target.row();
        if (row != null) {
            take(target, row);
        }
        target.gone();
    }

    /** Takes a row out of its table. */
    private void take(Target target, Row row) {
        store.remove(target.layout(), row);
        Rules of = rules(target.layout());
        freed |= !of.unique().isEmpty();
        for (ConstraintReferential child : of.children()) {
            goneParents.add(new Gone(child, row));
        }
    }

    private boolean admit(Target target, Row row) {
        Rules of = rules(target.layout());
        for (ConstraintReferential parent : of.parents()) {
            SearchRow wanted = Constraints.parentKey(parent, row);
            if (wanted != null && !refersToItself(parent, row) && !exists(parent, wanted)) {
                target.hidden(RowValues.NONE, HiddenRow.FOREIGN_KEY);
                return false;
            }
        }
        List<Target> evicted = new ArrayList<>();
        for (Index index : of.unique()) {
            SearchRow wanted = Constraints.uniqueKey(index, row);
            Row holder = wanted == null ? null : store.first(index, wanted);
            if (holder == null) {
                continue;
            }
            Target other = targets.of(target.table(), target.layout(), holder);
            if (claim(other).compareTo(claim(target)) < 0) {
                target.hidden(RowValues.NONE, HiddenRow.UNIQUE);
                return false;
            }
            evicted.add(other);
        }
        for (Target other : evicted) {
            evict(other, HiddenRow.UNIQUE);
        }
        store.insert(target.layout(), row);
        target.shown(row);
        freed |= !of.children().isEmpty();
        return true;
    }

    private static boolean refersToItself(ConstraintReferential key, Row row) {
        return key.getRefTable().equals(key.getTable())
                && java.util.stream.IntStream.range(0, key.getColumns().length)
                        .allMatch(i -> row.getValue(key.getColumns()[i].column.getColumnId())
                                .equals(row.getValue(key.getRefColumns()[i].column.getColumnId())));
    }

    private boolean exists(ConstraintReferential key, SearchRow wanted) {
        Index index = key.getReferencedConstraint().getIndex();
        return store.first(index, wanted) != null;
    }

    private void evict(Target target, String reason) {
        Row row = target.row();
        if (row != null) {
            RowValues values = store.values(target.table(), target.layout(), row);
            RowValues copy = RowValues.of(values.toArray(values.size()));
            take(target, row);
            target.hidden(copy, reason);
        }
    }

    private Claim claim(Target target) {
        return Claim.of(target.state(), rules(target.layout()).uniqueColumns().numbers(), target.key());
    }

    /** Hides the children of parents that are gone, and admits every waiting row that can be, until nothing changes. */
    void settle(List<Target> alsoWaiting) {
        boolean again = true;
        while (again) {
            again = hideOrphans();
            again |= admitWaiting(alsoWaiting);
        }
    }

    /** Whether a key has become free or a parent has come, so that rows hidden by earlier transactions may show. */
    boolean hasFreed() {
        return freed;
    }

    private boolean hideOrphans() {
        boolean any = false;
        List<Gone> gone = new ArrayList<>(goneParents);
        goneParents.clear();
        for (Gone parent : gone) {
            SearchRow still = Constraints.childKey(parent.key(), parent.parent());
            if (still == null || parentStands(parent)) {
                continue;
            }
            for (Target child : children(parent.key(), still)) {
                evict(child, HiddenRow.FOREIGN_KEY);
                any = true;
            }
        }
        return any;
    }

    private boolean parentStands(Gone gone) {
        SearchRow wanted = gone.key().getRefTable().getRowFactory().createRow();
        for (var column : gone.key().getRefColumns()) {
            int id = column.column.getColumnId();
            wanted.setValue(id, gone.parent().getValue(id));
        }
        return exists(gone.key(), wanted);
    }

    private List<Target> children(ConstraintReferential key, SearchRow wanted) {
        List<Target> found = new ArrayList<>();
        SyncedTable.@Nullable Layout layout = tables.layoutOf((MVTable) key.getTable());
        if (layout == null) {
            return found;
        }
        SyncedTable table =
                tables.byName(layout.definition().schema(), layout.definition().name());
        Cursor cursor = store.all(key.getIndex(), wanted);
        while (table != null && cursor.next()) {
            found.add(targets.of(table, layout, cursor.get()));
        }
        return found;
    }

    private boolean admitWaiting(List<Target> alsoWaiting) {
        List<Target> waiting = new ArrayList<>(targets.waiting());
        for (Target target : alsoWaiting) {
            if (target.hidden() != null && !waiting.contains(target)) {
                waiting.add(target);
            }
        }
        waiting.sort(Comparator.comparing(this::claim));
        boolean any = false;
        for (Target target : waiting) {
            RowValues values = target.hidden();
            if (values != null && target.state().alive()) {
                Row row = store.newRow(target.layout(), target.key(), values);
                if (admit(target, row)) {
                    any = true;
                } else {
                    target.hidden(values, target.reason());
                }
            }
        }
        return any;
    }
}
