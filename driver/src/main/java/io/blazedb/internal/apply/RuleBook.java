package io.blazedb.internal.apply;

import io.blazedb.internal.capture.ForeignKeys;
import io.blazedb.internal.node.SyncedTable;
import io.blazedb.internal.node.Tables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.h2.constraint.ConstraintReferential;
import org.h2.index.Index;
import org.h2.result.Row;
import org.h2.result.SearchRow;
import org.h2.table.IndexColumn;
import org.h2.table.Table;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/** The rules of all tables, and the keys that rows have by them. For the applier's thread. */
final class RuleBook {
    private final RowStore store;
    private final Tables tables;
    private final Targets.Layouts layouts;
    private final IdentityHashMap<SyncedTable.Layout, Rules> rules = new IdentityHashMap<>();

    /** A synced table, as it is until the transaction ends. */
    record Place(SyncedTable table, SyncedTable.Layout layout) {}

    RuleBook(RowStore store, Tables tables, Targets.Layouts layouts) {
        this.store = store;
        this.tables = tables;
        this.layouts = layouts;
    }

    /** Forgets what was looked up, when the schema may have changed. */
    void clear() {
        rules.clear();
    }

    Rules of(SyncedTable.Layout layout) {
        return rules.computeIfAbsent(layout, Rules::of);
    }

    /** The synced table that a table of H2 is; null when it is not synced, so its rows are as they are. */
    @Nullable
    Place place(Table of) {
        SyncedTable table = tables.byName(of.getSchema().getName(), of.getName());
        SyncedTable.@Nullable Layout layout = table == null ? null : layouts.of(table);
        return table == null || layout == null ? null : new Place(table, layout);
    }

    ConstraintKey unique(Index index, SearchRow row) {
        int[] columns = Arrays.stream(index.getIndexColumns())
                .limit(index.getUniqueColumnCount())
                .mapToInt(column -> column.column.getColumnId())
                .toArray();
        return ConstraintKey.unique(index, values(columns, row));
    }

    /** What children refer to of a parent; null when nobody can refer to it. */
    @Nullable
    ConstraintKey offered(ConstraintReferential key, SearchRow parent) {
        byte[] values = referred(key, parent);
        return values == null ? null : ConstraintKey.parent(key, values);
    }

    /** What children of this parent want. */
    @Nullable
    ConstraintKey wantedOf(ConstraintReferential key, SearchRow parent) {
        byte[] values = referred(key, parent);
        return values == null ? null : ConstraintKey.child(key, values);
    }

    private byte @Nullable [] referred(ConstraintReferential key, SearchRow parent) {
        int[] columns = ordinals(key.getRefColumns());
        boolean hasNull =
                IntStream.of(columns).anyMatch(column -> parent.getValue(column).getValueType() == Value.NULL);
        return hasNull ? null : values(columns, parent);
    }

    private static int[] ordinals(IndexColumn[] columns) {
        return Arrays.stream(columns)
                .mapToInt(column -> column.column.getColumnId())
                .toArray();
    }

    private byte[] values(int[] columns, SearchRow row) {
        Value[] values = new Value[columns.length];
        for (int i = 0; i < columns.length; i++) {
            values[i] = row.getValue(columns[i]);
        }
        return store.keys().ofValues(values);
    }

    /** The keys by which a row is found: those that it claims, and those of its parents. */
    List<ConstraintKey> keys(Rules of, Row row) {
        List<ConstraintKey> keys = new ArrayList<>();
        for (Index index : of.unique()) {
            SearchRow key = Constraints.uniqueKey(index, row);
            if (key != null) {
                keys.add(unique(index, key));
            }
        }
        for (Rules.Parent parent : of.parents()) {
            SearchRow key = ForeignKeys.parentKey(parent.key(), row);
            ConstraintKey wanted = key == null ? null : wantedOf(parent.key(), key);
            if (wanted != null) {
                keys.add(wanted);
            }
        }
        return keys;
    }

    /** As {@link #keys(Rules, Row)}, of a hidden row. */
    List<ConstraintKey> keys(HiddenRow row) {
        SyncedTable.@Nullable Layout layout = layouts.of(row.table());
        return layout == null ? List.of() : keys(of(layout), store.looseRow(layout, row.key(), row.values()));
    }
}
