package io.blazedb.sync.internal.merge;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The versions of all columns of a row: the one that most columns share, and the exceptions.
 *
 * <p>Canonical, so equal versions have equal form: no trailing absent version, the common version is the most frequent
 * one (of several, the one seen first), exceptions are in ascending order. Immutable.
 */
final class RowVersions {
    static final RowVersions NONE = new RowVersions(0, ColumnVersion.ABSENT, new int[0], new ColumnVersion[0]);

    private final int size;
    private final ColumnVersion common;
    private final int[] exceptions;
    private final ColumnVersion[] exceptionVersions;

    private RowVersions(int size, ColumnVersion common, int[] exceptions, ColumnVersion[] exceptionVersions) {
        this.size = size;
        this.common = common;
        this.exceptions = exceptions;
        this.exceptionVersions = exceptionVersions;
    }

    /** The first {@code size} columns share one version. */
    static RowVersions uniform(ColumnVersion version, int size) {
        if (size == 0 || version.equals(ColumnVersion.ABSENT)) {
            return NONE;
        }
        return new RowVersions(size, version, NONE.exceptions, NONE.exceptionVersions);
    }

    /** One version per column. */
    static RowVersions of(ColumnVersion[] dense) {
        int size = dense.length;
        while (size > 0 && dense[size - 1].equals(ColumnVersion.ABSENT)) {
            size--;
        }
        if (size == 0) {
            return NONE;
        }
        ColumnVersion common = mostFrequent(dense, size);
        int[] exceptions = new int[size];
        ColumnVersion[] versions = new ColumnVersion[size];
        int count = 0;
        for (int i = 0; i < size; i++) {
            if (!dense[i].equals(common)) {
                exceptions[count] = i;
                versions[count++] = dense[i];
            }
        }
        return count == 0
                ? uniform(common, size)
                : new RowVersions(size, common, Arrays.copyOf(exceptions, count), Arrays.copyOf(versions, count));
    }

    private static ColumnVersion mostFrequent(ColumnVersion[] dense, int size) {
        ColumnVersion candidate = majorityCandidate(dense, size);
        int count = 0;
        for (int i = 0; i < size; i++) {
            count += dense[i].equals(candidate) ? 1 : 0;
        }
        return 2 * count > size ? candidate : mostFrequentOfMany(dense, size);
    }

    /** The only version that more than half of the columns can have (Boyer and Moore). */
    private static ColumnVersion majorityCandidate(ColumnVersion[] dense, int size) {
        ColumnVersion candidate = dense[0];
        int lead = 0;
        for (int i = 0; i < size; i++) {
            if (lead == 0) {
                candidate = dense[i];
            }
            lead += dense[i].equals(candidate) ? 1 : -1;
        }
        return candidate;
    }

    private static ColumnVersion mostFrequentOfMany(ColumnVersion[] dense, int size) {
        Map<ColumnVersion, Integer> counts = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            counts.merge(dense[i], 1, Integer::sum);
        }
        ColumnVersion best = dense[0];
        int bestCount = 0;
        for (Map.Entry<ColumnVersion, Integer> entry : counts.entrySet()) {
            if (entry.getValue() > bestCount) {
                best = entry.getKey();
                bestCount = entry.getValue();
            }
        }
        return best;
    }

    /** All columns from this one on are absent. */
    int size() {
        return size;
    }

    ColumnVersion common() {
        return common;
    }

    ColumnVersion get(int column) {
        if (column >= size) {
            return ColumnVersion.ABSENT;
        }
        int position = Arrays.binarySearch(exceptions, column);
        return position < 0 ? common : exceptionVersions[position];
    }

    int[] exceptions() {
        return exceptions;
    }

    ColumnVersion[] dense(int atLeast) {
        ColumnVersion[] dense = new ColumnVersion[Math.max(size, atLeast)];
        Arrays.fill(dense, 0, size, common);
        Arrays.fill(dense, size, dense.length, ColumnVersion.ABSENT);
        for (int i = 0; i < exceptions.length; i++) {
            dense[exceptions[i]] = exceptionVersions[i];
        }
        return dense;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowVersions that
                && size == that.size
                && common.equals(that.common)
                && Arrays.equals(exceptions, that.exceptions)
                && Arrays.equals(exceptionVersions, that.exceptionVersions);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * size + common.hashCode()) + Arrays.hashCode(exceptionVersions);
    }

    @Override
    public String toString() {
        return Arrays.toString(dense(0));
    }
}
