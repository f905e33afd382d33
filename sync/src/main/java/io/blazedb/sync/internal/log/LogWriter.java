package io.blazedb.sync.internal.log;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Appends records, and goes on to the next segment when one is full. Used under the append lock only; an append
 * allocates nothing and calls no system, except where a segment ends.
 */
final class LogWriter {
    private static final byte[] NOTHING = {};
    /** The next segment is made when this part of a segment is written. */
    private static final int PREPARE_AFTER = 4;

    private final LogOptions options;
    private final Segments segments;
    private final PublicationWindow window;
    private final NextSegment nextSegment;
    private final @Nullable LogKey key;
    private final int extraBytes;
    private @Nullable Segment last;
    private @Nullable Segment active;
    private @Nullable RecordChecksum checksum;
    private @Nullable RecordCipher cipher;
    private int position;
    private int prepareAt;

    /** Goes on in the last segment at this offset; an empty log gets its first segment with its first record. */
    LogWriter(
            LogOptions options,
            Segments segments,
            PublicationWindow window,
            NextSegment nextSegment,
            int position,
            @Nullable LogKey key) {
        this.options = options;
        this.segments = segments;
        this.window = window;
        this.nextSegment = nextSegment;
        this.position = position;
        this.key = key;
        this.extraBytes = key == null ? 0 : RecordCipher.EXTRA_BYTES;
        int count = segments.all().size();
        last = count == 0 ? null : segments.all().get(count - 1);
    }

    long append(byte type, byte[] payload, int offset, int length) throws IOException {
        int bytes = RecordLayout.bytes(length + extraBytes);
        Segment segment = active;
        if (segment == null || bytes > segment.capacity() - segment.endBytes() - position) {
            segment = segmentFor(bytes);
        }
        long lsn = segment.base() + position;
        write(segment, lsn, type, payload, offset, length);
        window.appended(lsn, lsn + bytes);
        if (position > prepareAt && !nextSegment.isPrepared()) {
            nextSegment.prepare(segment, after(segment, 0));
        }
        return lsn;
    }

    /** Writes down that the log ends here. Everything must be durable by now. */
    void markClosed() throws IOException {
        Segment segment = last;
        SegmentLayout.Mark mark = new SegmentLayout.Mark(position, true);
        if (segment != null && !SegmentLayout.readMark(segment.buffer()).equals(mark)) {
            SegmentLayout.writeMark(segment.buffer(), mark);
            segment.forceHeader();
        }
    }

    private void write(Segment segment, long lsn, byte type, byte[] payload, int offset, int length) {
        if (key == null) {
            put(segment, lsn, type, payload, offset, length);
        } else {
            byte[] encrypted = cipher(key, segment).encrypt(lsn, type, payload, offset, length);
            put(segment, lsn, type, encrypted, 0, length + extraBytes);
        }
    }

    private RecordCipher cipher(LogKey of, Segment segment) {
        RecordCipher known = cipher;
        if (known == null) {
            known = of.ofRecords(segment.logId());
            cipher = known;
        }
        return known;
    }

    private void put(Segment segment, long lsn, byte type, byte[] payload, int offset, int length) {
        RecordChecksum sum = checksum;
        if (sum == null) {
            sum = new RecordChecksum(segment.logId());
            checksum = sum;
        }
        int crc = sum.of(lsn, type, payload, offset, length);
        RecordLayout.write(segment.buffer(), position, crc, lsn, type, payload, offset, length);
        position += RecordLayout.bytes(length);
    }

    private Segment segmentFor(int bytes) throws IOException {
        Segment current = last;
        if (current != null && active == null) {
            reopen(current);
            if (bytes <= current.capacity() - current.endBytes() - position) {
                return current;
            }
        }
        return roll(current, bytes);
    }

    /** From now on the log does not end where it was closed; the disk must know before it gets more. */
    private void reopen(Segment segment) throws IOException {
        if (SegmentLayout.readMark(segment.buffer()).closed()) {
            SegmentLayout.writeMark(segment.buffer(), new SegmentLayout.Mark(position, false));
            segment.forceHeader();
        }
        use(segment);
    }

    /** The next segment is on the disk before END says that there is one. */
    private Segment roll(@Nullable Segment full, int bytes) throws IOException {
        Segment next = full == null ? nextSegment.first(first(bytes)) : nextSegment.take(full, after(full, bytes));
        if (full != null) {
            write(full, full.base() + position, RecordLayout.END, NOTHING, 0, 0);
            full.seal(position);
        }
        segments.add(next);
        if (cipher != null) {
            cipher.renew();
        }
        position = SegmentLayout.HEADER_BYTES;
        use(next);
        return next;
    }

    private void use(Segment segment) {
        active = segment;
        last = segment;
        prepareAt = segment.capacity() / PREPARE_AFTER;
    }

    private SegmentLayout.Header first(int bytes) {
        return new SegmentLayout.Header(
                LogId.random(),
                1,
                window.end() - SegmentLayout.HEADER_BYTES,
                capacity(options.firstSegmentBytes(), bytes),
                key != null);
    }

    private SegmentLayout.Header after(Segment segment, int bytes) {
        int capacity = capacity(options.bytesAfter(segment.capacity()), bytes);
        return new SegmentLayout.Header(
                segment.logId(), segment.number() + 1, segment.nextBase(), capacity, key != null);
    }

    private int capacity(int usual, int bytes) {
        int needed = SegmentLayout.HEADER_BYTES + bytes + RecordLayout.END_BYTES + extraBytes;
        return needed <= usual ? usual : Math.max(needed, options.segmentBytes());
    }
}
