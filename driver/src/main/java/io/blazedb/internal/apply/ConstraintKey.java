package io.blazedb.internal.apply;

import java.util.Arrays;
import org.h2.constraint.ConstraintReferential;
import org.h2.index.Index;

/** The values that a row has in the columns of a constraint, in canonical bytes. Immutable. */
final class ConstraintKey {
    private enum Side {
        UNIQUE,
        CHILD,
        PARENT
    }

    private final Object constraint;
    private final Side side;
    private final byte[] values;
    private final int hash;

    private ConstraintKey(Object constraint, Side side, byte[] values) {
        this.constraint = constraint;
        this.side = side;
        this.values = values;
        this.hash = 31 * (31 * System.identityHashCode(constraint) + side.hashCode()) + Arrays.hashCode(values);
    }

    /** What no other row may have. */
    static ConstraintKey unique(Index index, byte[] values) {
        return new ConstraintKey(index, Side.UNIQUE, values);
    }

    /** What a row refers to. */
    static ConstraintKey child(ConstraintReferential constraint, byte[] values) {
        return new ConstraintKey(constraint, Side.CHILD, values);
    }

    /** What others can refer to. */
    static ConstraintKey parent(ConstraintReferential constraint, byte[] values) {
        return new ConstraintKey(constraint, Side.PARENT, values);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // H2 has one object for each constraint and index
    public boolean equals(Object other) {
        return other instanceof ConstraintKey that
                && constraint == that.constraint
                && side == that.side
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
