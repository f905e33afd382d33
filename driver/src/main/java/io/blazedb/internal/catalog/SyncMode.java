package io.blazedb.internal.catalog;

/** Which way operations flow between the two nodes of {@code CONNECT source TO target}. */
public enum SyncMode {
    BIDIRECTIONAL("BIDIRECTIONAL"),
    /** The target only reads: operations flow from the source to the target. */
    READ_ONLY("READ ONLY"),
    /** The target only writes: operations flow from the target to the source. */
    WRITE_ONLY("WRITE ONLY");

    private final String sql;

    SyncMode(String sql) {
        this.sql = sql;
    }

    public String sql() {
        return sql;
    }
}
