package io.blazedb.internal.apply;

import io.blazedb.internal.node.RowName;
import io.blazedb.internal.node.SyncedTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds hidden rows by their keys, as of the last commit. Built table by table when first asked, since a key can only
 * be read when its table is known. For the applier's thread.
 */
final class HiddenIndex {
    private final HiddenRows hidden;
    private final Map<ConstraintKey, Map<RowName, HiddenRow>> byKey = new HashMap<>();
    private final Map<RowName, List<ConstraintKey>> keys = new HashMap<>();
    private final IdentityHashMap<SyncedTable, SyncedTable.Layout> built = new IdentityHashMap<>();

    HiddenIndex(HiddenRows hidden) {
        this.hidden = hidden;
    }

    /** Forgets all, when the schema may have changed. */
    void clear() {
        byKey.clear();
        keys.clear();
        built.clear();
    }

    boolean isEmpty() {
        return hidden.isEmpty();
    }

    /** The hidden rows of a table with a key. */
    @SuppressWarnings("ReferenceEquality") // another layout, other constraints
    Collection<HiddenRow> find(
            RuleBook.Place place, ConstraintKey key, Function<HiddenRow, List<ConstraintKey>> keysOf) {
        if (built.get(place.table()) != place.layout()) {
            build(place.table(), place.layout(), keysOf);
        }
        Map<RowName, HiddenRow> found = byKey.get(key);
        return found == null ? List.of() : new ArrayList<>(found.values());
    }

    private void build(SyncedTable table, SyncedTable.Layout layout, Function<HiddenRow, List<ConstraintKey>> keysOf) {
        built.put(table, layout);
        for (HiddenRow row : hidden.all()) {
            if (row.table().equals(table)) {
                RowName name = new RowName(table, row.key());
                remove(name);
                add(name, row, keysOf);
            }
        }
    }

    /** Takes what a commit has changed: hidden rows, null for those that are not hidden any more. */
    void committed(Map<RowName, @Nullable HiddenRow> changed, Function<HiddenRow, List<ConstraintKey>> keysOf) {
        changed.forEach((name, row) -> {
            remove(name);
            if (row != null && built.containsKey(row.table())) {
                add(name, row, keysOf);
            }
        });
    }

    private void add(RowName name, HiddenRow row, Function<HiddenRow, List<ConstraintKey>> keysOf) {
        List<ConstraintKey> of = keysOf.apply(row);
        keys.put(name, of);
        for (ConstraintKey key : of) {
            byKey.computeIfAbsent(key, added -> new LinkedHashMap<>()).put(name, row);
        }
    }

    private void remove(RowName name) {
        for (ConstraintKey key : keys.getOrDefault(name, List.of())) {
            byKey.computeIfPresent(key, (known, rows) -> {
                rows.remove(name);
                return rows.isEmpty() ? null : rows;
            });
        }
        keys.remove(name);
    }
}
