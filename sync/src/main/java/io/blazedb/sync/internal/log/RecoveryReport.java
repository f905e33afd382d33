package io.blazedb.sync.internal.log;

/**
 * What opening a log found.
 *
 * @param endLsn where the log ends, and goes on
 * @param closedInOrder whether it was closed by its last user; a new log counts as closed
 * @param cutBytes the bytes after the last whole record that were cut off: what a crash left of the last writes
 * @param cutRecords whole records among those bytes, which follow a lost one. Only a power cut leaves such, and only
 *     of what was never forced
 */
public record RecoveryReport(long endLsn, boolean closedInOrder, long cutBytes, int cutRecords) {}
