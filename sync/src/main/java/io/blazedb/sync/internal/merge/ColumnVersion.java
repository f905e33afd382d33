package io.blazedb.sync.internal.merge;

import io.blazedb.sync.Stamp;

/**
 * V, the version of one value in a row. The larger one wins, and its value with it.
 *
 * <p>Ordered by the rules it was written under, then by fence, cause and stamp. The fence lets a server's write win
 * against every client that had not seen it, whatever the clocks say; the cause lets a new life of the row win against
 * the old one. Where the rules say that the larger or smaller value wins, {@link RowMerge} looks at the values too.
 *
 * @param mark the rules that the author wrote it under
 * @param fence stamp of the newest server write of this column that the author had seen, its own if it is a server
 * @param cause causal length of the life that the value was written in
 * @param stamp the transaction that wrote it
 */
public record ColumnVersion(Mark mark, Stamp fence, long cause, Stamp stamp) implements Comparable<ColumnVersion> {
    /** The version of a value that nobody has stamped; every write covers it. */
    public static final ColumnVersion ABSENT = new ColumnVersion(Stamp.ZERO, 1, Stamp.ZERO);

    /** A version without rules. */
    public ColumnVersion(Stamp fence, long cause, Stamp stamp) {
        this(Mark.NONE, fence, cause, stamp);
    }

    /** Whether a server wrote the value. */
    public boolean byServer() {
        return !stamp.isZero() && fence.equals(stamp);
    }

    @Override
    public int compareTo(ColumnVersion other) {
        int byMark = mark.compareTo(other.mark);
        if (byMark != 0) {
            return byMark;
        }
        int byFence = fence.compareTo(other.fence);
        if (byFence != 0) {
            return byFence;
        }
        int byCause = Long.compare(cause, other.cause);
        return byCause != 0 ? byCause : stamp.compareTo(other.stamp);
    }

    @Override
    public String toString() {
        return (mark.equals(Mark.NONE) ? "" : mark + " ") + fence + "/" + cause + "/" + stamp;
    }
}
