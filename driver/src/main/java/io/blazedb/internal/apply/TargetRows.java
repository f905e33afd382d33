package io.blazedb.internal.apply;

import io.blazedb.internal.capture.ForeignKeys;
import io.blazedb.internal.node.SyncedTable;
import io.blazedb.sync.internal.merge.Claim;
import io.blazedb.sync.internal.merge.RowValues;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.h2.constraint.ConstraintReferential;
import org.h2.index.Cursor;
import org.h2.index.Index;
import org.h2.message.DbException;
import org.h2.result.Row;
import org.h2.result.SearchRow;
import org.h2.table.Table;

/**
 * The rows that a projection can reach: those in their tables by H2's indexes, hidden ones by {@link HiddenIndex}, and
 * those of the running transaction, whose merged values neither of these knows yet. Every row that the projection has
 * to weigh is locked; parents that nobody doubts are not. For the applier's thread.
 */
final class TargetRows implements Projection.Rows<Target> {
    private final RowStore store;
    private final Targets targets;
    private final RuleBook rules;
    private final HiddenIndex hidden;
    private final Map<ConstraintKey, List<Target>> present = new HashMap<>();
    private final Set<Target> reached = new HashSet<>();

    TargetRows(RowStore store, Targets targets, RuleBook rules, HiddenIndex hidden) {
        this.store = store;
        this.targets = targets;
        this.rules = rules;
        this.hidden = hidden;
    }

    /** Makes the merged values of a row known; to be done for all that have changed before the projection begins. */
    Target reach(Target target) {
        boolean isInTable = target.row() != null && !target.isTakenOut();
        boolean isAsStored = isInTable && !target.isRewritten() && !target.isAside();
        if (!isAsStored && target.isAlive() && reached.add(target)) {
            Row row = rowOf(target);
            Rules of = rules.of(target.layout());
            List<ConstraintKey> keys = rules.keys(of, row);
            for (ConstraintReferential child : of.children()) {
                ConstraintKey offered = rules.offered(child, row);
                if (offered != null) {
                    keys.add(offered);
                }
            }
            keys.forEach(key ->
                    present.computeIfAbsent(key, added -> new ArrayList<>()).add(target));
        }
        return target;
    }

    /** The merged values as a row; when the table does not allow them, good for nothing but comparing keys. */
    Row rowOf(Target target) {
        RowValues values = target.values();
        Row row = target.draft();
        if (values == null) {
            return store.looseRow(target.layout(), target.key(), target.former());
        }
        if (row != null && target.isPrepared()) {
            return row;
        }
        try {
            row = row != null ? row : store.newRow(target.layout(), target.key(), values);
            store.check(target.layout(), rules.of(target.layout()).checks(), row);
            target.drafted(row, true);
        } catch (DbException e) {
            if (!RowStore.isViolation(e)) {
                throw e;
            }
            row = store.looseRow(target.layout(), target.key(), values);
            target.drafted(row, false);
        }
        return row;
    }

    private Row formerRow(Target target) {
        Row row = target.row();
        return row != null && !target.isAside() ? row : store.looseRow(target.layout(), target.key(), target.former());
    }

    @Override
    public boolean isAlive(Target target) {
        return target.isAlive();
    }

    @Override
    public Claim claim(Target target) {
        return Claim.of(
                target.state(), rules.of(target.layout()).uniqueColumns().numbers(), target.key());
    }

    @Override
    public boolean keepsToChecks(Target target) {
        reach(target);
        return target.isValid();
    }

    @Override
    public Outcome before(Target target) {
        return target.outcomeBefore();
    }

    @Override
    public Collection<Target> rivals(Target target) {
        Set<Target> found = new LinkedHashSet<>();
        for (Index index : rules.of(target.layout()).unique()) {
            SearchRow wanted = Constraints.uniqueKey(index, rowOf(target));
            if (wanted != null) {
                Row holder = store.first(index, wanted);
                if (holder != null) {
                    found.add(reach(targets.of(target.table(), target.layout(), holder)));
                }
                addHidden(index.getTable(), rules.unique(index, wanted), found);
            }
        }
        found.removeIf(other -> !other.isAlive() || other.equals(target) || !shareKey(target, other));
        return found;
    }

    private boolean shareKey(Target one, Target other) {
        for (Index index : rules.of(one.layout()).unique()) {
            SearchRow first = Constraints.uniqueKey(index, rowOf(one));
            SearchRow second = Constraints.uniqueKey(index, rowOf(other));
            if (first != null && second != null && rules.unique(index, first).equals(rules.unique(index, second))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Collection<Target> formerRivals(Target target) {
        Set<Target> found = new LinkedHashSet<>();
        if (before(target).holdsKeys()) {
            for (Index index : rules.of(target.layout()).unique()) {
                SearchRow had = Constraints.uniqueKey(index, formerRow(target));
                if (had != null) {
                    addHidden(index.getTable(), rules.unique(index, had), found);
                }
            }
        }
        found.removeIf(other -> !other.isAlive() || other.equals(target));
        return found;
    }

    /** Those that the last commit left hidden, and those of this transaction. */
    private void addHidden(Table of, ConstraintKey key, Collection<Target> found) {
        found.addAll(present.getOrDefault(key, List.of()));
        RuleBook.Place place = hidden.isEmpty() ? null : rules.place(of);
        if (place != null) {
            for (HiddenRow row : hidden.find(place, key, rules::keys)) {
                found.add(reach(targets.of(place.table(), place.layout(), row.key())));
            }
        }
    }

    @Override
    public Collection<Target> waitingFor(Target target) {
        Set<Target> found = new LinkedHashSet<>();
        for (ConstraintReferential child : rules.of(target.layout()).children()) {
            ConstraintKey wanted = rules.wantedOf(child, rowOf(target));
            if (wanted != null) {
                addHidden(child.getTable(), wanted, found);
            }
        }
        found.removeIf(other -> !other.isAlive() || other.equals(target));
        return found;
    }

    @Override
    public Collection<Target> relyingOn(Target target, boolean isShown) {
        Set<Target> found = new LinkedHashSet<>();
        Row former = formerRow(target);
        Row present = target.isAlive() ? rowOf(target) : former;
        for (ConstraintReferential child : rules.of(target.layout()).children()) {
            boolean kept = ForeignKeys.sameReferred(child, former, present);
            if (!kept || !isShown) {
                addShownChildren(child, former, found);
            }
            if (!kept && !isShown) {
                addShownChildren(child, present, found);
            }
        }
        found.removeIf(other -> !other.isAlive() || other.equals(target));
        return found;
    }

    private void addShownChildren(ConstraintReferential key, Row parent, Collection<Target> found) {
        SearchRow wanted = ForeignKeys.childKey(key, parent);
        RuleBook.Place place = wanted == null ? null : rules.place(key.getTable());
        if (wanted != null && place != null) {
            Cursor cursor = store.all(key.getIndex(), wanted);
            while (cursor.next()) {
                found.add(reach(targets.of(place.table(), place.layout(), cursor.get())));
            }
        }
    }

    @Override
    public boolean hasParents(Target target, Predicate<Target> isShown) {
        for (Rules.Parent parent : rules.of(target.layout()).parents()) {
            if (!parent.nulls() && !hasParent(parent.key(), target, isShown)) {
                return false;
            }
        }
        return true;
    }

    /** Ordinals of the columns that show as NULL since their parent does not show. */
    BitSet nulls(Target target, Predicate<Target> isShown) {
        BitSet nulls = new BitSet();
        for (Rules.Parent parent : rules.of(target.layout()).parents()) {
            if (parent.nulls() && !hasParent(parent.key(), target, isShown)) {
                for (var column : parent.key().getColumns()) {
                    nulls.set(column.column.getColumnId());
                }
            }
        }
        return nulls;
    }

    private boolean hasParent(ConstraintReferential key, Target child, Predicate<Target> isShown) {
        SearchRow wanted = ForeignKeys.parentKey(key, rowOf(child));
        if (wanted == null) {
            return true;
        }
        ConstraintKey offered = rules.offered(key, wanted);
        for (Target parent : offered == null ? List.<Target>of() : present.getOrDefault(offered, List.of())) {
            if (parent.isAlive() && isShown.test(parent)) {
                return true;
            }
        }
        Row stored = store.first(key.getReferencedConstraint().getIndex(), wanted);
        RuleBook.Place place = stored == null ? null : rules.place(key.getRefTable());
        if (stored == null || place == null) {
            return stored != null;
        }
        Target parent = targets.find(place.table(), store.keys().of(place.layout(), stored));
        return parent == null
                || (parent.isAlive()
                        && isShown.test(parent)
                        && Objects.equals(offered, rules.offered(key, rowOf(parent))));
    }

    /** Rows that a local change of this row, which had or has these values, may let in or keep out. */
    void concerned(SyncedTable table, SyncedTable.Layout layout, byte[] key, RowValues values, Set<Target> found) {
        Rules of = rules.of(layout);
        if (of.isFree()) {
            return;
        }
        Row row = store.looseRow(layout, key, values);
        Set<Target> others = new LinkedHashSet<>();
        for (Index index : of.unique()) {
            SearchRow wanted = Constraints.uniqueKey(index, row);
            if (wanted != null) {
                addHidden(index.getTable(), rules.unique(index, wanted), others);
            }
        }
        if (!others.isEmpty()) {
            others.add(reach(targets.of(table, layout, key)));
        }
        for (ConstraintReferential child : of.children()) {
            ConstraintKey wanted = rules.wantedOf(child, row);
            if (wanted != null) {
                addHidden(child.getTable(), wanted, others);
            }
        }
        found.addAll(others);
    }
}
