package io.blazedb.sync;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How far each origin's log is known: every transaction up to and including the one named, without gaps.
 *
 * <p>Immutable, and small: one sorted array of origins, shared between vectors that differ in their numbers only. The
 * number of an origin that is not listed is 0.
 */
public final class VersionVector {
    public static final VersionVector EMPTY = new VersionVector(new OriginId[0], new long[0]);

    private final OriginId[] origins;
    private final long[] seqs;

    private VersionVector(OriginId[] origins, long[] seqs) {
        this.origins = origins;
        this.seqs = seqs;
    }

    /** The vector with these entries; of several entries of one origin the largest counts. */
    public static VersionVector of(List<Dependency> entries) {
        VersionVector vector = EMPTY;
        for (Dependency entry : entries) {
            if (entry.seq() > vector.seq(entry.origin())) {
                vector = vector.with(entry.origin(), entry.seq());
            }
        }
        return vector;
    }

    /** Number of the last known transaction of that origin; 0 when none is known. */
    public long seq(OriginId origin) {
        int position = Arrays.binarySearch(origins, origin);
        return position < 0 ? 0 : seqs[position];
    }

    /** This vector with that origin known up to {@code seq}, which is at least what it was. */
    public VersionVector with(OriginId origin, long seq) {
        int position = Arrays.binarySearch(origins, origin);
        long before = position < 0 ? 0 : seqs[position];
        if (seq < before || seq < 1) {
            throw new IllegalArgumentException(
                    "sequence number " + seq + " of " + origin + " (expected: >= " + Math.max(1, before) + ")");
        }
        if (position >= 0) {
            long[] changed = seqs.clone();
            changed[position] = seq;
            return new VersionVector(origins, changed);
        }
        return inserted(-position - 1, origin, seq);
    }

    private VersionVector inserted(int position, OriginId origin, long seq) {
        int tail = origins.length - position;
        OriginId[] moreOrigins = Arrays.copyOf(origins, origins.length + 1);
        System.arraycopy(origins, position, moreOrigins, position + 1, tail);
        moreOrigins[position] = origin;
        long[] moreSeqs = Arrays.copyOf(seqs, seqs.length + 1);
        System.arraycopy(seqs, position, moreSeqs, position + 1, tail);
        moreSeqs[position] = seq;
        return new VersionVector(moreOrigins, moreSeqs);
    }

    public boolean covers(OriginId origin, long seq) {
        return seq <= seq(origin);
    }

    public boolean covers(Dependency dependency) {
        return covers(dependency.origin(), dependency.seq());
    }

    /** Whether everything that the other vector knows is known here. */
    public boolean covers(VersionVector other) {
        for (int i = 0; i < other.origins.length; i++) {
            if (!covers(other.origins[i], other.seqs[i])) {
                return false;
            }
        }
        return true;
    }

    /** The smallest vector that covers both. */
    public VersionVector join(VersionVector other) {
        if (covers(other)) {
            return this;
        }
        VersionVector joined = this;
        for (int i = 0; i < other.origins.length; i++) {
            if (!joined.covers(other.origins[i], other.seqs[i])) {
                joined = joined.with(other.origins[i], other.seqs[i]);
            }
        }
        return joined;
    }

    /** The entries that are larger here than in {@code earlier}, by origin. */
    public List<Dependency> since(VersionVector earlier) {
        List<Dependency> entries = new ArrayList<>();
        for (int i = 0; i < origins.length; i++) {
            if (!earlier.covers(origins[i], seqs[i])) {
                entries.add(new Dependency(origins[i], seqs[i]));
            }
        }
        return entries;
    }

    /** All entries, by origin. */
    public List<Dependency> entries() {
        return since(EMPTY);
    }

    public int size() {
        return origins.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VersionVector that
                && Arrays.equals(origins, that.origins)
                && Arrays.equals(seqs, that.seqs);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(origins) + Arrays.hashCode(seqs);
    }

    @Override
    public String toString() {
        return entries().toString();
    }
}
