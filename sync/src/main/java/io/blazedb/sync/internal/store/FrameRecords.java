package io.blazedb.sync.internal.store;

import io.blazedb.sync.Dependency;
import io.blazedb.sync.Frame;
import io.blazedb.sync.FrameBatch;
import io.blazedb.sync.FrameHead;
import io.blazedb.sync.FrameStore;
import io.blazedb.sync.Hash;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.internal.wire.ByteReader;
import io.blazedb.sync.internal.wire.ByteWriter;
import io.blazedb.sync.internal.wire.MalformedException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The payloads of a relay's log, big-endian; {@code v} is an unsigned number of seven bits a byte.
 *
 * <pre>
 * FRAMES  version u8 | origin 16 | before u64 | from u64 | previous hash 32 | seal: v, bytes
 *         | v frames, each: hash 32, v, bytes
 * FACT    version u8 | v origins, each: origin 16, cut u64
 * BASE    version u8 | v origins, each: origin 16, head u64, hash of the head 32, cut u64
 * </pre>
 *
 * <p>{@code before} is the LSN of the batch before this one of the same origin, 0 for its first: who looks for a frame
 * walks back from a later one.
 */
final class FrameRecords {
    private static final int VERSION = 1;
    static final int HEAD_BYTES = OriginId.BYTES + 2 * Long.BYTES + Hash.BYTES;
    /** A base record is at most this long: 16 Ki of 64 bytes. */
    static final int HEADS_MAX = 1 << 14;

    private static final int CUTS_MAX = 1 << 18;
    private static final int FRAME_BYTES_MIN = Hash.BYTES + 1;

    /** A batch, and where the one before it is. */
    record Stored(FrameBatch batch, long before) {}

    private FrameRecords() {}

    static byte[] frames(FrameBatch batch, long before) {
        ByteWriter out = new ByteWriter((int) batch.size() + batch.frames().size() * (FRAME_BYTES_MIN + 4) + 128);
        out.u8(VERSION).raw(batch.origin().toBytes()).u64(before).u64(batch.from());
        out.raw(batch.previous().toBytes());
        writeBytes(out, batch.seal()).varint(batch.frames().size());
        for (Frame frame : batch.frames()) {
            writeBytes(out.raw(frame.hash().toBytes()), frame.bytes());
        }
        return out.toByteArray();
    }

    private static ByteWriter writeBytes(ByteWriter out, ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return out.bytes(copy);
    }

    static Stored readFrames(ByteBuffer payload) throws MalformedException {
        ByteReader in = begin(payload);
        OriginId origin = OriginId.of(in.raw(OriginId.BYTES, "origin"));
        long before = in.u64("batch before");
        long from = in.u64("first frame");
        Hash previous = hash(in);
        byte[] seal = in.bytes(FrameStore.BATCH_BYTES_MAX, "seal");
        int count = in.count(FRAME_BYTES_MIN, FrameStore.BATCH_FRAMES_MAX, "frames");
        if (from < 1 || count < 1) {
            throw new MalformedException("batch of " + count + " frames from " + from + " (expected: some, from 1)");
        }
        List<Frame> frames = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Hash hash = hash(in);
            frames.add(new Frame(hash, in.bytes(FrameStore.BATCH_BYTES_MAX, "frame")));
        }
        in.end("batch");
        return new Stored(new FrameBatch(origin, from, previous, frames, seal), before);
    }

    static byte[] cuts(List<Dependency> cuts) {
        ByteWriter out = new ByteWriter().u8(VERSION).varint(cuts.size());
        cuts.forEach(cut -> out.raw(cut.origin().toBytes()).u64(cut.seq()));
        return out.toByteArray();
    }

    static List<Dependency> readCuts(ByteBuffer payload) throws MalformedException {
        ByteReader in = begin(payload);
        int count = in.count(OriginId.BYTES + Long.BYTES, CUTS_MAX, "cuts");
        List<Dependency> cuts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            cuts.add(new Dependency(OriginId.of(in.raw(OriginId.BYTES, "origin")), in.u64("cut")));
        }
        in.end("cuts");
        return cuts;
    }

    static byte[] heads(List<FrameHead> heads) {
        ByteWriter out = new ByteWriter(heads.size() * HEAD_BYTES + 16);
        out.u8(VERSION).varint(heads.size());
        for (FrameHead head : heads) {
            out.raw(head.origin().toBytes()).u64(head.seq());
            out.raw(head.hash().toBytes()).u64(head.cut());
        }
        return out.toByteArray();
    }

    static List<FrameHead> readHeads(ByteBuffer payload) throws MalformedException {
        ByteReader in = begin(payload);
        int count = in.count(HEAD_BYTES, HEADS_MAX, "heads");
        List<FrameHead> heads = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            OriginId origin = OriginId.of(in.raw(OriginId.BYTES, "origin"));
            long seq = in.u64("head");
            heads.add(new FrameHead(origin, seq, hash(in), in.u64("cut")));
        }
        in.end("heads");
        return heads;
    }

    private static ByteReader begin(ByteBuffer payload) throws MalformedException {
        ByteReader in = new ByteReader(payload);
        int version = in.u8("version");
        if (version != VERSION) {
            throw new MalformedException("record of version " + version + " (known: " + VERSION + ")");
        }
        return in;
    }

    private static Hash hash(ByteReader in) throws MalformedException {
        return Hash.of(in.raw(Hash.BYTES, "hash"));
    }
}
