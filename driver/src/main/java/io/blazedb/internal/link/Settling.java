package io.blazedb.internal.link;

import io.blazedb.internal.apply.Applier;
import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.internal.node.Facts;
import io.blazedb.internal.node.NodeState;
import io.blazedb.internal.node.SyncedTable;
import io.blazedb.internal.node.Tables;
import io.blazedb.sync.ColumnDefinition;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a changed table means for its rows, and sees that it is done: a table that is new with rows is copied to
 * the peers, values that DDL made become an operation, columns that have come back get the values of the others, and
 * what waited in the stash comes to its place.
 *
 * <p>What has to be done is a fact before it is done, and so is that it was: a crash in between loses nothing. Safe for
 * use by several threads.
 */
final class Settling {
    /** Facts that name columns whose values have to become an operation; the table's number follows. */
    private static final String STAMP = "stamp.";

    private final Facts facts;
    private final NodeState state;
    private final Tables tables;
    private final Applier applier;
    private final Rows rows;
    private volatile List<Returned> returned;

    /** Counts the rows of tables. */
    interface Rows {
        boolean any(SyncedTable.Layout layout);
    }

    Settling(Facts facts, NodeState state, Tables tables, Applier applier, Rows rows) {
        this.facts = facts;
        this.state = state;
        this.tables = tables;
        this.applier = applier;
        this.rows = rows;
        this.returned = Returned.all(facts);
        applier.schemaChanges().beforeMerging(this::stamp);
    }

    /** What peers have to be asked for. */
    List<Returned> returned() {
        return returned;
    }

    /** Notices how a table is now. Answers whether peers have to be asked for values. */
    synchronized boolean notice(SyncedTable table) {
        SyncedTable.Layout layout = table.layout();
        long settled = tables.settled(table);
        if (layout == null) {
            if (settled > Tables.DROPPED) {
                tables.settle(table, Tables.DROPPED);
            }
            return false;
        }
        long now = layout.definition().id();
        if (settled == now) {
            return false;
        }
        applier.schemaChanges().changed(table);
        boolean back = false;
        if (settled == Tables.NEVER) {
            if (rows.any(layout)) {
                facts.put(OperationStream.FILLED + table.number(), new byte[0]);
            }
        } else if (settled == Tables.DROPPED) {
            back = true;
            Returned.add(facts, table.number(), state.vector(), List.of());
            if (rows.any(layout)) {
                put(table, columnsOf(layout), true);
            }
        } else {
            back = altered(table, layout, tables.own(settled));
        }
        tables.settle(table, now);
        returned = Returned.all(facts);
        return back;
    }

    private static BitSet columnsOf(SyncedTable.Layout layout) {
        return columnsOf(layout.numbers());
    }

    private static BitSet columnsOf(SyncedTable.Ordinals numbers) {
        BitSet columns = new BitSet();
        for (int i = 0; i < numbers.size(); i++) {
            columns.set(numbers.get(i));
        }
        return columns;
    }

    private boolean altered(SyncedTable table, SyncedTable.Layout layout, Tables.Described before) {
        BitSet fresh = columnsOf(layout);
        fresh.andNot(columnsOf(before.numbers()));
        if (fresh.isEmpty()) {
            return false;
        }
        boolean renamed = isRename(layout, before);
        if (renamed || fresh.stream().anyMatch(column -> isMade(layout, column))) {
            put(table, fresh, renamed);
        }
        List<Integer> back = renamed ? List.of() : back(table, layout, fresh);
        if (!back.isEmpty()) {
            Returned.add(facts, table.number(), state.vector(), back);
        }
        return !back.isEmpty();
    }

    /** Columns in the places of others have their values: these are news, whatever was known under the new names. */
    private static boolean isRename(SyncedTable.Layout layout, Tables.Described before) {
        return layout.columns() == before.numbers().size();
    }

    /** Those that the table had before. One that looks as it did before has the definition that it had then. */
    private List<Integer> back(SyncedTable table, SyncedTable.Layout layout, BitSet fresh) {
        BitSet had = new BitSet();
        long now = layout.definition().id();
        for (Tables.Described known : tables.own(table)) {
            if (known.definition().id() > now) {
                had.or(fresh);
            } else if (known.definition().id() < now) {
                had.or(columnsOf(known.numbers()));
            }
        }
        had.and(fresh);
        return had.stream().boxed().toList();
    }

    /** Whether H2 has computed a value for each row. */
    private static boolean isMade(SyncedTable.Layout layout, int column) {
        ColumnDefinition definition = layout.definition().columns().get(layout.ordinalOf(column));
        return definition.source() == ColumnDefinition.Source.IDENTITY_ALWAYS
                || definition.source() == ColumnDefinition.Source.IDENTITY_BY_DEFAULT
                || (definition.source() == ColumnDefinition.Source.WRITTEN
                        && !definition.defaultSql().isEmpty());
    }

    private void put(SyncedTable table, BitSet columns, boolean always) {
        Map<Integer, Boolean> all = new TreeMap<>(waiting(facts.get(STAMP + table.number())));
        columns.stream().forEach(column -> all.merge(column, always, Boolean::logicalOr));
        RecordBuffer out = new RecordBuffer(16);
        out.putVarint(all.size());
        all.forEach((column, flag) -> {
            out.putVarint(column);
            out.putByte(flag ? 1 : 0);
        });
        facts.put(STAMP + table.number(), out.toByteArray());
        applier.schemaChanges().beforeMerging(this::stamp);
    }

    private static Map<Integer, Boolean> waiting(byte @Nullable [] bytes) {
        Map<Integer, Boolean> columns = new TreeMap<>();
        if (bytes != null && bytes.length > 0) {
            RecordInput in = new RecordInput(bytes);
            for (int count = in.readCount(); count > 0; count--) {
                columns.put((int) in.readVarint(), in.readByte() == 1);
            }
        }
        return columns;
    }

    /**
     * Does what is left to be done.
     *
     * @throws org.h2.message.DbException when a row is locked by another transaction for too long: to be tried again
     */
    void run() {
        stamp();
        tables.all().forEach(applier.schemaChanges()::replay);
    }

    private void stamp() {
        facts.startingWith(STAMP).forEach((number, bytes) -> {
            SyncedTable table = tables.byNumber(Integer.parseInt(number));
            if (bytes.length > 0 && table != null && table.layout() != null) {
                applier.schemaChanges().stamp(table, waiting(bytes));
                done(STAMP + number, bytes);
            }
        });
    }

    /** More may have been added meanwhile. */
    @SuppressWarnings("ArrayEquals") // another array is another value, whatever is in it
    private synchronized void done(String name, byte[] bytes) {
        if (bytes.equals(facts.get(name))) {
            facts.put(name, new byte[0]);
        }
    }
}
