package io.blazedb.sync.internal.merge;

import io.blazedb.sync.RowChange;
import io.blazedb.sync.Stamp;
import java.util.ArrayList;
import java.util.List;

/**
 * A row with local writes on which nobody has decided yet (semantics 4.5).
 *
 * <p>The shadow is the row as everybody else has it: what was accepted, whether written here or elsewhere, also where
 * it loses against a pending write at the moment. The visible row is the shadow with the pending writes merged into it,
 * so at any time it is the join of all that was accepted and all that is still pending, and a rejected write leaves no
 * trace: not in the values, not in the life of the row, not in a counter.
 *
 * <p>Verdicts may come in any order; an accepted write goes into the shadow when all before it are decided, since a
 * counter takes an origin's writes in their order. Immutable; the arrays in changes must not be written to.
 */
public final class PendingWrites {
    private final RowMerge order;
    private final RowContent shadow;
    private final List<Pending> pending;
    private final RowContent visible;

    /** A local write in the order of the log. */
    private record Pending(Stamp stamp, RowChange change, ColumnRules rules, boolean accepted) {
        Pending decided() {
            return new Pending(stamp, change, rules, true);
        }
    }

    private PendingWrites(RowMerge order, RowContent shadow, List<Pending> pending) {
        this.order = order;
        RowContent folded = shadow;
        int decided = 0;
        while (decided < pending.size() && pending.get(decided).accepted()) {
            folded = merged(order, folded, pending.get(decided++));
        }
        this.shadow = folded;
        this.pending = List.copyOf(pending.subList(decided, pending.size()));
        RowContent shown = folded;
        for (Pending write : this.pending) {
            shown = merged(order, shown, write);
        }
        this.visible = shown;
    }

    private static RowContent merged(RowMerge order, RowContent row, Pending write) {
        return row.merge(order, write.change(), write.rules(), write.stamp());
    }

    /** A row as it is when everything in it is accepted. */
    public static PendingWrites of(RowMerge order, RowContent accepted) {
        return new PendingWrites(order, accepted, List.of());
    }

    /** The row as everybody else has it, but for what they have not told yet. */
    public RowContent shadow() {
        return shadow;
    }

    /** The row as it shows here, before constraints. */
    public RowContent visible() {
        return visible;
    }

    /** Whether all writes are decided: then the row needs no shadow. */
    public boolean isDecided() {
        return pending.isEmpty();
    }

    /**
     * One more local write.
     *
     * @param stamp larger than those of the writes before
     */
    public PendingWrites written(RowChange change, ColumnRules rules, Stamp stamp) {
        if (!pending.isEmpty() && pending.get(pending.size() - 1).stamp().compareTo(stamp) >= 0) {
            throw new IllegalArgumentException("a local write of " + stamp + " after one of "
                    + pending.get(pending.size() - 1).stamp() + " (expected: in the order of the log)");
        }
        List<Pending> more = new ArrayList<>(pending);
        more.add(new Pending(stamp, change, rules, false));
        return new PendingWrites(order, shadow, more);
    }

    /** An accepted write from elsewhere. */
    public PendingWrites merged(RowChange change, ColumnRules rules, Stamp stamp) {
        return new PendingWrites(order, shadow.merge(order, change, rules, stamp), pending);
    }

    /** The local transaction with that stamp was accepted. */
    public PendingWrites accepted(Stamp stamp) {
        return decided(stamp, true);
    }

    /** The local transaction with that stamp was rejected: as if it had never been. */
    public PendingWrites rejected(Stamp stamp) {
        return decided(stamp, false);
    }

    private PendingWrites decided(Stamp stamp, boolean accept) {
        List<Pending> left = new ArrayList<>();
        boolean found = false;
        for (Pending write : pending) {
            boolean isMeant = write.stamp().equals(stamp) && !write.accepted();
            found |= isMeant;
            if (!isMeant) {
                left.add(write);
            } else if (accept) {
                left.add(write.decided());
            }
        }
        if (!found) {
            throw new IllegalArgumentException(
                    "a verdict on " + stamp + " (expected: one of " + pending.size() + " pending writes of the row)");
        }
        return new PendingWrites(order, shadow, left);
    }

    @Override
    public String toString() {
        return pending.size() + " pending on " + shadow.state();
    }
}
