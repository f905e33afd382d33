package io.blazedb.sync.internal.merge;

import io.blazedb.sync.MergeRule;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.TableDefinition;
import io.blazedb.sync.internal.merge.Mark.Order;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntUnaryOperator;

/**
 * What the merge rules of one table definition mean for each column, in the numbers of the node that merges.
 *
 * <p>An author writes under the rules of the definition that its change names, and every receiver reads them there;
 * so a change need not carry them. Immutable.
 */
public final class ColumnRules {
    /** The table never had rules. */
    public static final ColumnRules NONE =
            new ColumnRules(Stamp.ZERO, new Order[0], new BitSet(), new BitSet(), new int[0]);

    private final Stamp epoch;
    private final Order[] orders;
    private final BitSet lastWriter;
    private final BitSet counter;
    private final int[] counters;
    private final Mark standard;

    private ColumnRules(Stamp epoch, Order[] orders, BitSet lastWriter, BitSet counter, int[] counters) {
        this.epoch = epoch;
        this.orders = orders;
        this.lastWriter = lastWriter;
        this.counter = counter;
        this.counters = counters;
        this.standard = epoch.isZero() ? Mark.NONE : new Mark(epoch, Order.STANDARD);
    }

    /** The rules of a definition, by its ordinals. */
    public static ColumnRules of(TableDefinition definition) {
        return of(definition, ordinal -> ordinal);
    }

    /**
     * The rules of a definition, by other numbers.
     *
     * @param numbers from the definition's ordinals to the node's numbers of columns; negative leaves out a column
     */
    public static ColumnRules of(TableDefinition definition, IntUnaryOperator numbers) {
        if (definition.rulesStamp().isZero()) {
            return NONE;
        }
        BitSet lastWriter = new BitSet();
        BitSet counter = new BitSet();
        Order[] orders = new Order[0];
        for (MergeRule rule : definition.mergeRules()) {
            for (int ordinal : rule.columns()) {
                int column = numbers.applyAsInt(ordinal);
                if (column < 0) {
                    continue;
                }
                orders = ordered(orders, column, rule.kind());
                lastWriter.set(column, rule.kind() == MergeRule.Kind.LAST_WRITER);
                counter.set(column, rule.kind() == MergeRule.Kind.COUNTER);
            }
        }
        int[] counters = counter.stream().toArray();
        return new ColumnRules(definition.rulesStamp(), orders, lastWriter, counter, counters);
    }

    private static Order[] ordered(Order[] orders, int column, MergeRule.Kind kind) {
        Order[] longer = orders;
        if (column >= orders.length) {
            longer = Arrays.copyOf(orders, column + 1);
            Arrays.fill(longer, orders.length, longer.length, Order.STANDARD);
        }
        longer[column] = switch (kind) {
            case MAX -> Order.MAX;
            case MIN -> Order.MIN;
            case SERVER, LAST_WRITER, COUNTER -> Order.STANDARD;
        };
        return longer;
    }

    /** The stamp of the rules; zero when there never were any. */
    public Stamp epoch() {
        return epoch;
    }

    public boolean isNone() {
        return epoch.isZero();
    }

    /** Whether the column has a counter rule. */
    public boolean isCounter(int column) {
        return counter.get(column);
    }

    /** The columns with a counter rule, ascending. */
    int[] counters() {
        return counters;
    }

    /** Whether authors hand on the fence that they have seen, servers too. */
    boolean isLastWriter(int column) {
        return lastWriter.get(column);
    }

    /** How values of the column compare. */
    public Order order(int column) {
        return column < orders.length ? orders[column] : Order.STANDARD;
    }

    /** The mark that versions of the column get. */
    Mark mark(int column) {
        Order order = order(column);
        return order == Order.STANDARD ? standard : new Mark(epoch, order);
    }

    /** Whether all columns get the same mark. */
    boolean isUniform() {
        return Arrays.stream(orders).allMatch(order -> order == Order.STANDARD);
    }

    @Override
    public String toString() {
        return "rules of " + epoch;
    }
}
