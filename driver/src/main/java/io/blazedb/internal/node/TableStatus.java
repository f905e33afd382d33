package io.blazedb.internal.node;

/**
 * A user table and its sync.
 *
 * @param reason why it is not synced, or what of it is not; empty when all of it is
 */
public record TableStatus(String schema, String name, boolean synced, String reason, long rowCount) {}
