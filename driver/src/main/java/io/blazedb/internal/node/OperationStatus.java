package io.blazedb.internal.node;

import java.time.Instant;
import java.util.List;

/**
 * One row change of an operation in the log.
 *
 * @param tx the transaction's stamp
 * @param type INSERT, UPDATE or DELETE
 * @param rowKey the key's values as SQL literals, separated by commas
 * @param changes column names and new values as a JSON object
 * @param ackedBy names of the nodes that have applied it
 */
public record OperationStatus(
        long seq,
        String origin,
        String tx,
        Instant committedAt,
        String type,
        String schema,
        String table,
        String rowKey,
        String changes,
        List<String> ackedBy) {}
