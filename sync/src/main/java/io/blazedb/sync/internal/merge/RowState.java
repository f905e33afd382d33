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
    public static final RowState ABSENT = new RowState(Life.NEVER, 0, RowVersions.NONE, new byte[0][]);

    private final Life life;
    private final long highestCause;
    private final RowVersions versions;
    private final byte[][] image;

    private RowState(Life life, long highestCause, RowVersions versions, byte[][] image) {
        this.life = life;
        this.highestCause = highestCause;
        this.versions = versions;
        this.image = image;
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
        if (highestCause < life.cause()) {
            throw new IllegalArgumentException("highest causal length " + highestCause + " (expected: >= "
                    + life.cause() + ", the one of the life register)");
        }
        return new RowState(life, highestCause, versions, life.alive() ? ABSENT.image : trimmed(image));
    }

    private static byte[][] trimmed(RowValues image) {
        int size = image.size();
        while (size > 0 && image.value(size - 1).length == 0) {
            size--;
        }
        byte[][] values = new byte[size][];
        Arrays.setAll(values, image::value);
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

    /** The same state of a dead row with other last values. */
    public RowState withImage(RowValues newImage) {
        return of(life, highestCause, versions, newImage);
    }

    RowVersions versions() {
        return versions;
    }

    /** The values that belong to these versions: the image of a dead row, what the table holds of a live one. */
    RowValues held(RowValues live) {
        return alive() ? live : image();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowState that
                && highestCause == that.highestCause
                && life.equals(that.life)
                && versions.equals(that.versions)
                && Arrays.deepEquals(image, that.image);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * life.hashCode() + versions.hashCode()) + Arrays.deepHashCode(image);
    }

    /** Without the image: values are the user's and stay out of messages. */
    @Override
    public String toString() {
        return "RowState[" + life + ", highest cause " + highestCause + ", " + versions + "]";
    }
}
