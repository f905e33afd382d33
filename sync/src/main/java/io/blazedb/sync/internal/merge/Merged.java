package io.blazedb.sync.internal.merge;

import java.util.List;

/**
 * What a merge came to: the new state, and what has to be done to the row for it. Immutable; arrays must not be written
 * to.
 */
public final class Merged {
    /** What became of the row. */
    public enum Transition {
        /** It was dead or never there, and is dead. */
        STAYS_DEAD,
        /** It was never there and lives. */
        BORN,
        /** It lives as before. */
        LIVES,
        /** It lived and is dead. */
        DIES,
        /** It was dead and lives. */
        REVIVED
    }

    private final RowState after;
    private final Transition transition;
    private final int[] won;
    private final int[] lost;
    private final byte[][] row;
    private final List<Conflict> conflicts;

    Merged(RowState after, Transition transition, int[] won, int[] lost, byte[][] row, List<Conflict> conflicts) {
        this.after = after;
        this.transition = transition;
        this.won = won;
        this.lost = lost;
        this.row = row;
        this.conflicts = conflicts;
    }

    /** Nothing came that could lose or be in conflict. */
    static Merged of(RowState after, Transition transition, int[] won, byte[][] row) {
        return new Merged(after, transition, won, new int[0], row, List.of());
    }

    public RowState after() {
        return after;
    }

    public Transition transition() {
        return transition;
    }

    /** The columns whose incoming values won, ascending: what to write to a row that lives on. */
    public int[] won() {
        return won;
    }

    /** The columns whose incoming values lost, ascending; {@code after} has the versions that beat them. */
    public int[] lost() {
        return lost;
    }

    /**
     * The values to write, by ordinal: all that are known of a row that is born or revived, the columns that won of a
     * row that lives on; {@link RowValues#UNKNOWN} for the others.
     */
    public RowValues row() {
        return RowValues.of(row);
    }

    /** What the user has to know about. Empty when values only replaced what their authors had seen. */
    public List<Conflict> conflicts() {
        return conflicts;
    }
}
