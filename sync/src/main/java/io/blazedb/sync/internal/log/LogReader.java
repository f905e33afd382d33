package io.blazedb.sync.internal.log;

import io.blazedb.sync.internal.crypto.ForgedException;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A forward cursor over the records of a log. It keeps the segment that it stands in from being unmapped, so it must
 * be closed. For one thread at a time; any number of readers may run beside the writers.
 */
public final class LogReader implements AutoCloseable {
    private static final int FIRST_BUFFER_BYTES = 1 << 10;

    private final Segments segments;
    private final LongSupplier limit;
    private final @Nullable LogKey key;
    private @Nullable Segment segment;
    private @Nullable RecordChecksum checksum;
    private @Nullable RecordCipher cipher;
    /** What stands in the file, and what is handed out: the same unless the log is encrypted. */
    private byte[] bytes = new byte[FIRST_BUFFER_BYTES];

    private byte[] clear;
    private ByteBuffer view;
    private int recordBytes;
    private long position;

    LogReader(Segments segments, long position, LongSupplier limit, @Nullable LogKey key) {
        this.segments = segments;
        this.position = position;
        this.limit = limit;
        this.key = key;
        clear = key == null ? bytes : new byte[FIRST_BUFFER_BYTES];
        view = ByteBuffer.wrap(clear).asReadOnlyBuffer();
    }

    /** Where the next record is read. */
    public long position() {
        return position;
    }

    /**
     * The next record; null if there is none to be seen now.
     *
     * @throws LogTrimmedException if the log does not have this position any more
     * @throws LogCorruptedException if the bytes there are no record
     */
    public @Nullable LogRecord next() {
        while (position < limit.getAsLong()) {
            Segment current = current();
            int offset = (int) (position - current.base());
            byte type = load(current, offset);
            if (type == RecordLayout.END) {
                position = current.nextBase() + SegmentLayout.HEADER_BYTES;
            } else {
                long lsn = position;
                position += recordBytes;
                return new LogRecord(lsn, RecordType.of(type, lsn), view, position);
            }
        }
        return null;
    }

    @Override
    public void close() {
        release();
    }

    private Segment current() {
        Segment held = segment;
        if (held != null && position < held.nextBase()) {
            return held;
        }
        release();
        Segment found = segments.pinned(position);
        if (found == null) {
            throw absent();
        }
        segment = found;
        if (checksum == null) {
            checksum = new RecordChecksum(found.logId());
            cipher = key == null ? null : key.ofRecords(found.logId());
        }
        return found;
    }

    private RuntimeException absent() {
        if (segments.all().isEmpty()) {
            return new IllegalStateException("The log is closed");
        }
        return new LogTrimmedException(position, segments.all().get(0).firstLsn());
    }

    /** Copies the payload out before it checks it, so that what was checked is what is handed out. */
    private byte load(Segment from, int offset) {
        ByteBuffer buffer = from.buffer();
        int room = Math.min(buffer.capacity(), from.end()) - offset;
        if (offset < SegmentLayout.HEADER_BYTES || room < RecordLayout.HEADER_BYTES) {
            throw damaged(from, offset, "no record begins here");
        }
        int length = RecordLayout.length(buffer, offset);
        if (length < RecordLayout.HEADER_BYTES || length > room) {
            throw damaged(
                    from,
                    offset,
                    "a record of " + length + " bytes (expected: " + RecordLayout.HEADER_BYTES + " to " + room + ")");
        }
        int payload = length - RecordLayout.HEADER_BYTES;
        byte type = RecordLayout.type(buffer, offset);
        reserve(payload);
        copy(buffer, RecordLayout.payload(offset), payload);
        check(from, offset, type, payload);
        recordBytes = length;
        view.clear().limit(cipher == null ? payload : decrypt(cipher, from, offset, type, payload));
        return type;
    }

    /** The check sum finds what a disk does to a record, the encryption what somebody did. */
    private int decrypt(RecordCipher with, Segment from, int offset, byte type, int payload) {
        try {
            with.decrypt(position, type, ByteBuffer.wrap(bytes, 0, payload), ByteBuffer.wrap(clear));
            return payload - RecordCipher.EXTRA_BYTES;
        } catch (ForgedException e) {
            throw LogCorruptedException.forged(from.name(), offset, position, "a record");
        }
    }

    /** A disk that cannot give a mapped page any more shows as an error of the machine. */
    private void copy(ByteBuffer buffer, int offset, int length) {
        try {
            buffer.get(offset, bytes, 0, length);
        } catch (InternalError e) {
            throw new LogFailedException("The log cannot be read at LSN " + position + "; check the disk", e);
        }
    }

    private void check(Segment from, int offset, byte type, int payload) {
        RecordChecksum sum = checksum;
        if (sum == null) {
            throw new IllegalStateException("A segment is held without a check sum for it");
        }
        long lsn = RecordLayout.lsn(from.buffer(), offset);
        int found = RecordLayout.crc(from.buffer(), offset);
        int computed = sum.of(position, type, bytes, 0, payload);
        if (lsn != position || found != computed) {
            throw damaged(
                    from,
                    offset,
                    String.format(
                            "a record with LSN %d and check sum %08x (expected: %d and %08x)",
                            lsn, found, position, computed));
        }
    }

    private void reserve(int payload) {
        if (payload > bytes.length) {
            bytes = new byte[Math.max(payload, 2 * bytes.length)];
            clear = key == null ? bytes : new byte[bytes.length];
            view = ByteBuffer.wrap(clear).asReadOnlyBuffer();
        }
    }

    private LogCorruptedException damaged(Segment from, int offset, String found) {
        return new LogCorruptedException(LogCorruptedException.Damage.RECORD, from.name(), offset, position, found);
    }

    private void release() {
        if (segment != null) {
            segment.unpin();
            segment = null;
        }
    }
}
