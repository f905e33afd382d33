package io.blazedb.internal.node;

/**
 * A user table and its sync.
 *
 * @param here whether the table is in this database; else only peers have it
 * @param reason why it is not synced, what of it is not, or what is wrong with a merge rule; empty when all is well
 * @param mergeRules the rules that differ from the usual one, as CREATE MERGE RULE would have them; empty without
 */
public record TableStatus(
        String schema, String name, boolean here, boolean synced, String reason, long rowCount, String mergeRules) {}
