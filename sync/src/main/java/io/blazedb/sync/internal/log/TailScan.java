package io.blazedb.sync.internal.log;

import java.nio.ByteBuffer;

/** Looks at the bytes of one segment after a crash. Reads only; for one thread. */
final class TailScan {
    /** Disks write or lose whole sectors of at least this size. */
    private static final int SECTOR_BYTES = 512;
    /** So many zeros at its end and a sector counts as lost: a record that was written rarely looks so. */
    private static final int LOST_BYTES = 16;

    private static final int LSN_OFFSET = 8;
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(1 << 16);

    private final ByteBuffer buffer;
    private final ByteBuffer view;
    private final long base;
    private final int limit;
    private final int endBytes;
    private final RecordChecksum checksum;

    TailScan(Segment segment) {
        this.buffer = segment.buffer();
        this.view = buffer.duplicate();
        this.base = segment.base();
        this.limit = Math.min(segment.capacity(), buffer.capacity());
        this.endBytes = segment.endBytes();
        this.checksum = new RecordChecksum(segment.logId());
    }

    /** The length of the whole record at this offset; 0 if there is none. */
    int recordAt(int offset) {
        if (offset < SegmentLayout.HEADER_BYTES || offset > limit - RecordLayout.HEADER_BYTES) {
            return 0;
        }
        int length = RecordLayout.length(buffer, offset);
        if (length < RecordLayout.HEADER_BYTES
                || length > limit - offset
                || RecordLayout.lsn(buffer, offset) != base + offset) {
            return 0;
        }
        byte type = RecordLayout.type(buffer, offset);
        int payload = length - RecordLayout.HEADER_BYTES;
        int crc = checksum.of(base + offset, type, view, RecordLayout.payload(offset), payload);
        return crc == RecordLayout.crc(buffer, offset) ? length : 0;
    }

    /** Whether an END record ends at this offset. */
    boolean isSealedAt(int end) {
        int offset = end - endBytes;
        return recordAt(offset) == endBytes && RecordLayout.type(buffer, offset) == RecordLayout.END;
    }

    /** The end of the whole records that follow each other from here; of END, if it comes. */
    int endOfRecords(int from) {
        int offset = from;
        int length = recordAt(offset);
        while (length > 0) {
            boolean sealed = RecordLayout.type(buffer, offset) == RecordLayout.END;
            offset += length;
            length = sealed ? 0 : recordAt(offset);
        }
        return offset;
    }

    /** The offset of the first whole record at or after this offset, at any byte; -1 if there is none. */
    int nextRecord(int from) {
        int offset = from;
        while (offset <= limit - RecordLayout.HEADER_BYTES) {
            long lsn = buffer.getLong(offset + LSN_OFFSET);
            if (lsn == base + offset && recordAt(offset) > 0) {
                return offset;
            }
            offset = lsn == 0 ? beforeNextWritten(offset) : offset + 1;
        }
        return -1;
    }

    int countRecords(int from) {
        int count = 0;
        int offset = nextRecord(from);
        while (offset >= 0) {
            count++;
            offset = nextRecord(offset + recordAt(offset));
        }
        return count;
    }

    /** The offset after the last byte that is not 0; {@code from} if there is none after it. */
    int endOfWritten(int from) {
        int end = from;
        int offset = nextWritten(from);
        while (offset < limit) {
            end = offset + 1;
            offset = nextWritten(end);
        }
        return end;
    }

    /**
     * Whether a sector between these offsets looks as if it had never reached the disk: it still ends in the first
     * zeros. The record that follows is whole even if such a sector holds the zeros that it begins with.
     */
    boolean hasLostSector(int from, int nextRecord) {
        int to = nextWritten(nextRecord);
        int end = from / SECTOR_BYTES * SECTOR_BYTES + SECTOR_BYTES;
        while (end <= to) {
            int begin = Math.max(from, end - LOST_BYTES);
            if (nextWritten(begin) >= end) {
                return true;
            }
            end += SECTOR_BYTES;
        }
        return false;
    }

    /** The first offset where the LSN of a record could lie over the next byte that is not 0. */
    private int beforeNextWritten(int offset) {
        int written = nextWritten(offset + LSN_OFFSET);
        return Math.max(offset + 1, written - LSN_OFFSET - Long.BYTES + 1);
    }

    /** The offset of the first byte that is not 0 at or after this offset; the limit if there is none. */
    private int nextWritten(int from) {
        int offset = from;
        while (offset < limit) {
            int length = Math.min(ZEROS.capacity(), limit - offset);
            view.limit(offset + length).position(offset);
            int difference = view.mismatch(ZEROS.duplicate().limit(length));
            view.clear();
            if (difference >= 0) {
                return offset + difference;
            }
            offset += length;
        }
        return limit;
    }
}
