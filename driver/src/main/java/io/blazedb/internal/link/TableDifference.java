package io.blazedb.internal.link;

import java.util.List;

/**
 * How a table is different at two nodes.
 *
 * @param rowsHere rows that are to be seen at the one
 * @param rowsThere rows that are to be seen at the other
 * @param different rows that differ, deleted and hidden ones too
 * @param keys of the rows that differ; none when the table is at one node only
 */
record TableDifference(Name name, long rowsHere, long rowsThere, long different, List<byte[]> keys) {
    /** A table. */
    record Name(String schema, String table) implements Comparable<Name> {
        @Override
        public int compareTo(Name other) {
            int comparison = schema.compareTo(other.schema);
            return comparison != 0 ? comparison : table.compareTo(other.table);
        }
    }
}
