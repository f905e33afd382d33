package io.blazedb.internal.apply;

import io.blazedb.internal.node.SyncedTable;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.internal.merge.Merged;
import io.blazedb.sync.internal.merge.RowAuthor;
import io.blazedb.sync.internal.merge.RowAuthor.Authored;
import io.blazedb.sync.internal.merge.RowMerge;
import io.blazedb.sync.internal.merge.RowState;
import io.blazedb.sync.internal.merge.RowValues;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A row that an operation of this node's own may change: locked, whether it shows, is hidden by a constraint or is
 * dead. It takes one change. Columns go by their numbers. For the thread of the transaction.
 */
public final class OwnRow {
    private final Target target;
    private final RowStore store;
    private final RowState before;
    private final RowValues values;
    private final boolean wasHidden;
    private @Nullable Authoring authoring;

    /** Makes the change when the stamp of its transaction is known. */
    private interface Authoring {
        Authored author(RowAuthor author);
    }

    /** @param live the values of the row if it is alive */
    OwnRow(Target target, RowValues live, RowStore store) {
        this.target = target;
        this.store = store;
        this.before = target.state();
        this.wasHidden = target.wasHidden();
        this.values = before.alive() ? live : before.last(store.keys().types(target.layout()));
    }

    Target target() {
        return target;
    }

    boolean isEdited() {
        return authoring != null;
    }

    public SyncedTable.Layout layout() {
        return target.layout();
    }

    /** As it was when it was locked. */
    public RowState state() {
        return before;
    }

    /** The values of a row that is alive, the last values of one that is not. */
    public RowValues values() {
        return values;
    }

    /** Whether a constraint keeps the row out of its table. */
    public boolean isHidden() {
        return wasHidden;
    }

    /** Writes columns of a row that is alive, with those that are always written with them. */
    public void update(Map<Integer, byte[]> written) {
        Map<Integer, byte[]> now = new TreeMap<>();
        written.forEach((number, value) -> now.put(number, store.canonical(layout(), ordinal(number), value)));
        Columns columns = columns(withGroups(now));
        author(author -> under(author).update(before, 0, target.key(), columns.numbers(), columns.values(), values));
    }

    /** Brings back a row that is dead, or makes one that never was: with its last values but for those given. */
    public void insert(Map<Integer, byte[]> given) {
        Map<Integer, byte[]> all = new TreeMap<>();
        for (int i = 0; i < layout().columns(); i++) {
            int number = layout().numbers().get(i);
            byte[] value = given.getOrDefault(number, values.value(number));
            if (value.length > 0 && !layout().generated().get(i)) {
                all.put(number, store.canonical(layout(), i, value));
            }
        }
        Columns columns = columns(all);
        author(author -> under(author).insert(before, 0, target.key(), columns.numbers(), columns.values()));
    }

    public void delete() {
        author(author -> author.delete(before, 0, target.key(), values));
    }

    /** Columns of a row that is alive have these values without anybody's write: they get this transaction's stamp. */
    void restamp(Map<Integer, byte[]> same) {
        Columns columns = columns(same);
        author(author -> under(author).restamp(before, 0, target.key(), columns.numbers(), columns.values()));
    }

    private void author(Authoring change) {
        if (authoring != null) {
            throw new IllegalStateException("A second change of one row in one operation (expected: one, net change)");
        }
        authoring = change;
    }

    private Authored authored(RowAuthor author) {
        Authoring change = authoring;
        if (change == null) {
            throw new IllegalStateException("A row that is not changed has no change to send");
        }
        return change.author(author);
    }

    /** The change and what it does. It has seen everything that is here, so nothing is in conflict with it. */
    OwnOperations.Edit edit(RowAuthor author) {
        RowChange change = authored(author).change();
        Merged merged = RowMerge.of(store.keys().types(layout()))
                .merge(before, values, change, layout().rules(), author.stamp(), (winner, loser) -> true);
        return new OwnOperations.Edit(target, change, merged);
    }

    private RowAuthor under(RowAuthor author) {
        return author.under(layout().rules(), store.keys().types(layout()));
    }

    /** The state after the change, as the log keeps it. */
    RowState after(RowAuthor author) {
        return authored(author).after();
    }

    /** The change in the terms of the definition that peers know. */
    RowChange change(RowAuthor author) {
        SyncedTable.Ordinals numbers = layout().numbers();
        return authored(author).change().mapped(layout().definition().id(), numbers::indexOf);
    }

    private Map<Integer, byte[]> withGroups(Map<Integer, byte[]> written) {
        BitSet ordinals = new BitSet();
        written.keySet().forEach(number -> ordinals.set(ordinal(number)));
        layout().groups().expand(ordinals);
        Map<Integer, byte[]> all = new TreeMap<>(written);
        ordinals.stream().filter(ordinal -> !layout().generated().get(ordinal)).forEach(ordinal -> {
            int number = layout().numbers().get(ordinal);
            all.putIfAbsent(number, values.value(number));
        });
        all.values().removeIf(value -> value.length == 0);
        return all;
    }

    private int ordinal(int number) {
        int ordinal = layout().ordinalOf(number);
        if (ordinal < 0) {
            throw new IllegalArgumentException(
                    "column number " + number + " of " + target.table() + " (expected: one that the table has now)");
        }
        return ordinal;
    }

    private static Columns columns(Map<Integer, byte[]> values) {
        Map<Integer, byte[]> sorted = new TreeMap<>(values);
        return new Columns(
                sorted.keySet().stream().mapToInt(Integer::intValue).toArray(),
                sorted.values().toArray(new byte[0][]));
    }

    /** Column numbers, ascending, and their values. */
    @SuppressWarnings("ArrayRecordComponent") // never written to
    private record Columns(int[] numbers, byte[][] values) {}

    @Override
    public String toString() {
        return target.table() + " " + before + (wasHidden ? ", hidden" : "") + (isEdited() ? ", changed" : "");
    }
}
