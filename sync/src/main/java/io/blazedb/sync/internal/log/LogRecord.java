package io.blazedb.sync.internal.log;

import java.nio.ByteBuffer;

/**
 * A record as a reader hands it out.
 *
 * @param lsn its position
 * @param payload read-only, from position 0 to its limit; valid until the reader's next call
 * @param nextLsn where reading goes on after it
 */
public record LogRecord(long lsn, RecordType type, ByteBuffer payload, long nextLsn) {}
