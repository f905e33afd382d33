package io.blazedb.sync.internal.simulation;

import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.internal.merge.CausalPast;
import io.blazedb.sync.internal.merge.Claim;
import io.blazedb.sync.internal.merge.Conflict;
import io.blazedb.sync.internal.merge.Merged;
import io.blazedb.sync.internal.merge.RowAuthor;
import io.blazedb.sync.internal.merge.RowAuthor.Authored;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * What stands for H2 in a simulated node: one table with a unique column and three others, merged by the real rules;
 * and a sum over all operations, which a second application of one would change.
 */
final class SimulatedTable {
    static final long TABLE = 1;
    static final int COLUMNS = 4;
    static final int KEYS = 5;

    private static final int[] ALL = {0, 1, 2, 3};
    private static final int[] UNIQUE = {0};

    private final Faults faults;
    private final CausalPast past;
    private final SimulatedRow[] rows = new SimulatedRow[KEYS];
    private final List<Conflict> conflicts = new ArrayList<>();
    private long sum;

    SimulatedTable(Faults faults, CausalPast past) {
        this.faults = faults;
        this.past = past;
        Arrays.fill(rows, SimulatedRow.ABSENT);
    }

    SimulatedRow row(int key) {
        return rows[key];
    }

    List<Conflict> conflicts() {
        return conflicts;
    }

    long sum() {
        return sum;
    }

    /** What an operation adds to the sum. */
    static long amount(ChangeSet operation) {
        return Dice.mixed(operation.hlc() ^ operation.origin().low()) >>> 8;
    }

    /** Merges an operation, the node's own at recovery or another's. */
    void apply(ChangeSet operation) {
        for (RowChange change : operation.changes()) {
            int key = change.key()[0];
            SimulatedRow row = rows[key];
            Merged merged = faults.merge().merge(row.state(), row.values(), change, operation.stamp(), past);
            rows[key] = row.merged(merged);
            conflicts.addAll(merged.conflicts());
        }
        sum += amount(operation);
    }

    /** Counts a local operation whose rows {@link #write} has changed. */
    void count(ChangeSet operation) {
        sum += amount(operation);
    }

    /** An insert, update or delete of that row, whatever it admits; its payload values are new in the world. */
    RowChange write(int key, RowAuthor author, Dice dice, long firstValue) {
        SimulatedRow row = rows[key];
        boolean shown = row.state().alive() && shown().contains(key);
        if (shown && dice.percent(20)) {
            return written(key, author.delete(row.state(), TABLE, key(key), row.values()), row, author);
        }
        int[] columns = shown ? some(dice) : ALL;
        byte[][] values = new byte[columns.length][];
        for (int i = 0; i < values.length; i++) {
            values[i] = columns[i] == 0 ? uniqueValue(key, dice) : value(firstValue + i);
        }
        Authored authored = shown
                ? author.update(row.state(), TABLE, key(key), columns, values)
                : author.insert(row.state(), TABLE, key(key), columns, values);
        return written(key, authored, row, author);
    }

    /** Writes again what an operation that has to be given up wrote, as far as the row still admits it. */
    void rewrite(RowChange change, RowAuthor author, List<RowChange> changes) {
        int key = change.key()[0];
        SimulatedRow row = rows[key];
        int[] columns = new int[change.size()];
        byte[][] values = new byte[change.size()][];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = change.column(i);
            values[i] = change.value(i);
        }
        if (change.kind() == RowChange.Kind.DELETE) {
            if (row.state().alive()) {
                changes.add(written(key, author.delete(row.state(), TABLE, key(key), row.values()), row, author));
            }
        } else if (row.state().alive()) {
            changes.add(written(key, author.update(row.state(), TABLE, key(key), columns, values), row, author));
        } else if (columns.length == COLUMNS) {
            changes.add(written(key, author.insert(row.state(), TABLE, key(key), columns, values), row, author));
        }
    }

    private RowChange written(int key, Authored authored, SimulatedRow before, RowAuthor author) {
        Authored used = faults.authored(authored, before.state(), author.stamp());
        rows[key] = before.written(used.after(), used.change());
        return used.change();
    }

    private static int[] some(Dice dice) {
        int mask = 1 + dice.roll((1 << COLUMNS) - 1);
        return Arrays.stream(ALL).filter(column -> (mask & (1 << column)) != 0).toArray();
    }

    /** One of few values, unless a row that shows has it, as a database would refuse. */
    private byte[] uniqueValue(int key, Dice dice) {
        byte[] value = {1, (byte) dice.roll(3)};
        for (int other : shown()) {
            if (other != key && Arrays.equals(rows[other].values().value(0), value)) {
                return new byte[] {2, (byte) dice.roll(256), (byte) dice.roll(256), (byte) dice.roll(256)};
            }
        }
        return value;
    }

    private static byte[] value(long number) {
        return new byte[] {
            3, (byte) (number >>> 24), (byte) (number >>> 16), (byte) (number >>> 8), (byte) number, 0, 0, 0
        };
    }

    private static byte[] key(int key) {
        return new byte[] {(byte) key};
    }

    /** The keys of the rows that show: those that are admitted in the order of their claims. */
    List<Integer> shown() {
        TreeMap<Claim, Integer> claims = new TreeMap<>(Comparator.naturalOrder());
        for (int key = 0; key < KEYS; key++) {
            if (rows[key].state().alive()) {
                claims.put(Claim.of(rows[key].state(), UNIQUE, key(key)), key);
            }
        }
        List<Integer> shown = new ArrayList<>();
        for (int key : claims.values()) {
            byte[] value = rows[key].values().value(0);
            if (shown.stream()
                    .noneMatch(other -> Arrays.equals(rows[other].values().value(0), value))) {
                shown.add(key);
            }
        }
        return shown;
    }

    long fingerprint() {
        long fingerprint = sum;
        for (SimulatedRow row : rows) {
            fingerprint = 31 * fingerprint + row.fingerprint();
        }
        return fingerprint;
    }
}
