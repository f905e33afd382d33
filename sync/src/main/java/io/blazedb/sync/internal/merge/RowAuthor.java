package io.blazedb.sync.internal.merge;

import io.blazedb.sync.CounterDeltas;
import io.blazedb.sync.Life;
import io.blazedb.sync.Role;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.RowChange.Kind;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.WrittenVersions;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Writes the versions of one local transaction: what its changes say to peers, and the states they leave here.
 *
 * <p>A server puts its own stamp into every fence; a client hands on the fence it has seen, so it never wins against a
 * server write that it has not seen. The stamp must be larger than every stamp in the states given, and the rules not
 * older than those that any value in them was written under.
 *
 * <p>Columns come expanded: when one column of a group is written, all columns of the group are (G1). Values of
 * counters come as values, and go out as what they add. Arrays given belong to the change that is returned.
 *
 * @param stamp the stamp of the transaction
 * @param rules of the definition that the change will name, in the numbers of the columns given
 * @param types of the columns that have rules
 */
public record RowAuthor(Role role, Stamp stamp, ColumnRules rules, ColumnTypes types) {
    /** A local change as peers get it, and the row's state after it. */
    public record Authored(RowChange change, RowState after) {}

    /** For tables that never had merge rules. */
    public RowAuthor(Role role, Stamp stamp) {
        this(role, stamp, ColumnRules.NONE, ColumnTypes.UNKNOWN);
    }

    /** The same transaction in a table with these rules. */
    public RowAuthor under(ColumnRules tableRules, ColumnTypes tableTypes) {
        return new RowAuthor(role, stamp, tableRules, tableTypes);
    }

    /**
     * The row is inserted with these columns. A row that is alive but hidden by a constraint, which the statement could
     * not see, is updated instead; the extremum of a column begins anew with it, and so does a counter that nothing was
     * added to yet, since its author does not know what it would add to.
     */
    public Authored insert(RowState current, long tableId, byte[] key, int[] columns, byte[][] values) {
        if (current.alive()) {
            return rewritten(current, Kind.UPDATE, tableId, key, columns, values, RowValues.NONE, true);
        }
        Life life = new Life(fence(current.life().fence()), next(current.highestCause(), 1));
        Written written = new Written(current, columns, values, RowValues.NONE, life.cause(), rules::isCounter);
        WrittenVersions versions = versions(current, written.columns, life.cause(), Causes.OF_LIFE);
        RowChange change = new RowChange(
                tableId, key, Kind.INSERT, life, written.columns, versions, written.values, written.deltas);
        return new Authored(change, after(current, change, life.cause(), RowValues.NONE));
    }

    /** These columns of the row are changed, none of which is or was a counter. */
    public Authored update(RowState current, long tableId, byte[] key, int[] columns, byte[][] values) {
        return update(current, tableId, key, columns, values, RowValues.NONE);
    }

    /**
     * These columns of the row are changed.
     *
     * @param before the values of the row before; asked for counters that nothing was added to yet
     */
    public Authored update(
            RowState current, long tableId, byte[] key, int[] columns, byte[][] values, RowValues before) {
        requireAlive(current, Kind.UPDATE);
        return rewritten(current, Kind.UPDATE, tableId, key, columns, values, before, false);
    }

    /** These columns of a row, dead or alive, keep their values and get this transaction's stamp; no counters. */
    public Authored restamp(RowState current, long tableId, byte[] key, int[] columns, byte[][] values) {
        if (current.life().cause() == 0) {
            throw new IllegalArgumentException("RESTAMP of a row that never was (expected: a row with a state)");
        }
        return rewritten(current, Kind.RESTAMP, tableId, key, columns, values, RowValues.NONE, false);
    }

    /**
     * What operations wrote that do not count under their names is written again: these columns keep their values, and
     * counters what was added to them.
     *
     * @param columns whose values they wrote, ascending
     * @param live the values of the row if it is alive
     */
    public Authored again(RowState current, long tableId, byte[] key, int[] columns, RowValues live, VoidDeltas added) {
        return new Reissued(this, current, live, added).write(tableId, key, columns);
    }

    /**
     * The row is deleted.
     *
     * @param last the values of all columns at the end
     */
    public Authored delete(RowState current, long tableId, byte[] key, RowValues last) {
        requireAlive(current, Kind.DELETE);
        Life life = new Life(fence(current.life().fence()), next(current.highestCause(), 0));
        RowState after = RowState.of(life, life.cause(), current.versions(), last, current.counters());
        return new Authored(RowChange.delete(tableId, key, life), after);
    }

    private static void requireAlive(RowState current, Kind kind) {
        if (!current.alive()) {
            throw new IllegalArgumentException(
                    kind + " of a row with causal length " + current.life().cause() + " (expected: odd, a live row)");
        }
    }

    private Authored rewritten(
            RowState current,
            Kind kind,
            long tableId,
            byte[] key,
            int[] columns,
            byte[][] values,
            RowValues before,
            boolean unseen) {
        IntPredicate counts = unseen ? column -> rules.isCounter(column) && isKnown(current, column) : rules::isCounter;
        Written written =
                new Written(current, columns, values, before, current.life().cause(), counts);
        return rewritten(current, kind, tableId, key, written, before, unseen ? Causes.ABOVE_ALL : Causes.NOT_LOWER);
    }

    /** These columns get values, and these counters are added to, whether or not they are the same. */
    Authored rewritten(
            RowState current,
            long tableId,
            byte[] key,
            int[] columns,
            byte[][] values,
            CounterDeltas deltas,
            RowValues before) {
        Written written = new Written(columns, values, deltas);
        return rewritten(current, Kind.RESTAMP, tableId, key, written, before, Causes.NOT_LOWER);
    }

    private Authored rewritten(
            RowState current, Kind kind, long tableId, byte[] key, Written written, RowValues before, Causes causes) {
        Life life = new Life(fence(current.life().fence()), current.life().cause());
        WrittenVersions versions = versions(current, written.columns, life.cause(), causes);
        RowChange change =
                new RowChange(tableId, key, kind, life, written.columns, versions, written.values, written.deltas);
        long highest = current.highestCause();
        for (int i = 0; i < change.size(); i++) {
            highest = Math.max(highest, change.versions().cause(i));
        }
        return new Authored(change, after(current, change, highest, before));
    }

    /** Whether the count can be told without the values of the row. */
    private static boolean isKnown(RowState current, int column) {
        return current.counters().get(column) != null;
    }

    /** What is written of the columns given: the values of most, the deltas of counters. */
    private final class Written {
        private final int[] columns;
        private final byte[][] values;
        private final CounterDeltas deltas;

        Written(int[] columns, byte[][] values, CounterDeltas deltas) {
            this.columns = columns;
            this.values = values;
            this.deltas = deltas;
        }

        Written(
                RowState current,
                int[] allColumns,
                byte[][] allValues,
                RowValues before,
                long cause,
                IntPredicate counts) {
            int[] counted = Arrays.stream(allColumns).filter(counts).toArray();
            if (counted.length == 0) {
                columns = allColumns;
                values = allValues;
                deltas = CounterDeltas.NONE;
                return;
            }
            columns = new int[allColumns.length - counted.length];
            values = new byte[columns.length][];
            int[] counters = new int[counted.length];
            BigDecimal[] added = new BigDecimal[counted.length];
            int plain = 0;
            int count = 0;
            for (int i = 0; i < allColumns.length; i++) {
                if (!counts.test(allColumns[i])) {
                    columns[plain] = allColumns[i];
                    values[plain++] = allValues[i];
                } else if (current.life().cause() == cause || !types.isNull(allValues[i])) {
                    counters[count] = allColumns[i];
                    added[count++] = types.number(allValues[i]).subtract(total(current, allColumns[i], before, cause));
                }
            }
            deltas = CounterDeltas.of(Arrays.copyOf(counters, count), Arrays.copyOf(added, count));
        }

        /** The exact count that the author saw; a value that does not fit its type shows less. */
        private BigDecimal total(RowState current, int column, RowValues before, long cause) {
            if (current.life().cause() != cause) {
                return BigDecimal.ZERO;
            }
            Counter known = current.counters().get(column);
            Counter counter = known != null ? known : Counter.EMPTY.withBase(before.value(column));
            return counter.total(current.version(column), cause, types);
        }
    }

    private Stamp fence(Stamp seen) {
        return role == Role.SERVER ? stamp : seen;
    }

    /** The smallest number above {@code highest} that is even (0) or odd (1). */
    private static long next(long highest, int parity) {
        return highest + 1 + ((highest + 1 + parity) & 1);
    }

    /** Which causal length a written value gets. */
    private enum Causes {
        /** That of the life that begins. */
        OF_LIFE,
        /** That of the life, or that of the value it replaces if this is higher. */
        NOT_LOWER,
        /** The same, but an extremum that the author could not see gets a higher one, so that it holds. */
        ABOVE_ALL
    }

    private WrittenVersions versions(RowState current, int[] columns, long cause, Causes causes) {
        boolean fresh = current.versions().size() == 0 && causes == Causes.OF_LIFE && rules.isNone();
        if (columns.length == 0 || fresh) {
            return WrittenVersions.uniform(fence(Stamp.ZERO), cause);
        }
        Stamp[] fences = new Stamp[columns.length];
        long[] lengths = new long[columns.length];
        for (int i = 0; i < columns.length; i++) {
            ColumnVersion seen = current.version(columns[i]);
            fences[i] = rules.isLastWriter(columns[i]) ? seen.fence() : fence(seen.fence());
            boolean above = causes == Causes.ABOVE_ALL && rules.mark(columns[i]).byValue();
            lengths[i] = causes == Causes.OF_LIFE ? cause : Math.max(seen.cause(), cause);
            lengths[i] = above ? next(current.highestCause(), 1) : lengths[i];
        }
        return WrittenVersions.each(fences, lengths);
    }

    private RowState after(RowState current, RowChange change, long highestCause, RowValues before) {
        Incoming written = Incoming.of(change, stamp, rules);
        RowVersions versions = written.writtenOver(current.versions());
        RowValues registers = current.held(before);
        Counters counters = ended(written.addedTo(current.counters(), registers), change, versions);
        if (change.life().alive()) {
            return RowState.of(change.life(), highestCause, versions, RowValues.NONE, counters);
        }
        byte[][] image = current.image().toArray(versions.size());
        for (int i = 0; i < change.size(); i++) {
            image[change.column(i)] = change.value(i);
        }
        return RowState.of(change.life(), highestCause, versions, RowValues.of(image), counters);
    }

    /** A value that is written to what was a counter is its new base. */
    private static Counters ended(Counters counters, RowChange change, RowVersions versions) {
        Counters after = counters;
        for (int i = 0; i < change.size() && !counters.isEmpty(); i++) {
            Counter counter = counters.get(change.column(i));
            if (counter != null) {
                Stamp epoch = versions.get(change.column(i)).mark().epoch();
                after = after.with(
                        change.column(i), counter.withBase(change.value(i)).since(epoch));
            }
        }
        return after;
    }
}
