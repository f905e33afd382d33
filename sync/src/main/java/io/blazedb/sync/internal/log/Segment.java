package io.blazedb.sync.internal.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One file of the log while it is open. It counts who uses its memory, and gives the memory back after the last one:
 * whoever is not the writer under the append lock pins a segment before touching its bytes. Safe for several threads.
 */
final class Segment {
    private static final String PREFIX = "log-";

    private final LogFile file;
    private final SegmentLayout.Header header;
    private final AtomicInteger pins = new AtomicInteger(1);
    private volatile int end;
    private volatile @Nullable FutureTask<?> settling;

    Segment(LogFile file, SegmentLayout.Header header) {
        this.file = file;
        this.header = header;
        this.end = header.capacity();
    }

    static String name(long number) {
        return PREFIX + number;
    }

    /** The number of a segment of this name; -1 if it is no name of a segment. */
    static long number(String name) {
        return name.matches(PREFIX + "[1-9][0-9]{0,17}")
                ? Long.parseLong(name, PREFIX.length(), name.length(), 10)
                : -1;
    }

    String name() {
        return name(header.number());
    }

    long number() {
        return header.number();
    }

    /** The LSN of the first byte of the file. */
    long base() {
        return header.base();
    }

    long firstLsn() {
        return header.base() + SegmentLayout.HEADER_BYTES;
    }

    /** The base of the next segment. */
    long nextBase() {
        return header.base() + header.capacity();
    }

    int capacity() {
        return header.capacity();
    }

    /** Whether its payloads are. */
    boolean isEncrypted() {
        return header.encrypted();
    }

    /** The size of its END record. */
    int endBytes() {
        return RecordLayout.END_BYTES + (header.encrypted() ? RecordCipher.EXTRA_BYTES : 0);
    }

    LogId logId() {
        return header.logId();
    }

    ByteBuffer buffer() {
        return file.buffer();
    }

    /** The segment takes nothing more: its END record ends at this offset. */
    void seal(int offset) {
        end = offset;
    }

    /** The offset after its END record; its capacity as long as it has none. */
    int end() {
        return end;
    }

    void force(int from, int to) throws IOException {
        file.force(from, to - from);
    }

    /** Forces the page where the mark of what is durable stands. */
    void forceHeader() throws IOException {
        file.force(0, SegmentLayout.HEADER_BYTES);
    }

    /** The segment is in use before its name is durable: nothing in it counts as durable before this task is done. */
    void settleWith(FutureTask<?> task) {
        settling = task;
    }

    void settle(LogThread thread) throws IOException {
        FutureTask<?> task = settling;
        if (task != null) {
            thread.finish(task);
            settling = null;
        }
    }

    boolean pin() {
        int count = pins.get();
        while (count > 0) {
            if (pins.compareAndSet(count, count + 1)) {
                return true;
            }
            count = pins.get();
        }
        return false;
    }

    void unpin() {
        if (pins.decrementAndGet() == 0) {
            file.close();
        }
    }
}
