package io.blazedb.internal.capture;

import io.blazedb.sync.internal.log.RecordType;

/**
 * Change sets of peers that one H2 transaction applies, in the order in which they are applied.
 *
 * @param type TXN_REMOTE, or STATE_MERGE when states of rows are merged instead
 * @param bytes as the log keeps them
 * @param appended told, under the lock of the log, when the record stands in the log
 */
public record RemoteBatch(RecordType type, RecordBuffer bytes, Runnable appended) {}
