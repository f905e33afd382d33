package io.blazedb.sync;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Frames of one origin that follow on one another, as their author sent them: one seal, his signature, is for all of
 * them, so a relay keeps and hands on batches whole. Immutable; the array is the batch's from its construction on.
 */
public final class FrameBatch {
    private final OriginId origin;
    private final long from;
    private final Hash previous;
    private final List<Frame> frames;
    private final byte[] seal;

    /**
     * A batch of at least one frame.
     *
     * @param from the number of the first frame; an origin begins with 1
     * @param previous the hash of the frame before the first one; {@link Hash#ZERO} if there is none
     * @param seal what the author sent beside the frames: bytes that a relay does not look into
     */
    public FrameBatch(OriginId origin, long from, Hash previous, List<Frame> frames, byte[] seal) {
        if (from < 1 || frames.isEmpty()) {
            throw new IllegalArgumentException(
                    "a batch of " + frames.size() + " frames from " + from + " (expected: some, from 1 or later)");
        }
        this.origin = origin;
        this.from = from;
        this.previous = previous;
        this.frames = List.copyOf(frames);
        this.seal = seal;
    }

    public OriginId origin() {
        return origin;
    }

    /** The number of its first frame. */
    public long from() {
        return from;
    }

    /** The number of its last frame. */
    public long to() {
        return from + frames.size() - 1;
    }

    /** The hash of the frame before the first one. */
    public Hash previous() {
        return previous;
    }

    public List<Frame> frames() {
        return frames;
    }

    /** The hash of the frame with this number. */
    public Hash hash(long seq) {
        return frames.get((int) (seq - from)).hash();
    }

    /** What the author sent beside the frames, read-only. */
    public ByteBuffer seal() {
        return ByteBuffer.wrap(seal).asReadOnlyBuffer();
    }

    /** How many bytes its frames and its seal have. */
    public long size() {
        long size = seal.length;
        for (Frame frame : frames) {
            size += frame.size();
        }
        return size;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FrameBatch that
                && origin.equals(that.origin)
                && from == that.from
                && previous.equals(that.previous)
                && frames.equals(that.frames)
                && Arrays.equals(seal, that.seal);
    }

    @Override
    public int hashCode() {
        return 31 * origin.hashCode() + Long.hashCode(from);
    }

    @Override
    public String toString() {
        return "frames " + from + " to " + to() + " of " + origin;
    }
}
