package io.blazedb.sync.internal.store;

import io.blazedb.sync.Dependency;
import io.blazedb.sync.FrameBatch;
import io.blazedb.sync.FrameHead;
import io.blazedb.sync.FrameRefusedException;
import io.blazedb.sync.FrameRefusedException.Reason;
import io.blazedb.sync.FrameStore;
import io.blazedb.sync.FrameStoreFailedException;
import io.blazedb.sync.FrameStoreLimits;
import io.blazedb.sync.FrameStoreUsage;
import io.blazedb.sync.Hash;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.VersionVector;
import io.blazedb.sync.internal.log.LogDirectory;
import io.blazedb.sync.internal.log.LogException;
import io.blazedb.sync.internal.log.LogOptions;
import io.blazedb.sync.internal.log.LogTrimmedException;
import io.blazedb.sync.internal.log.OperationLog;
import io.blazedb.sync.internal.log.RecordType;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A frame store in the files of two directories: frames in an {@link OperationLog}, contents in {@link ContentFiles}.
 *
 * <p>One log holds the frames of all origins in the order in which they came. Cutting takes effect at once; space is
 * freed as whole segments of the log, when no origin needs a frame in them any more. Before that, the heads of all
 * origins are written anew at the end of the log, so that an origin whose frames are all gone is still known.
 *
 * <p>Safe for several threads. Interrupts of callers disturb nothing.
 */
public final class LogFrameStore implements FrameStore {
    /** Less than this is not worth writing down all heads. */
    private static final long TRIM_BYTES_MIN = 1 << 18;
    /** What is freed is this many times what writing down the heads takes. */
    private static final long TRIM_SHARE = 4;

    private final OperationLog log;
    private final Chains chains;
    private final ContentFiles contents;
    private final FrameStoreLimits limits;
    private final LongSupplier freeBytes;

    private LogFrameStore(
            OperationLog log, Chains chains, ContentFiles contents, FrameStoreLimits limits, LongSupplier freeBytes) {
        this.log = log;
        this.chains = chains;
        this.contents = contents;
        this.limits = limits;
        this.freeBytes = freeBytes;
    }

    /**
     * Opens what is in these directories, which are nobody else's.
     *
     * @param freeBytes asked before each append: what is free on the disk
     * @throws FrameStoreFailedException if what was durable is damaged or missing, or a newer version wrote it
     */
    public static LogFrameStore open(
            LogDirectory frames,
            LogDirectory contents,
            LogOptions options,
            FrameStoreLimits limits,
            LongSupplier freeBytes)
            throws IOException {
        OperationLog log = failing(() -> openLog(frames, options));
        boolean done = false;
        try {
            Chains chains = failing(() -> Chains.read(log));
            LogFrameStore store = new LogFrameStore(log, chains, ContentFiles.open(contents), limits, freeBytes);
            done = true;
            return store;
        } finally {
            if (!done) {
                log.close();
            }
        }
    }

    private static OperationLog openLog(LogDirectory frames, LogOptions options) {
        try {
            return OperationLog.open(frames, options);
        } catch (IOException e) {
            throw new FrameStoreFailedException("The frames in " + frames + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static <T> T failing(Supplier<T> action) {
        try {
            return action.get();
        } catch (LogTrimmedException e) {
            throw e;
        } catch (LogException e) {
            throw new FrameStoreFailedException("Frames: " + e.getMessage(), e);
        }
    }

    @Override
    public List<FrameHead> heads() {
        return chains.heads();
    }

    @Override
    public FrameHead head(OriginId origin) {
        OriginChain chain = chains.find(origin);
        return chain == null ? FrameHead.none(origin) : chain.head();
    }

    @Override
    public FrameHead append(FrameBatch batch) throws FrameRefusedException {
        requireSize(batch);
        log.appendLock().lock();
        try {
            FrameHead head = head(batch.origin());
            if (batch.from() != head.seq() + 1 || !batch.previous().equals(head.hash())) {
                throw unfit(batch, head);
            }
            requireRoom(batch);
            OriginChain known = chains.find(batch.origin());
            byte[] payload = FrameRecords.frames(batch, known == null ? 0 : known.lastLsn());
            long lsn = write(RecordType.FRAMES, payload);
            OriginChain chain = chains.make(batch.origin());
            chain.appended(batch, lsn);
            return chain.head();
        } finally {
            log.appendLock().unlock();
        }
    }

    /** With the append lock held. */
    private long write(RecordType type, byte[] payload) {
        return failing(() -> {
            long lsn = log.append(type, payload, 0, payload.length);
            log.publish(lsn);
            return lsn;
        });
    }

    private static void requireSize(FrameBatch batch) throws FrameRefusedException {
        if (batch.size() > BATCH_BYTES_MAX || batch.frames().size() > BATCH_FRAMES_MAX) {
            throw new FrameRefusedException(
                    Reason.TOO_LARGE,
                    batch + " are " + batch.frames().size() + " frames of " + batch.size() + " bytes (expected: <= "
                            + BATCH_FRAMES_MAX + " of <= " + BATCH_BYTES_MAX + ")");
        }
    }

    private FrameRefusedException unfit(FrameBatch batch, FrameHead head) {
        String found = batch + " (expected: from " + (head.seq() + 1) + ")";
        if (batch.from() > head.seq() + 1) {
            return new FrameRefusedException(Reason.GAP, found);
        }
        if (batch.from() == head.seq() + 1) {
            return new FrameRefusedException(
                    Reason.FORKED, batch + " follow on " + batch.previous() + " (expected: " + head.hash() + ")");
        }
        long common = Math.min(batch.to(), head.seq());
        if (common <= head.cut()) {
            return new FrameRefusedException(Reason.REPEATED, found + "; a snapshot has what they did");
        }
        Hash kept;
        try {
            kept = read(batch.origin(), common, 1).get(0).hash(common);
        } catch (FrameRefusedException e) {
            return e;
        }
        return kept.equals(batch.hash(common))
                ? new FrameRefusedException(Reason.REPEATED, found)
                : new FrameRefusedException(
                        Reason.FORKED,
                        "Frame " + common + " of " + batch.origin() + " is " + batch.hash(common) + " (expected: "
                                + kept + ", which is here)");
    }

    private void requireRoom(FrameBatch batch) throws FrameRefusedException {
        OriginChain chain = chains.find(batch.origin());
        if (chain == null && chains.count() >= limits.originsMax()) {
            throw full("A new origin, and " + chains.count() + " are here", limits.originsMax(), "origins");
        }
        long backlog = chain == null ? 0 : chain.liveBytes();
        if (backlog + batch.size() > limits.originBytesMax()) {
            throw full(batch + ", and " + backlog + " bytes of it are here", limits.originBytesMax(), "bytes");
        }
        requireRoom(batch.size(), batch.toString());
    }

    private void requireRoom(long bytes, String what) throws FrameRefusedException {
        long used = logBytes() + contents.bytes();
        if (used + bytes > limits.bytesMax()) {
            throw full(what + ", and " + used + " bytes are here", limits.bytesMax(), "bytes of frames and contents");
        }
        long free = freeBytes.getAsLong();
        if (free - bytes < limits.freeBytesMin()) {
            throw new FrameRefusedException(
                    Reason.FULL,
                    what + ": " + bytes + " bytes, and " + free + " are free on the disk (expected: "
                            + limits.freeBytesMin() + " remain free)");
        }
    }

    private static FrameRefusedException full(String found, long allowed, String unit) {
        return new FrameRefusedException(Reason.FULL, found + " (expected: <= " + allowed + " " + unit + ")");
    }

    private long logBytes() {
        return log.endLsn() - log.firstLsn();
    }

    @Override
    public void force() {
        failing(() -> {
            long end = log.endLsn();
            if (end > log.durableEnd()) {
                log.force(end - 1);
            }
            return end;
        });
    }

    @Override
    public List<FrameBatch> read(OriginId origin, long from, int bytesMax) throws FrameRefusedException {
        OriginChain chain = chains.find(origin);
        long last = chain == null ? 0 : chain.head().seq();
        if (chain == null || from > last) {
            return List.of();
        }
        requireNotCut(chain, from);
        List<FrameBatch> batches = new ArrayList<>();
        try {
            long bytes = 0;
            for (long next = from; next <= last; ) {
                for (FrameBatch batch : walk(chain, next)) {
                    bytes += batch.size();
                    if (bytes > bytesMax && !batches.isEmpty()) {
                        return batches;
                    }
                    batches.add(batch);
                    next = batch.to() + 1;
                }
            }
        } catch (LogTrimmedException e) {
            if (batches.isEmpty()) {
                requireNotCut(chain, from);
                throw new IllegalStateException("Frames that were not cut are gone", e);
            }
        }
        return batches;
    }

    /** The batches from the one that has this frame up to a mark after it. */
    private List<FrameBatch> walk(OriginChain chain, long seq) {
        return failing(() -> BackwardWalk.from(log, chain.walkFrom(seq), seq));
    }

    private static void requireNotCut(OriginChain chain, long from) throws FrameRefusedException {
        FrameHead head = chain.head();
        if (from <= head.cut()) {
            throw new FrameRefusedException(
                    Reason.CUT,
                    "Frame " + from + " of " + head.origin() + " is gone (expected: > " + head.cut()
                            + "). Remedy: begin with a snapshot");
        }
    }

    @Override
    public void cut(VersionVector upTo) throws FrameRefusedException {
        log.appendLock().lock();
        try {
            List<Dependency> cuts = new ArrayList<>();
            for (Dependency wanted : upTo.entries()) {
                FrameHead head = head(wanted.origin());
                if (wanted.seq() > head.seq()) {
                    throw new FrameRefusedException(
                            head.seq() == 0 ? Reason.UNKNOWN : Reason.GAP,
                            "Cut up to frame " + wanted.seq() + " of " + wanted.origin() + " (expected: <= "
                                    + head.seq() + ", which is the last one here)");
                }
                if (wanted.seq() > head.cut()) {
                    cuts.add(wanted);
                }
            }
            for (int begin = 0; begin < cuts.size(); begin += FrameRecords.HEADS_MAX) {
                int end = Math.min(cuts.size(), begin + FrameRecords.HEADS_MAX);
                write(RecordType.FACT, FrameRecords.cuts(cuts.subList(begin, end)));
            }
            chains.cut(cuts);
            trim();
        } finally {
            log.appendLock().unlock();
        }
    }

    /** Gives back to the disk what nobody needs, if it is worth it. With the append lock held. */
    private void trim() {
        long needed = chains.neededFrom(log.endLsn());
        long freed = needed - log.firstLsn();
        long cost = (long) chains.count() * FrameRecords.HEAD_BYTES;
        if (freed < Math.max(TRIM_BYTES_MIN, TRIM_SHARE * cost)) {
            return;
        }
        List<FrameHead> heads = chains.heads();
        for (int begin = 0; begin < heads.size(); begin += FrameRecords.HEADS_MAX) {
            int end = Math.min(heads.size(), begin + FrameRecords.HEADS_MAX);
            write(RecordType.BASE, FrameRecords.heads(heads.subList(begin, end)));
        }
        force();
        failing(() -> {
            log.trim(needed);
            return needed;
        });
    }

    @Override
    public boolean put(Content kind, Hash id, InputStream content) throws IOException, FrameRefusedException {
        long room = limits.bytesMax() - logBytes() - contents.bytes();
        long free = freeBytes.getAsLong() - limits.freeBytesMin();
        return contents.put(kind, id, content, limits.contentBytesMax(), Math.min(room, free));
    }

    @Override
    public OptionalLong size(Content kind, Hash id) {
        return contents.size(kind, id);
    }

    @Override
    public byte[] get(Content kind, Hash id, long position, int bytesMax) throws FrameRefusedException {
        return contents.get(kind, id, position, bytesMax);
    }

    @Override
    public List<Hash> contents(Content kind) {
        return contents.ids(kind);
    }

    @Override
    public void delete(Content kind, Hash id) {
        contents.delete(kind, id);
    }

    @Override
    public FrameStoreUsage usage() {
        return new FrameStoreUsage(chains.count(), chains.liveBytes(), logBytes(), contents.count(), contents.bytes());
    }

    @Override
    public void close() {
        try (contents) {
            failing(() -> {
                log.close();
                return true;
            });
        }
    }
}
