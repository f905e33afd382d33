package io.blazedb.sync.internal.merge;

import io.blazedb.sync.Life;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.Stamp;
import java.util.Comparator;

/**
 * Merges what comes from elsewhere into a row: the larger life, the larger highest cause, for each column the larger
 * version with its value, and for each counter the longer sum of each origin.
 *
 * <p>Maxima of total orders are associative, commutative and idempotent, so every node that has merged the same changes
 * has the same row, in whatever order and however often they came. Which rules a receiver knows does not matter: a
 * version says by which it was written. Immutable, and as safe for threads as its column types.
 */
public final class RowMerge {
    /** The order that all nodes share, for tables whose rules do not look at values. */
    public static final RowMerge STANDARD = of(ColumnTypes.UNKNOWN);

    private final Comparator<ColumnVersion> versionOrder;
    private final Comparator<Life> lifeOrder;
    private final ColumnTypes types;

    RowMerge(Comparator<ColumnVersion> versionOrder, Comparator<Life> lifeOrder, ColumnTypes types) {
        this.versionOrder = versionOrder;
        this.lifeOrder = lifeOrder;
        this.types = types;
    }

    /** The order that all nodes share, for a table with these types. */
    public static RowMerge of(ColumnTypes types) {
        return new RowMerge(Comparator.naturalOrder(), Comparator.naturalOrder(), types);
    }

    /** Merges a change of a table that never had merge rules. */
    public Merged merge(RowState current, RowValues live, RowChange change, Stamp stamp, CausalPast past) {
        return merge(current, live, change, ColumnRules.NONE, stamp, past);
    }

    /**
     * Merges a transaction's change, which is in this node's terms ({@link RowChange#mapped}).
     *
     * @param live the values of the row if it is alive; all columns, also of a row that a constraint hides
     * @param rules of the definition that the change names, in this node's terms
     * @param stamp the stamp of the transaction that made the change
     */
    public Merged merge(
            RowState current, RowValues live, RowChange change, ColumnRules rules, Stamp stamp, CausalPast past) {
        Merging merging = new Merging(this, current, live, Incoming.of(change, stamp, rules), past);
        boolean missing = current.life().cause() == 0 && change.kind() == RowChange.Kind.UPDATE;
        if (missing) {
            merging.alarmMissing();
        }
        return merging.result(larger(current.life(), change.life()));
    }

    /**
     * Merges another node's state of the row: a snapshot, or the repair of a difference. A state does not name the
     * transaction of a delete; a value is in conflict with it when the image of the dead row has an older one.
     *
     * @param otherLive the values of the other row if that one is alive
     */
    public Merged join(RowState current, RowValues live, RowState other, RowValues otherLive, CausalPast past) {
        return new Merging(this, current, live, Incoming.of(other, otherLive), past)
                .result(larger(current.life(), other.life()));
    }

    private Life larger(Life one, Life other) {
        return lifeOrder.compare(one, other) >= 0 ? one : other;
    }

    ColumnTypes types() {
        return types;
    }

    /** Which of two versions of a column is larger; zero if they are the same write. */
    int compare(int column, ColumnVersion one, byte[] value, ColumnVersion other, byte[] otherValue) {
        if (!one.mark().byValue() || !one.mark().equals(other.mark())) {
            return versionOrder.compare(one, other);
        }
        int byCause = Long.compare(one.cause(), other.cause());
        if (byCause != 0) {
            return byCause;
        }
        int byValue = compareValues(column, value, otherValue);
        int inOrder = one.mark().order() == Mark.Order.MIN ? -byValue : byValue;
        int known = Boolean.compare(isKnown(value), isKnown(otherValue));
        if (known != 0 || inOrder != 0) {
            return known != 0 ? known : inOrder;
        }
        int byStamp = one.stamp().compareTo(other.stamp());
        return byStamp != 0 ? byStamp : versionOrder.compare(one, other);
    }

    /** Whether there is a value that is not NULL: any such one wins against none. */
    private boolean isKnown(byte[] value) {
        return value.length > 0 && !types.isNull(value);
    }

    private int compareValues(int column, byte[] value, byte[] otherValue) {
        return isKnown(value) && isKnown(otherValue) ? types.compare(column, value, otherValue) : 0;
    }
}
