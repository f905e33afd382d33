package io.blazedb.internal.apply;

import io.blazedb.internal.node.RowName;
import io.blazedb.internal.node.SyncedTable;
import io.blazedb.internal.node.VersionIndex;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.internal.merge.RowState;
import io.blazedb.sync.internal.merge.RowValues;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.h2.api.ErrorCode;
import org.h2.message.DbException;
import org.h2.result.Row;
import org.jspecify.annotations.Nullable;

/** The rows that one transaction of the applier touches, each locked before its versions are looked up. */
final class Targets {
    private static final int LOCK_WAIT_MILLIS_MAX = 50;

    private final RowStore store;
    private final VersionIndex index;
    private final HiddenRows hidden;
    private final Supplier<Stamp> base;
    private final CatchUp catchUp;
    private final Layouts layouts;
    private final Map<RowName, Target> all = new LinkedHashMap<>();

    /** Finds tables as they are now, and keeps them so until the transaction ends. */
    interface Layouts {
        SyncedTable.@Nullable Layout of(SyncedTable table);
    }

    /** @param catchUp brings the index up to everything that can have changed a row locked now */
    Targets(
            RowStore store,
            VersionIndex index,
            HiddenRows hidden,
            Supplier<Stamp> base,
            CatchUp catchUp,
            Layouts layouts) {
        this.store = store;
        this.index = index;
        this.hidden = hidden;
        this.base = base;
        this.catchUp = catchUp;
        this.layouts = layouts;
    }

    void clear() {
        all.clear();
    }

    Collection<Target> all() {
        return all.values();
    }

    boolean isAnyChanged() {
        return all.values().stream().anyMatch(Target::isChanged);
    }

    /** Those whose change concerns a constraint. */
    List<Target> contested() {
        return all.values().stream().filter(Target::isContested).toList();
    }

    /** Locks the row with this key if it is there, without looking anything up: to be done for all rows first. */
    void lock(SyncedTable table, SyncedTable.Layout layout, byte[] key) {
        RowName name = new RowName(table, key);
        if (!all.containsKey(name)) {
            Target target = new Target(table, layout, key);
            target.stored(lockedRow(layout, key));
            all.put(name, target);
        }
    }

    /** Before the lock was given, another transaction may have deleted the row, or given it another key. */
    private @Nullable Row lockedRow(SyncedTable.Layout layout, byte[] key) {
        Row found = store.find(layout, key);
        if (found == null) {
            return null;
        }
        Row locked = store.lock(layout, found, LOCK_WAIT_MILLIS_MAX);
        if (locked != null && hasKey(layout, locked, store.keys().of(layout, found))) {
            return locked;
        }
        if (store.find(layout, key) != null) {
            throw DbException.get(ErrorCode.LOCK_TIMEOUT_1, "a row that got another key"); // and another row has it
        }
        return null;
    }

    private boolean hasKey(SyncedTable.Layout layout, Row row, byte[] key) {
        return Arrays.equals(store.keys().of(layout, row), key);
    }

    /** A row that is not in its table any more, and was there before the transaction: the projection decides. */
    void takenOut(SyncedTable table, SyncedTable.Layout layout, Row row) {
        Target target = new Target(table, layout, store.keys().of(layout, row));
        target.stored(row);
        target.takeOut();
        all.put(new RowName(table, target.key()), target);
    }

    /** Looks up the versions of what was locked. */
    void lookUp() {
        catchUp.run();
        if (!catchUp.wasUndisturbed() && lockWhatCame()) {
            catchUp.run();
        }
        all.values().forEach(this::lookUp);
    }

    /** Rows that were not there when they were to be locked, and are now. */
    private boolean lockWhatCame() {
        boolean any = false;
        for (Target target : all.values()) {
            if (target.row() == null && !target.isTakenOut()) {
                Row row = lockedRow(target.layout(), target.key());
                target.stored(row);
                any |= row != null;
            }
        }
        return any;
    }

    /**
     * Whether a row that was not there to be locked is another one than when it was looked up: somebody has inserted it
     * since, and perhaps deleted it again. While there are rows that are not guarded, to be asked while nobody commits.
     */
    boolean isAnyOverrun() {
        if (catchUp.isUndisturbed() || all.values().stream().noneMatch(Target::wasAbsent)) {
            return false;
        }
        catchUp.run();
        return all.values().stream()
                .filter(Target::wasAbsent)
                .anyMatch(target -> target.isOverrun(index.get(target.table(), target.key())));
    }

    /** Whether there are rows that no lock keeps as they are until the transaction commits. */
    boolean isAnyUnguarded() {
        return all.values().stream().anyMatch(Target::isUnguarded);
    }

    private void lookUp(Target target) {
        RowState state = index.get(target.table(), target.key());
        target.lookedUp(state);
        if (state != null) {
            target.state(state);
        } else if (target.row() != null) {
            target.base(target.table().baseState(base.get()));
        }
        HiddenRow known = hidden.get(target.table(), target.key());
        Row row = target.row();
        RowValues shown = row == null ? null : store.values(target.layout(), row);
        if (known != null && !known.isWhole() && !target.state().alive()) {
            bury(target, known);
        }
        if (known == null) {
            target.before(null, shown, row);
        } else if (shown == null) {
            target.before(known, known.isWhole() && target.state().alive() ? known.values() : null, null);
        } else {
            target.before(known, known.over(shown, target.state()), known.isWhole() ? row : null);
        }
    }

    /** A row was deleted here while values of it showed as NULL: its last values are the merged ones, as elsewhere. */
    private static void bury(Target target, HiddenRow known) {
        RowState state = target.state();
        RowState whole = state.withImage(known.over(state.image(), state));
        if (!whole.equals(state)) {
            target.state(whole);
            target.changed();
        }
    }

    /** The target of a key that was to be locked before; null when its table is not here. */
    @Nullable
    Target find(SyncedTable table, byte[] key) {
        return all.get(new RowName(table, key));
    }

    private Target get(SyncedTable table, byte[] key) {
        Target target = find(table, key);
        if (target == null) {
            throw new IllegalStateException("A row of " + table + " that was not locked first");
        }
        return target;
    }

    /** The target of a key, locked and looked up now if it was not before; null when its table is not here. */
    @Nullable
    Target of(SyncedTable table, byte[] key) {
        SyncedTable.Layout layout = layouts.of(table);
        return layout == null ? null : of(table, layout, key);
    }

    /** The target of a row in its table, locked and looked up now if it was not before. */
    Target of(SyncedTable table, SyncedTable.Layout layout, Row row) {
        return of(table, layout, store.keys().of(layout, row));
    }

    /** The target of a row, locked and looked up now if it was not before. */
    Target of(SyncedTable table, SyncedTable.Layout layout, byte[] key) {
        Target known = find(table, key);
        if (known != null) {
            return known;
        }
        lock(table, layout, key);
        catchUp.run();
        Target target = get(table, key);
        lookUp(target);
        return target;
    }

    /** The table as it is until the transaction ends; null when it is not here. */
    SyncedTable.@Nullable Layout layoutOf(SyncedTable table) {
        return layouts.of(table);
    }

    /** The target of a row that an earlier transaction hid. */
    @Nullable
    Target of(HiddenRow row) {
        SyncedTable.Layout layout = layouts.of(row.table());
        if (layout == null) {
            return null;
        }
        return of(row.table(), layout, row.key());
    }
}
