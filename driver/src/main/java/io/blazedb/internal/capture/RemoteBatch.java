package io.blazedb.internal.capture;

/**
 * Change sets of peers that one H2 transaction applies, in the order in which they are applied.
 *
 * @param bytes as the log keeps them
 * @param appended told, under the lock of the log, when the record stands in the log
 */
public record RemoteBatch(RecordBuffer bytes, Runnable appended) {}
