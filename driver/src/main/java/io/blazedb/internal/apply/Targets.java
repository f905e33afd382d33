package io.blazedb.internal.apply;

import io.blazedb.internal.node.SyncedTable;
import io.blazedb.internal.node.VersionIndex;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.internal.merge.RowState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.h2.result.Row;
import org.jspecify.annotations.Nullable;

/** The rows that one transaction of the applier touches, each locked before its versions are looked up. */
final class Targets {
    private static final int LOCK_WAIT_MILLIS_MAX = 50;

    private final RowStore store;
    private final VersionIndex index;
    private final HiddenRows hidden;
    private final Supplier<Stamp> base;
    private final Runnable catchUp;
    private final Map<String, Target> all = new LinkedHashMap<>();

    /** @param catchUp brings the index up to everything that can have changed a row locked now */
    Targets(RowStore store, VersionIndex index, HiddenRows hidden, Supplier<Stamp> base, Runnable catchUp) {
        this.store = store;
        this.index = index;
        this.hidden = hidden;
        this.base = base;
        this.catchUp = catchUp;
    }

    void clear() {
        all.clear();
    }

    Collection<Target> all() {
        return all.values();
    }

    /** Those that are alive and not in their tables. */
    List<Target> waiting() {
        List<Target> waiting = new ArrayList<>();
        for (Target target : all.values()) {
            if (target.hidden() != null) {
                waiting.add(target);
            }
        }
        return waiting;
    }

    /** Locks the row with this key if it is there, without looking anything up: to be done for all rows first. */
    void lock(SyncedTable table, SyncedTable.Layout layout, byte[] key) {
        String name = name(table, key);
        if (!all.containsKey(name)) {
            Target target = new Target(table, layout, key);
            Row row = store.find(layout, key);
            Row locked = row == null ? null : store.lock(layout, row, LOCK_WAIT_MILLIS_MAX);
            if (locked != null) {
                target.shown(locked);
            }
            all.put(name, target);
        }
    }

    /** Looks up the versions of what was locked. */
    void lookUp() {
        catchUp.run();
        all.values().forEach(this::lookUp);
    }

    private void lookUp(Target target) {
        RowState known = index.get(target.table(), target.key());
        HiddenRow aside = hidden.get(target.table(), target.key());
        if (known != null) {
            target.state(known);
        } else if (target.row() != null) {
            target.state(RowState.base(base.get(), target.layout().columns()));
        }
        if (aside != null && target.row() == null) {
            target.hidden(aside.values(), aside.reason());
        }
    }

    /** The target of a key; it has been locked before. */
    Target get(SyncedTable table, byte[] key) {
        Target target = all.get(name(table, key));
        if (target == null) {
            throw new IllegalStateException("A row of " + table + " that was not locked first");
        }
        return target;
    }

    /** The target of a row in its table, locked and looked up now if it was not before. */
    Target of(SyncedTable table, SyncedTable.Layout layout, Row row) {
        byte[] key = store.keys().of(layout, row);
        String name = name(table, key);
        Target known = all.get(name);
        if (known != null) {
            return known;
        }
        lock(table, layout, key);
        catchUp.run();
        Target target = get(table, key);
        lookUp(target);
        return target;
    }

    /** The target of a row that an earlier transaction hid. */
    @Nullable
    Target of(HiddenRow row) {
        SyncedTable.Layout layout = row.table().layout();
        if (layout == null) {
            return null;
        }
        String name = name(row.table(), row.key());
        if (!all.containsKey(name)) {
            lock(row.table(), layout, row.key());
            lookUp(get(row.table(), row.key()));
        }
        return all.get(name);
    }

    private static String name(SyncedTable table, byte[] key) {
        return table.number() + ":" + HexFormat.of().formatHex(key);
    }
}
