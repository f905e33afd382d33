package io.blazedb.sync;

import java.util.Arrays;

/**
 * The fence and the causal length of each column that a change writes; the third part of a version is the stamp of the
 * transaction.
 *
 * <p>Nearly always all columns share both, then nothing is kept per column. Immutable; the arrays given to
 * {@link #each} belong to the new object.
 */
public final class WrittenVersions {
    private static final WrittenVersions PLAIN = new WrittenVersions(Stamp.ZERO, 1, new Stamp[0], new long[0]);

    private final Stamp fence;
    private final long cause;
    private final Stamp[] fences;
    private final long[] causes;

    private WrittenVersions(Stamp fence, long cause, Stamp[] fences, long[] causes) {
        this.fence = fence;
        this.cause = cause;
        this.fences = fences;
        this.causes = causes;
    }

    /** All columns share the fence and the causal length. */
    public static WrittenVersions uniform(Stamp fence, long cause) {
        checkCause(cause);
        if (cause == 1 && fence.isZero()) {
            return PLAIN;
        }
        return new WrittenVersions(fence, cause, new Stamp[0], new long[0]);
    }

    /** One fence and one causal length for each written column; uniform when they are all the same. */
    public static WrittenVersions each(Stamp[] fences, long[] causes) {
        if (fences.length != causes.length || fences.length == 0) {
            throw new IllegalArgumentException(fences.length + " fences and " + causes.length
                    + " causal lengths (expected: one of each per written column)");
        }
        boolean same = true;
        for (int i = 0; i < fences.length; i++) {
            checkCause(causes[i]);
            same &= causes[i] == causes[0] && fences[i].equals(fences[0]);
        }
        return same ? uniform(fences[0], causes[0]) : new WrittenVersions(fences[0], causes[0], fences, causes);
    }

    private static void checkCause(long cause) {
        if (cause < 1 || cause > Life.CAUSE_MAX) {
            throw new IllegalArgumentException(
                    "causal length " + cause + " of a written column (expected: 1 to " + Life.CAUSE_MAX + ")");
        }
    }

    public boolean isUniform() {
        return fences.length == 0;
    }

    /** The fence of the written column at that position of the change. */
    public Stamp fence(int position) {
        return isUniform() ? fence : fences[position];
    }

    /** The causal length of the written column at that position of the change. */
    public long cause(int position) {
        return isUniform() ? cause : causes[position];
    }

    boolean fits(int columns) {
        return isUniform() || fences.length == columns;
    }

    /** The versions at these positions. */
    WrittenVersions select(int[] positions) {
        if (isUniform() || positions.length == 0) {
            return this;
        }
        Stamp[] selectedFences = new Stamp[positions.length];
        long[] selectedCauses = new long[positions.length];
        for (int i = 0; i < positions.length; i++) {
            selectedFences[i] = fences[positions[i]];
            selectedCauses[i] = causes[positions[i]];
        }
        return each(selectedFences, selectedCauses);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WrittenVersions that
                && cause == that.cause
                && fence.equals(that.fence)
                && Arrays.equals(fences, that.fences)
                && Arrays.equals(causes, that.causes);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * fence.hashCode() + Long.hashCode(cause)) + Arrays.hashCode(causes);
    }

    @Override
    public String toString() {
        return isUniform() ? fence + "/" + cause : Arrays.toString(fences) + "/" + Arrays.toString(causes);
    }
}
