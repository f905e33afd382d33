package io.blazedb.sync.internal.merge;

import io.blazedb.sync.Stamp;
import java.util.Arrays;

/**
 * A write that gave way to another one although neither author had seen the other's. Nothing is lost: the losing value
 * is here, for the user to see and to bring back. Immutable; the value must not be written to.
 */
public final class Conflict {
    /** What met what. */
    public enum Kind {
        /** Two values of one column. */
        UPDATE_UPDATE,
        /** A value and a delete; the delete won, the value is in the row's image. */
        UPDATE_DELETE,
        /** A delete and a server's write; the row lives. No column, no value. */
        DELETE_UPDATE,
        /**
         * What was added to a counter and does not count: the value is the delta. Without a value: the count is larger
         * than its type can show; the exact sum is kept.
         */
        COUNTER,
        /** V3: an update of a row that was never here; the row is incomplete. An alarm. No column, no value. */
        UPDATE_MISSING,
        /** One version with two values: an origin that was cloned, or a member that lies. An alarm. */
        FORK
    }

    /** The column of a conflict about the whole row. */
    public static final int WHOLE_ROW = -1;

    private final Kind kind;
    private final int column;
    private final Stamp winner;
    private final Stamp loser;
    private final byte[] loserValue;

    Conflict(Kind kind, int column, Stamp winner, Stamp loser, byte[] loserValue) {
        this.kind = kind;
        this.column = column;
        this.winner = winner;
        this.loser = loser;
        this.loserValue = loserValue;
    }

    public Kind kind() {
        return kind;
    }

    /** The ordinal of the column, or {@link #WHOLE_ROW}. */
    public int column() {
        return column;
    }

    /** The transaction that won; zero for a delete that is only known from the state of the row. */
    public Stamp winner() {
        return winner;
    }

    /** The transaction that lost; zero for a delete that is only known from the state of the row. */
    public Stamp loser() {
        return loser;
    }

    /** The value that lost, in canonical bytes; {@link RowValues#UNKNOWN} when no value did. */
    public byte[] loserValue() {
        return loserValue;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Conflict that
                && kind == that.kind
                && column == that.column
                && winner.equals(that.winner)
                && loser.equals(that.loser)
                && Arrays.equals(loserValue, that.loserValue);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * kind.hashCode() + column) + loser.hashCode();
    }

    /** Without the value: it is the user's and stays out of messages. */
    @Override
    public String toString() {
        return kind + " of column " + column + ": " + winner + " won against " + loser;
    }
}
