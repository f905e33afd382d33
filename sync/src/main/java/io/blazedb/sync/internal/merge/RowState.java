package io.blazedb.sync.internal.merge;

import io.blazedb.sync.Life;
import io.blazedb.sync.Stamp;
import java.util.Arrays;

/**
 * What a node knows about one row besides the values of a live row: its life, its versions, and when it is dead its
 * last values.
 *
 * <p>States of one row form a join semilattice: whatever order the same changes come in, the state is the same. A dead
 * row keeps its image (V1), and later updates that lose against the delete merge into it, so a row that comes back is
 * whole. Immutable.
 */
public final class RowState {
    /** The state of a row that never was. */
    public static final RowState ABSENT = new RowState(Life.NEVER, 0, RowVersions.NONE, new byte[0][], Counters.NONE);

    private static final Life FIRST = new Life(Stamp.ZERO, 1);

    private final Life life;
    private final long highestCause;
    private final RowVersions versions;
    private final byte[][] image;
    private final Counters counters;

    private RowState(Life life, long highestCause, RowVersions versions, byte[][] image, Counters counters) {
        this.life = life;
        this.highestCause = highestCause;
        this.versions = versions;
        this.image = image;
        this.counters = counters;
    }

    /** V0: a row older than the first CONNECT counts as inserted by one transaction of its origin. */
    public static RowState base(Stamp base, int columns) {
        return uniform(new Life(Stamp.ZERO, 1), 1, new ColumnVersion(Stamp.ZERO, 1, base), columns);
    }

    /** A live row whose first {@code columns} columns share one version. */
    public static RowState uniform(Life life, long highestCause, ColumnVersion version, int columns) {
        return of(life, highestCause, RowVersions.uniform(version, columns), RowValues.NONE);
    }

    /**
     * A state from its parts.
     *
     * @param versions the version of each column
     * @param image the last values of a dead row; not looked at for a live one
     */
    public static RowState of(Life life, long highestCause, ColumnVersion[] versions, RowValues image) {
        return of(life, highestCause, RowVersions.of(versions), image);
    }

    static RowState of(Life life, long highestCause, RowVersions versions, RowValues image) {
        return of(life, highestCause, versions, image, Counters.NONE);
    }

    static RowState of(Life life, long highestCause, RowVersions versions, RowValues image, Counters counters) {
        if (highestCause < life.cause() || highestCause > Life.CAUSE_MAX) {
            throw new IllegalArgumentException("highest causal length " + highestCause + " (expected: >= "
                    + life.cause() + ", the one of the life register, and <= " + Life.CAUSE_MAX + ")");
        }
        byte[][] kept = life.alive() ? ABSENT.image : trimmed(image, counters);
        return new RowState(life, highestCause, versions, kept, counters);
    }

    /** The same state with these counters; what they began with is in them, and no more in the image. */
    public RowState withCounters(Counters newCounters) {
        return of(life, highestCause, versions, RowValues.of(image), newCounters);
    }

    /** A counter's value is not in the image: it follows from the counter. */
    private static byte[][] trimmed(RowValues image, Counters counters) {
        int size = image.size();
        while (size > 0 && (image.value(size - 1).length == 0 || counters.get(size - 1) != null)) {
            size--;
        }
        byte[][] values = new byte[size][];
        Arrays.setAll(values, column -> counters.get(column) == null ? image.value(column) : RowValues.UNKNOWN);
        return values;
    }

    public Life life() {
        return life;
    }

    /** Whether the row is there, before unique keys and foreign keys decide whether it shows. */
    public boolean alive() {
        return life.alive();
    }

    /** M, the highest causal length ever seen; the next insert or delete takes a higher one. */
    public long highestCause() {
        return highestCause;
    }

    /** How many columns have versions; those from this one on are {@link ColumnVersion#ABSENT}. */
    public int columns() {
        return versions.size();
    }

    public ColumnVersion version(int column) {
        return versions.get(column);
    }

    /** The version that most columns share. */
    public ColumnVersion commonVersion() {
        return versions.common();
    }

    /** The columns with another version than the common one, ascending. */
    public int[] exceptions() {
        return versions.exceptions().clone();
    }

    /** The last values of a dead row; nothing for a live one. */
    public RowValues image() {
        return RowValues.of(image);
    }

    /** What was added to the row's counters. */
    public Counters counters() {
        return counters;
    }

    /**
     * Whether a node may forget this state and count the row as never stamped, when all members have applied that
     * transaction: absent stands for (0, 1, 0), so only what differs from that in nothing but the stamp may go. A row
     * with a fence would lose against a client that had seen it, one in a later life against the earlier one.
     */
    public boolean isForgettable() {
        ColumnVersion common = versions.common();
        return life.equals(FIRST)
                && highestCause == 1
                && versions.exceptions().length == 0
                && common.mark().equals(Mark.NONE)
                && common.fence().isZero()
                && common.cause() == 1
                && counters.isEmpty();
    }

    /** The same state of a dead row with other last values. */
    public RowState withImage(RowValues newImage) {
        return of(life, highestCause, versions, newImage, counters);
    }

    RowVersions versions() {
        return versions;
    }

    /**
     * The values that belong to these versions: the image of a dead row, what the table holds of a live one; of a
     * counter the value that was written before.
     */
    RowValues held(RowValues live) {
        RowValues plain = alive() ? live : image();
        if (counters.isEmpty()) {
            return plain;
        }
        byte[][] values = plain.toArray(counters.size());
        for (int column : counters.columns()) {
            values[column] = counters.getOrEmpty(column).base();
        }
        return RowValues.of(values);
    }

    /** What a live row shows of these values: of a counter its count. */
    RowValues shown(RowValues registers, ColumnTypes types) {
        if (counters.isEmpty()) {
            return registers;
        }
        byte[][] values = registers.toArray(counters.size());
        for (int column : counters.columns()) {
            values[column] = shown(column, types);
        }
        return RowValues.of(values);
    }

    /** The last values of a dead row, with what its counters showed at the end of its life; nothing of a live one. */
    public RowValues last(ColumnTypes types) {
        if (alive() || counters.isEmpty() || life.cause() == 0) {
            return image();
        }
        byte[][] values = image().toArray(counters.size());
        for (int column : counters.columns()) {
            values[column] = counters.getOrEmpty(column).shown(column, version(column), life.cause() - 1, types);
        }
        return RowValues.of(values);
    }

    /** What a live row shows of a counter. */
    byte[] shown(int column, ColumnTypes types) {
        return counters.getOrEmpty(column).shown(column, version(column), life.cause(), types);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowState that
                && highestCause == that.highestCause
                && life.equals(that.life)
                && versions.equals(that.versions)
                && Arrays.deepEquals(image, that.image)
                && counters.equals(that.counters);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * life.hashCode() + versions.hashCode()) + Arrays.deepHashCode(image);
    }

    /** Without the image: values are the user's and stay out of messages. */
    @Override
    public String toString() {
        return "RowState[" + life + ", highest cause " + highestCause + ", " + versions
                + (counters.isEmpty() ? "" : ", " + counters) + "]";
    }
}
