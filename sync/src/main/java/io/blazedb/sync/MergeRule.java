package io.blazedb.sync;

import java.util.List;

/**
 * How concurrent writes of columns are merged, where another way than the usual one is wanted.
 *
 * <p>Several columns in one rule are one group: a write of one of them writes them all, so a merge never mixes two
 * authors' halves. A rule on a whole table is one rule per column, not a group.
 *
 * @param columns ordinals in the table's definition, ascending; exactly one for {@link Kind#COUNTER}, {@link Kind#MAX}
 *     and {@link Kind#MIN}
 */
public record MergeRule(List<Integer> columns, Kind kind) {
    /** What holds of two concurrent values. */
    public enum Kind {
        /** A server's write before a client's, then the later one: what holds without a rule. */
        SERVER,
        /** The later write, whoever wrote it. */
        LAST_WRITER,
        /** What each added is added. */
        COUNTER,
        /** The larger value, over the whole life of the row. */
        MAX,
        /** The smaller value, over the whole life of the row. */
        MIN;

        /** Whether a rule of this kind may be about several columns. */
        public boolean groups() {
            return this == SERVER || this == LAST_WRITER;
        }
    }

    public MergeRule {
        columns = List.copyOf(columns);
        if (columns.isEmpty() || (columns.size() > 1 && !kind.groups())) {
            throw new IllegalArgumentException("merge rule " + kind + " on " + columns.size() + " columns (expected: "
                    + (kind.groups() ? "at least one" : "one") + ")");
        }
        for (int i = 1; i < columns.size(); i++) {
            if (columns.get(i) <= columns.get(i - 1)) {
                throw new IllegalArgumentException("column " + columns.get(i) + " after " + columns.get(i - 1)
                        + " in a merge rule (expected: ascending)");
            }
        }
    }
}
