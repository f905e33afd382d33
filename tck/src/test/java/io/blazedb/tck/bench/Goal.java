package io.blazedb.tck.bench;

import java.util.Locale;

/**
 * What a figure should be.
 *
 * @param bound the worst value that is still good
 * @param atLeast whether larger is better
 * @param unit what stands behind the number: x, ms, rows/s
 */
record Goal(double bound, boolean atLeast, String unit) {
    static Goal atLeast(double bound, String unit) {
        return new Goal(bound, true, unit);
    }

    static Goal atMost(double bound, String unit) {
        return new Goal(bound, false, unit);
    }

    boolean isReachedBy(double figure) {
        return atLeast ? figure >= bound : figure <= bound;
    }

    @Override
    public String toString() {
        return (atLeast ? ">= " : "<= ") + number(bound) + " " + unit;
    }

    /** Digits as many as say something. */
    static String number(double value) {
        double size = Math.abs(value);
        return size >= 10_000
                ? String.format(Locale.ROOT, "%.0fk", value / 1_000)
                : String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.3g", value);
    }
}
