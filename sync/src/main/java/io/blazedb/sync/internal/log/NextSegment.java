package io.blazedb.sync.internal.log;

import java.io.IOException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Makes segments, and keeps one ready ahead of its use. Used under the append lock only. */
final class NextSegment {
    static final String UNFINISHED = ".new";

    private final LogDirectory directory;
    private final LogThread thread;
    private SegmentLayout.@Nullable Header header;
    private @Nullable Future<Segment> segment;

    NextSegment(LogDirectory directory, LogThread thread) {
        this.directory = directory;
        this.thread = thread;
    }

    boolean isPrepared() {
        return segment != null;
    }

    /** Starts to make it in the background. */
    void prepare(SegmentLayout.Header next) {
        header = next;
        segment = thread.start(() -> make(next));
    }

    /**
     * The prepared segment if it is this one, else a new one. A preparation that failed is tried once more: there may
     * be space again.
     */
    Segment take(SegmentLayout.Header wanted) throws IOException {
        Future<Segment> prepared = segment;
        if (prepared != null && wanted.equals(header)) {
            segment = null;
            try {
                return LogThread.result(prepared);
            } catch (IOException e) {
                return makeAfter(e, wanted);
            }
        }
        discard();
        return thread.call(() -> make(wanted));
    }

    /** Deletes the prepared segment. */
    void discard() throws IOException {
        Segment unused = unused();
        if (unused != null) {
            unused.unpin();
            directory.delete(unused.name());
        }
    }

    /** A preparation that failed left nothing behind, and nobody needed it yet: no error. */
    private @Nullable Segment unused() {
        Future<Segment> prepared = segment;
        segment = null;
        if (prepared == null) {
            return null;
        }
        try {
            return LogThread.result(prepared);
        } catch (IOException e) {
            return null;
        }
    }

    private Segment makeAfter(IOException failure, SegmentLayout.Header wanted) throws IOException {
        try {
            return thread.call(() -> make(wanted));
        } catch (IOException e) {
            e.addSuppressed(failure);
            throw e;
        }
    }

    /** The file gets its name last, so that a file of this name is whole whatever happens. */
    private Segment make(SegmentLayout.Header next) throws IOException {
        String name = Segment.name(next.number());
        String unfinished = name + UNFINISHED;
        directory.delete(unfinished);
        try (LogFile file = directory.create(unfinished, next.capacity())) {
            SegmentLayout.write(file.buffer(), next);
            file.force(0, SegmentLayout.HEADER_BYTES);
        }
        directory.rename(unfinished, name);
        directory.force();
        return new Segment(directory.open(name), next);
    }
}
