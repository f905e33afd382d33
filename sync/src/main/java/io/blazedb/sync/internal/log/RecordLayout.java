package io.blazedb.sync.internal.log;

import java.nio.ByteBuffer;

/**
 * The bytes of a record, big-endian:
 *
 * <pre>
 *  0        4        8                 16  17
 *  +--------+--------+-----------------+---+-----------------+
 *  | length | crc32c |       lsn       |typ| payload ...     |
 *  +--------+--------+-----------------+---+-----------------+
 * </pre>
 *
 * <p>{@code length} counts the whole record, so it is never 0: a 0 is where the written part of a segment ends. {@code
 * crc32c} covers the id of the log, lsn, type and payload, so bytes of another log or another place are no record
 * here. {@code lsn} is the position of the record in the endless log. A record of type {@link #END} and without
 * payload closes a segment: the next record is the first one of the next segment.
 */
final class RecordLayout {
    static final int HEADER_BYTES = 17;
    /** Kept free in each segment for its END record. */
    static final int END_BYTES = HEADER_BYTES;

    static final byte END = 0x7f;

    private static final int LENGTH = 0;
    private static final int CRC = 4;
    private static final int LSN = 8;
    private static final int TYPE = 16;
    private static final int PAYLOAD = HEADER_BYTES;

    private RecordLayout() {}

    static int bytes(int payloadLength) {
        return HEADER_BYTES + payloadLength;
    }

    static void write(
            ByteBuffer segment, int position, int crc, long lsn, byte type, byte[] payload, int offset, int length) {
        segment.put(position + PAYLOAD, payload, offset, length);
        segment.putInt(position + LENGTH, bytes(length));
        segment.putInt(position + CRC, crc);
        segment.putLong(position + LSN, lsn);
        segment.put(position + TYPE, type);
    }

    static int length(ByteBuffer segment, int position) {
        return segment.getInt(position + LENGTH);
    }

    static int crc(ByteBuffer segment, int position) {
        return segment.getInt(position + CRC);
    }

    static long lsn(ByteBuffer segment, int position) {
        return segment.getLong(position + LSN);
    }

    static byte type(ByteBuffer segment, int position) {
        return segment.get(position + TYPE);
    }

    static int payload(int position) {
        return position + PAYLOAD;
    }
}
