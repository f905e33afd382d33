package io.blazedb.sync.internal.store;

import io.blazedb.sync.Frame;
import io.blazedb.sync.FrameBatch;
import io.blazedb.sync.FrameHead;
import io.blazedb.sync.FrameRefusedException;
import io.blazedb.sync.FrameStore;
import io.blazedb.sync.FrameStoreLimits;
import io.blazedb.sync.Hash;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.internal.log.LogDirectory;
import io.blazedb.sync.internal.log.LogOptions;
import io.blazedb.sync.internal.log.MemoryLogDirectory;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;

/** Stores to test, and frames to put into them. */
final class Stores {
    static final LogOptions SMALL = new LogOptions(1 << 14, 1 << 16);
    static final FrameStoreLimits WIDE = new FrameStoreLimits(1L << 40, 1L << 40, 1 << 20, 1 << 26, 0);
    static final LongSupplier MUCH = () -> Long.MAX_VALUE;

    private Stores() {}

    static FrameStore open(LogDirectory frames) throws IOException {
        return LogFrameStore.open(frames, new MemoryLogDirectory(), SMALL, WIDE, MUCH);
    }

    static FrameStore open(FrameStoreLimits limits, LongSupplier free) throws IOException {
        return LogFrameStore.open(new MemoryLogDirectory(), new MemoryLogDirectory(), SMALL, limits, free);
    }

    static OriginId origin(int number) {
        return new OriginId(number, 77);
    }

    /** A batch after this head, with frames of this many bytes. */
    static FrameBatch after(FrameHead head, int count, int bytes, Random random) {
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] content = new byte[bytes];
            random.nextBytes(content);
            frames.add(new Frame(hash(content, random.nextLong()), content));
        }
        byte[] seal = new byte[random.nextInt(65)];
        random.nextBytes(seal);
        return new FrameBatch(head.origin(), head.seq() + 1, head.hash(), frames, seal);
    }

    static Hash hash(byte[] content, long salt) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(Long.toString(salt).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            return Hash.of(digest.digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** Everything of an origin from this frame on, read in steps. */
    static List<FrameBatch> readAll(FrameStore store, OriginId origin, long from, int step)
            throws FrameRefusedException {
        List<FrameBatch> all = new ArrayList<>();
        List<FrameBatch> some = store.read(origin, from, step);
        while (!some.isEmpty()) {
            all.addAll(some);
            some = store.read(origin, all.get(all.size() - 1).to() + 1, step);
        }
        return all;
    }
}
