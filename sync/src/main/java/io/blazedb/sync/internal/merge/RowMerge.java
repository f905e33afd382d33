package io.blazedb.sync.internal.merge;

import io.blazedb.sync.Life;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.Stamp;
import java.util.Comparator;

/**
 * Merges what comes from elsewhere into a row: the larger life, the larger highest cause, and for each column the
 * larger version with its value.
 *
 * <p>Maxima of total orders are associative, commutative and idempotent, so every node that has merged the same changes
 * has the same row, in whatever order and however often they came. Stateless; any thread may call it.
 */
public final class RowMerge {
    /** The order that all nodes share. */
    public static final RowMerge STANDARD = new RowMerge(Comparator.naturalOrder(), Comparator.naturalOrder());

    private final Comparator<ColumnVersion> versionOrder;
    private final Comparator<Life> lifeOrder;

    RowMerge(Comparator<ColumnVersion> versionOrder, Comparator<Life> lifeOrder) {
        this.versionOrder = versionOrder;
        this.lifeOrder = lifeOrder;
    }

    /**
     * Merges a transaction's change, which is in this node's terms ({@link RowChange#mapped}).
     *
     * @param live the values of the row if it is alive; all columns, also of a row that a constraint hides
     * @param stamp the stamp of the transaction that made the change
     */
    public Merged merge(RowState current, RowValues live, RowChange change, Stamp stamp, CausalPast past) {
        Merging merging = new Merging(versionOrder, current, live, Incoming.of(change, stamp), past);
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
        return new Merging(versionOrder, current, live, Incoming.of(other, otherLive), past)
                .result(larger(current.life(), other.life()));
    }

    private Life larger(Life one, Life other) {
        return lifeOrder.compare(one, other) >= 0 ? one : other;
    }
}
