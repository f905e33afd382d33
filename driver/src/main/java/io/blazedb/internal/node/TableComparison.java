package io.blazedb.internal.node;

/**
 * How a table compares with a peer's.
 *
 * @param different rows that differ, deleted and hidden ones too
 */
public record TableComparison(String schema, String table, long rowsLocal, long rowsRemote, long different) {}
