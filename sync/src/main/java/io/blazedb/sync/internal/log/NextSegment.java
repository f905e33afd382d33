package io.blazedb.sync.internal.log;

import java.io.IOException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Makes segments, and keeps one ready ahead of its use. Used under the append lock only. */
final class NextSegment {
    private static final String UNFINISHED = ".new";

    private final LogDirectory directory;
    private final LogThread thread;
    private SegmentLayout.@Nullable Header header;
    private @Nullable Future<Segment> segment;

    NextSegment(LogDirectory directory, LogThread thread) {
        this.directory = directory;
        this.thread = thread;
    }

    /** Whether it is the name of a segment that was being made; others have unfinished files here too. */
    static boolean isUnfinished(String name) {
        return name.endsWith(UNFINISHED) && Segment.number(name.substring(0, name.length() - UNFINISHED.length())) > 0;
    }

    boolean isPrepared() {
        return segment != null;
    }

    /** Starts to make it in the background. */
    void prepare(Segment before, SegmentLayout.Header next) {
        header = next;
        segment = thread.start(() -> makeSettled(before, next));
    }

    /**
     * The prepared segment if it is this one, else a new one. A preparation that failed is tried once more: there may
     * be space again.
     */
    Segment take(Segment before, SegmentLayout.Header wanted) throws IOException {
        Future<Segment> prepared = segment;
        if (prepared != null && wanted.equals(header)) {
            segment = null;
            try {
                return LogThread.result(prepared);
            } catch (IOException e) {
                return makeAfter(e, before, wanted);
            }
        }
        discard();
        return thread.call(() -> makeSettled(before, wanted));
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

    /** Both attempts can fail for one reason, when the segment before could not be settled: then it is the same. */
    private Segment makeAfter(IOException failure, Segment before, SegmentLayout.Header wanted) throws IOException {
        try {
            return thread.call(() -> makeSettled(before, wanted));
        } catch (IOException e) {
            if (e != failure) {
                e.addSuppressed(failure);
            }
            throw e;
        }
    }

    /**
     * A segment that is in use at once, before it is settled: only the first one of a log, because an append waits for
     * it, and because nothing before it says that it must be there. The first force settles it.
     */
    Segment first(SegmentLayout.Header wanted) throws IOException {
        Segment made = thread.call(() -> make(wanted));
        made.settleWith(new FutureTask<>(() -> settle(made)));
        return made;
    }

    /** A segment follows only one that has its name. */
    private Segment makeSettled(Segment before, SegmentLayout.Header next) throws IOException {
        before.settle(thread);
        Segment made = make(next);
        boolean done = false;
        try {
            settle(made);
            done = true;
            return made;
        } finally {
            if (!done) {
                made.unpin();
            }
        }
    }

    private Segment make(SegmentLayout.Header next) throws IOException {
        String name = Segment.name(next.number()) + UNFINISHED;
        directory.delete(name);
        LogFile file = directory.create(name, next.capacity());
        SegmentLayout.write(file.buffer(), next);
        return new Segment(file, next);
    }

    /** The file gets its name after its bytes, so that a file of this name is whole whatever happens. */
    private Segment settle(Segment segment) throws IOException {
        if (!segment.pin()) {
            throw new IllegalStateException(segment.name() + " was closed while it was made");
        }
        try {
            segment.force(0, segment.capacity());
            directory.rename(segment.name() + UNFINISHED, segment.name());
            directory.force();
            return segment;
        } finally {
            segment.unpin();
        }
    }
}
