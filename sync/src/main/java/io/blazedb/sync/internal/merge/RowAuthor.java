package io.blazedb.sync.internal.merge;

import io.blazedb.sync.Life;
import io.blazedb.sync.Role;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.RowChange.Kind;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.WrittenVersions;

/**
 * Writes the versions of one local transaction: what its changes say to peers, and the states they leave here.
 *
 * <p>A server puts its own stamp into every fence; a client hands on the fence it has seen, so it never wins against a
 * server write that it has not seen. The stamp must be larger than every stamp in the states given.
 *
 * <p>Columns come expanded: when one column of a group is written, all columns of the group are (G1). Arrays given
 * belong to the change that is returned.
 *
 * @param stamp the stamp of the transaction
 */
public record RowAuthor(Role role, Stamp stamp) {
    /** A local change as peers get it, and the row's state after it. */
    public record Authored(RowChange change, RowState after) {}

    /**
     * The row is inserted with these columns. A row that is alive but hidden by a constraint, which the statement could
     * not see, is updated instead.
     */
    public Authored insert(RowState current, long tableId, byte[] key, int[] columns, byte[][] values) {
        if (current.alive()) {
            return update(current, tableId, key, columns, values);
        }
        Life life = new Life(fence(current.life().fence()), next(current.highestCause(), 1));
        WrittenVersions versions = versions(current, columns, life.cause(), false);
        RowChange change = new RowChange(tableId, key, Kind.INSERT, life, columns, versions, values);
        return new Authored(change, after(current, change, life.cause()));
    }

    /** These columns of the row are changed. */
    public Authored update(RowState current, long tableId, byte[] key, int[] columns, byte[][] values) {
        requireAlive(current, Kind.UPDATE);
        return rewritten(current, Kind.UPDATE, tableId, key, columns, values);
    }

    /** These columns of a row, dead or alive, keep their values and get this transaction's stamp. */
    public Authored restamp(RowState current, long tableId, byte[] key, int[] columns, byte[][] values) {
        if (current.life().cause() == 0) {
            throw new IllegalArgumentException("RESTAMP of a row that never was (expected: a row with a state)");
        }
        return rewritten(current, Kind.RESTAMP, tableId, key, columns, values);
    }

    /**
     * The row is deleted.
     *
     * @param last the values of all columns at the end
     */
    public Authored delete(RowState current, long tableId, byte[] key, RowValues last) {
        requireAlive(current, Kind.DELETE);
        Life life = new Life(fence(current.life().fence()), next(current.highestCause(), 0));
        RowState after = RowState.of(life, life.cause(), current.versions(), last);
        return new Authored(RowChange.delete(tableId, key, life), after);
    }

    private static void requireAlive(RowState current, Kind kind) {
        if (!current.alive()) {
            throw new IllegalArgumentException(
                    kind + " of a row with causal length " + current.life().cause() + " (expected: odd, a live row)");
        }
    }

    private Authored rewritten(RowState current, Kind kind, long tableId, byte[] key, int[] columns, byte[][] values) {
        Life life = new Life(fence(current.life().fence()), current.life().cause());
        WrittenVersions versions = versions(current, columns, life.cause(), true);
        RowChange change = new RowChange(tableId, key, kind, life, columns, versions, values);
        return new Authored(change, after(current, change, current.highestCause()));
    }

    private Stamp fence(Stamp seen) {
        return role == Role.SERVER ? stamp : seen;
    }

    /** The smallest number above {@code highest} that is even (0) or odd (1). */
    private static long next(long highest, int parity) {
        return highest + 1 + ((highest + 1 + parity) & 1);
    }

    private WrittenVersions versions(RowState current, int[] columns, long cause, boolean keepHigherCause) {
        if (columns.length == 0 || (current.versions().size() == 0 && !keepHigherCause)) {
            return WrittenVersions.uniform(fence(Stamp.ZERO), cause);
        }
        Stamp[] fences = new Stamp[columns.length];
        long[] causes = new long[columns.length];
        for (int i = 0; i < columns.length; i++) {
            ColumnVersion seen = current.version(columns[i]);
            fences[i] = fence(seen.fence());
            causes[i] = keepHigherCause ? Math.max(seen.cause(), cause) : cause;
        }
        return WrittenVersions.each(fences, causes);
    }

    private RowState after(RowState current, RowChange change, long highestCause) {
        RowVersions versions = Incoming.of(change, stamp).writtenOver(current.versions());
        if (change.life().alive()) {
            return RowState.of(change.life(), highestCause, versions, RowValues.NONE);
        }
        byte[][] image = current.image().toArray(versions.size());
        for (int i = 0; i < change.size(); i++) {
            image[change.column(i)] = change.value(i);
        }
        return RowState.of(change.life(), highestCause, versions, RowValues.of(image));
    }
}
