package io.blazedb.sync.internal.log;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The bytes of a segment, big-endian. A segment is a file {@code log-<number>} of {@code capacity} bytes, made of zeros
 * before it is used:
 *
 * <pre>
 *     0 +--------------------------------+
 *       | magic "BLAZELOG"            u64|
 *     8 | format version              u32|   2 of an encrypted log
 *    12 | capacity                    u32|
 *    16 | log id                 16 bytes|
 *    32 | segment number              u64|
 *    40 | base lsn                    u64|   the LSN of byte 0
 *    48 | crc32c of bytes 0 to 47     u32|
 *    52 | 0                           u32|
 *    56 | durable mark                u64|   changes; everything above does not
 *    64 | 0 ...                          |
 *  4096 +--------------------------------+
 *       | records ({@link RecordLayout}), END |
 *       | 0 ...                          |
 *       +--------------------------------+ capacity
 * </pre>
 *
 * <p>The durable mark is {@code u1 closed | u31 offset | u32 crc32c(first half, base lsn)}, written by one store after
 * each force: the bytes below {@code offset} were durable then. It tells a torn tail, which a crash leaves above the
 * mark, from damage below. {@code closed} says that the log ends exactly there.
 */
final class SegmentLayout {
    static final int HEADER_BYTES = 4096;

    private static final long MAGIC = 0x424c415a454c4f47L; // BLAZELOG
    private static final int VERSION = 1;
    /** Its payloads are encrypted ({@link RecordCipher}); nothing else is different. */
    private static final int ENCRYPTED_VERSION = 2;

    private static final int VERSION_OFFSET = 8;
    private static final int CAPACITY = 12;
    private static final int LOG_ID = 16;
    private static final int NUMBER = 32;
    private static final int BASE = 40;
    private static final int CRC = 48;
    private static final int MARK = 56;
    private static final int CLOSED = 1 << 31;

    /** The part of the header that does not change. */
    record Header(LogId logId, long number, long base, int capacity, boolean encrypted) {
        Header(LogId logId, long number, long base, int capacity) {
            this(logId, number, base, capacity, false);
        }
    }

    /** How far a segment is known to be durable, and whether the log ends there. */
    record Mark(int offset, boolean closed) {
        static final Mark NONE = new Mark(HEADER_BYTES, false);
    }

    private SegmentLayout() {}

    static void write(ByteBuffer segment, Header header) {
        segment.putLong(0, MAGIC);
        segment.putInt(VERSION_OFFSET, header.encrypted ? ENCRYPTED_VERSION : VERSION);
        segment.putInt(CAPACITY, header.capacity);
        segment.putLong(LOG_ID, header.logId.high());
        segment.putLong(LOG_ID + Long.BYTES, header.logId.low());
        segment.putLong(NUMBER, header.number);
        segment.putLong(BASE, header.base);
        segment.putInt(CRC, headerCrc(segment));
    }

    static Header read(ByteBuffer segment, String file) {
        if (segment.capacity() < HEADER_BYTES) {
            throw damaged(file, segment.capacity(), "the file ends inside its header of " + HEADER_BYTES + " bytes");
        }
        if (segment.getLong(0) != MAGIC) {
            throw damaged(
                    file,
                    0,
                    "found " + Long.toHexString(segment.getLong(0)) + " where a log segment has "
                            + Long.toHexString(MAGIC));
        }
        int version = segment.getInt(VERSION_OFFSET);
        if (Integer.compareUnsigned(version, ENCRYPTED_VERSION) > 0 && segment.getInt(CRC) == headerCrc(segment)) {
            throw new LogFormatException(
                    file + " has format version " + Integer.toUnsignedString(version) + " (known: up to "
                            + ENCRYPTED_VERSION + "); open the database with a newer version of this driver");
        }
        if (segment.getInt(CRC) != headerCrc(segment)) {
            throw damaged(file, CRC, "the check sum of the header is wrong");
        }
        return new Header(
                new LogId(segment.getLong(LOG_ID), segment.getLong(LOG_ID + Long.BYTES)),
                segment.getLong(NUMBER),
                segment.getLong(BASE),
                segment.getInt(CAPACITY),
                version == ENCRYPTED_VERSION);
    }

    static void writeMark(ByteBuffer segment, Mark mark) {
        int state = mark.closed ? mark.offset | CLOSED : mark.offset;
        segment.putLong(MARK, ((long) state << 32) | (markCrc(state, segment) & 0xffff_ffffL));
    }

    /** {@link Mark#NONE} before the first force, and if the mark itself is damaged. */
    static Mark readMark(ByteBuffer segment) {
        long mark = segment.getLong(MARK);
        int state = (int) (mark >>> 32);
        int offset = state & ~CLOSED;
        if ((int) mark != markCrc(state, segment) || offset < HEADER_BYTES) {
            return Mark.NONE;
        }
        return new Mark(offset, (state & CLOSED) != 0);
    }

    private static int headerCrc(ByteBuffer segment) {
        CRC32C crc = new CRC32C();
        crc.update(segment.duplicate().limit(CRC).position(0));
        return (int) crc.getValue();
    }

    private static int markCrc(int state, ByteBuffer segment) {
        CRC32C crc = new CRC32C();
        byte[] bytes = new byte[Integer.BYTES + Long.BYTES];
        ByteBuffer.wrap(bytes).putInt(0, state).putLong(Integer.BYTES, segment.getLong(BASE));
        crc.update(bytes, 0, bytes.length);
        return (int) crc.getValue();
    }

    private static LogCorruptedException damaged(String file, int offset, String found) {
        return new LogCorruptedException(LogCorruptedException.Damage.HEADER, file, offset, -1, found);
    }
}
