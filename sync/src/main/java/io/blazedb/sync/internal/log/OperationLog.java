package io.blazedb.sync.internal.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The log of one database: records in one endless order, each at its LSN. It is there so that a commit is safe before
 * the database's own file is, and so that peers can be told what happened.
 *
 * <p>A record lives through three steps. <b>Appended</b>, it survives the end of the process: it stands in mapped
 * memory. <b>Published</b>, readers see it. <b>Forced</b>, it survives a power cut. A record that was appended, and
 * neither published nor forced, may be found again by the next {@link #open}.
 *
 * <p>Threads: {@link #append} belongs to the holder of {@link #appendLock}; everything else may be called by any
 * thread. Interrupts of calling threads disturb nothing. After an I/O error in writing or forcing, every append and
 * force throws {@link LogFailedException}; readers go on. {@link #close} must come after the last append and publish.
 */
public final class OperationLog implements AutoCloseable {
    /** Larger content is split by the caller. */
    public static final int PAYLOAD_BYTES_MAX = 12 << 20;

    /** Where a log begins that nothing went before. */
    public static final long BEGINNING = SegmentLayout.HEADER_BYTES;

    private final LogDirectory directory;
    private final ReentrantLock appendLock = new ReentrantLock();
    private final LogHealth health;
    private final LogThread thread;
    private final Segments segments;
    private final PublicationWindow window;
    private final ParkedReaders parkedReaders;
    private final NextSegment nextSegment;
    private final LogWriter writer;
    private final GroupForce groupForce;
    private final RecoveryReport recovery;
    private final @Nullable LogKey key;
    private final BlobStore blobs;
    private final Deque<String> trimmed = new ArrayDeque<>();

    private OperationLog(
            LogDirectory directory,
            LogOptions options,
            LogThread thread,
            LogRecovery.Recovered recovered,
            @Nullable LogKey key) {
        this.directory = directory;
        this.key = key;
        this.thread = thread;
        recovery = recovered.report();
        health = new LogHealth(directory.toString());
        segments = new Segments(recovered.segments());
        window = new PublicationWindow(recovery.endLsn());
        parkedReaders = new ParkedReaders(window::visibleEnd);
        nextSegment = new NextSegment(directory, thread);
        writer = new LogWriter(options, segments, window, nextSegment, recovered.position(), key);
        blobs = new BlobStore(directory, thread, health, window::end, key);
        groupForce = new GroupForce(segments, window, thread, health, recovered.durableEnd());
    }

    /**
     * Opens the log in this directory, or an empty one; its first file is made by the first append.
     *
     * @throws LogCorruptedException if durable bytes are damaged or missing
     * @throws LogFormatException if a newer version wrote it
     */
    public static OperationLog open(LogDirectory directory, LogOptions options) throws IOException {
        return open(directory, options, 0);
    }

    /**
     * As {@link #open(LogDirectory, LogOptions)}; an empty log begins at this position or where every log does,
     * whichever is later.
     */
    public static OperationLog open(LogDirectory directory, LogOptions options, long beginning) throws IOException {
        return open(directory, options, beginning, null);
    }

    /**
     * As {@link #open(LogDirectory, LogOptions, long)}, with everything encrypted if there is a key.
     *
     * @throws LogFormatException also if a log without a key is encrypted, or one with a key is not
     */
    public static OperationLog open(LogDirectory directory, LogOptions options, long beginning, @Nullable LogKey key)
            throws IOException {
        LogThread thread = new LogThread("blaze-log");
        boolean done = false;
        try {
            LogRecovery.Recovered recovered = directory.list().isEmpty()
                    ? LogRecovery.nothing(beginning)
                    : thread.call(() -> LogRecovery.recover(directory, key != null, beginning));
            OperationLog log = new OperationLog(directory, options, thread, recovered, key);
            log.openBlobs();
            done = true;
            return log;
        } finally {
            if (!done) {
                thread.close();
            }
        }
    }

    private void openBlobs() throws IOException {
        boolean done = false;
        try {
            blobs.openAll(firstLsn());
            done = true;
        } finally {
            if (!done && health.close()) {
                segments.removeAll().forEach(Segment::unpin);
            }
        }
    }

    /** What opening found: where the log ended, and what was cut off. */
    public RecoveryReport recovery() {
        return recovery;
    }

    /** Orders the appends. The caller holds it while it draws whatever must have the order of the log. */
    public ReentrantLock appendLock() {
        return appendLock;
    }

    /**
     * Appends a record and returns its LSN. Readers see it after {@link #publish}.
     *
     * @throws LogFailedException if the disk is full or broken; the record is not in the log then
     */
    public long append(RecordType type, byte[] payload, int offset, int length) {
        if (!appendLock.isHeldByCurrentThread()) {
            throw new IllegalStateException("append without holding appendLock()");
        }
        if (length > PAYLOAD_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "A payload of " + length + " bytes (expected: <= " + PAYLOAD_BYTES_MAX + ")");
        }
        health.requireUsable();
        try {
            return writer.append(type.code(), payload, offset, length);
        } catch (IOException | InternalError e) {
            throw health.fail(e);
        }
    }

    /** Lets readers see the record at this LSN, once all before it are published too. In any order. */
    public void publish(long lsn) {
        if (window.publish(lsn)) {
            parkedReaders.wake();
        }
    }

    /** Returns when the record at this LSN is durable. All who wait share one force. */
    public void force(long lsn) {
        groupForce.force(lsn);
    }

    /** Whether it takes records: it is open, and no write or force has failed. */
    public boolean isUsable() {
        return health.isUsable();
    }

    /** The 32 hexadecimal digits that no other log has; empty before its first record. */
    public String identity() {
        List<Segment> all = segments.all();
        return all.isEmpty() ? "" : all.get(0).logId().toString();
    }

    /** Has everything appended so far forced by a thread of the log's own, within {@link #forceDelayMillisMax}. */
    public void forceSoon() {
        groupForce.forceSoon();
    }

    public static long forceDelayMillisMax() {
        return GroupForce.FORCE_DELAY_MILLIS_MAX;
    }

    /** Everything below is durable. */
    public long durableEnd() {
        return groupForce.durableEnd();
    }

    /** Readers see everything below. */
    public long visibleEnd() {
        return window.visibleEnd();
    }

    /** The position after the last record, published or not. */
    public long endLsn() {
        return window.end();
    }

    /** Makes every waiting reader look again, whether there is something new or not. */
    public void wakeReaders() {
        parkedReaders.wakeAll();
    }

    /** The first position that is still in the log. */
    public long firstLsn() {
        List<Segment> all = segments.all();
        return all.isEmpty() ? window.end() : all.get(0).firstLsn();
    }

    /** The large values that records name. */
    public BlobStore blobs() {
        return blobs;
    }

    /** How often the disk was asked to make records durable. */
    public long forces() {
        return groupForce.forces();
    }

    /**
     * Waits until readers see something at or beyond this LSN, or the time is up.
     *
     * @return whether {@code visibleEnd() > beyondLsn}
     * @throws LogFailedException if there is nothing to be seen and the log has failed
     */
    public boolean awaitVisible(long beyondLsn, long timeoutNanos) throws InterruptedException {
        return awaitVisible(beyondLsn, timeoutNanos, () -> false);
    }

    /**
     * As {@link #awaitVisible(long, long)}, or until there is no need to wait any more.
     *
     * @param enough whether that is so; who makes it true calls {@link #wakeReaders} after that
     */
    public boolean awaitVisible(long beyondLsn, long timeoutNanos, BooleanSupplier enough) throws InterruptedException {
        if (window.visibleEnd() <= beyondLsn) {
            health.requireUsable();
            parkedReaders.await(beyondLsn, timeoutNanos, enough);
        }
        return window.visibleEnd() > beyondLsn;
    }

    /**
     * A reader of the published records from this LSN on, which is one that a record had or that came after one.
     *
     * @throws LogTrimmedException if the log does not reach back so far
     */
    public LogReader reader(long fromLsn) {
        return reader(fromLsn, window::visibleEnd);
    }

    /** A reader of what was in the log when it was opened. */
    public LogReader recoveryReader(long fromLsn) {
        return reader(fromLsn, recovery::endLsn);
    }

    private LogReader reader(long fromLsn, LongSupplier limit) {
        if (fromLsn < firstLsn()) {
            throw new LogTrimmedException(fromLsn, firstLsn());
        }
        if (fromLsn > limit.getAsLong()) {
            throw new IllegalArgumentException(
                    "LSN " + fromLsn + " is not in the log, which ends at " + limit.getAsLong());
        }
        return new LogReader(segments, fromLsn, limit, key);
    }

    /**
     * Deletes the segments that lie below this LSN as a whole, and the blobs that only their records name. A reader
     * that stands in one of them can finish it and fails at the next one.
     */
    public void trim(long lsn) {
        if (lsn > visibleEnd()) {
            throw new IllegalArgumentException("Trim to LSN " + lsn + " (expected: <= " + visibleEnd() + ")");
        }
        health.requireUsable();
        if (lsn > durableEnd()) {
            force(lsn - 1);
        }
        synchronized (trimmed) {
            for (Segment segment : segments.removeBelow(lsn)) {
                segment.unpin();
                trimmed.add(segment.name());
            }
            deleteTrimmed();
        }
    }

    /** In log order, so that what is left after a crash has no gap. What cannot be deleted now is tried again later. */
    private void deleteTrimmed() {
        boolean names = !trimmed.isEmpty();
        try {
            while (!trimmed.isEmpty()) {
                directory.delete(trimmed.element());
                trimmed.remove();
            }
            blobs.trim(firstLsn());
            if (names) {
                thread.call(this::forceNames);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Segments that were trimmed could not be deleted from " + directory, e);
        }
    }

    private boolean forceNames() throws IOException {
        directory.force();
        return true;
    }

    /** Forces what was appended, and marks the log as closed in order, unless it has failed. */
    @Override
    public void close() {
        appendLock.lock();
        try {
            boolean sound = health.isUsable();
            if (sound && window.end() > durableEnd()) {
                groupForce.force(window.end() - 1);
            }
            if (health.close()) {
                release(sound);
            }
        } catch (IOException e) {
            throw health.fail(e);
        } finally {
            appendLock.unlock();
            parkedReaders.wakeAll();
        }
    }

    private void release(boolean sound) throws IOException {
        try {
            nextSegment.discard();
            blobs.close();
            if (sound) {
                writer.markClosed();
            }
        } finally {
            segments.removeAll().forEach(Segment::unpin);
            thread.close();
        }
    }
}
