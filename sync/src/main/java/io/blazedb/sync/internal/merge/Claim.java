package io.blazedb.sync.internal.merge;

import io.blazedb.sync.Stamp;
import java.util.Arrays;

/**
 * A row's claim to the values of its unique keys. Rows are admitted in the order of their claims; one whose value is
 * taken already is hidden, on every node the same one.
 *
 * <p>Servers' claims come first, then older ones, then those of smaller row keys. Immutable; the key must not be
 * written to.
 */
public final class Claim implements Comparable<Claim> {
    private final boolean byServer;
    private final Stamp stamp;
    private final byte[] key;

    private Claim(boolean byServer, Stamp stamp, byte[] key) {
        this.byServer = byServer;
        this.stamp = stamp;
        this.key = key;
    }

    /**
     * The claim of that row: it is as old as the youngest value in any of its unique keys.
     *
     * @param uniqueColumns the ordinals of all columns in unique keys
     */
    public static Claim of(RowState state, int[] uniqueColumns, byte[] key) {
        ColumnVersion youngest = ColumnVersion.ABSENT;
        for (int column : uniqueColumns) {
            ColumnVersion version = state.version(column);
            if (version.stamp().compareTo(youngest.stamp()) > 0) {
                youngest = version;
            }
        }
        return new Claim(youngest.byServer(), youngest.stamp(), key);
    }

    public boolean byServer() {
        return byServer;
    }

    /** The transaction that made the claim. */
    public Stamp stamp() {
        return stamp;
    }

    @Override
    public int compareTo(Claim other) {
        int byRole = Boolean.compare(other.byServer, byServer);
        if (byRole != 0) {
            return byRole;
        }
        int byAge = stamp.compareTo(other.stamp);
        return byAge != 0 ? byAge : Arrays.compareUnsigned(key, other.key);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Claim that && compareTo(that) == 0;
    }

    @Override
    public int hashCode() {
        return 31 * stamp.hashCode() + Arrays.hashCode(key);
    }

    @Override
    public String toString() {
        return (byServer ? "server claim of " : "claim of ") + stamp;
    }
}
