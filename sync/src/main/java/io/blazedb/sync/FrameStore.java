package io.blazedb.sync;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a relay keeps of one database without being able to read it: for each origin a chain of frames without a gap,
 * and contents by their id.
 *
 * <p>A frame is there for everybody once it is appended, but the relay may say so to its author only after {@link
 * #force}. Whether a frame is what it says (its hash, its seal, its author's membership) is judged before it comes
 * here; the store holds the chain together. An implementation is safe for several threads.
 */
public interface FrameStore extends AutoCloseable {
    /** What one batch may have, its frames and its seal; a larger transaction comes in several frames. */
    int BATCH_BYTES_MAX = 8 << 20;

    /** How many frames one batch may have: with 32 bytes of hash and 4 of length each, less than {@code 1 << 20}. */
    int BATCH_FRAMES_MAX = 1 << 14;

    /** What a content is. The two are kept apart: one id may name one of each. */
    enum Content {
        /** A part of a large value. */
        BLOB,
        /** A part of a snapshot, or what lists its parts. */
        SNAPSHOT
    }

    /** How far each origin is here, by origin. */
    List<FrameHead> heads();

    /** How far this origin is here; {@link FrameHead#none} if it is not known. */
    FrameHead head(OriginId origin);

    /**
     * Appends a batch if it follows on the head of its origin: its first frame is the next one, and names the last one
     * as the one before it.
     *
     * @return the new head
     * @throws FrameRefusedException if it does not, or a quota is used up; nothing was appended then
     * @throws FrameStoreFailedException if the disk failed; from then on nothing is taken any more
     */
    FrameHead append(FrameBatch batch) throws FrameRefusedException;

    /**
     * Returns when everything appended and cut before the call is durable. All who wait share one force.
     *
     * @throws FrameStoreFailedException if the disk failed: nothing that was appended since may be acknowledged
     */
    void force();

    /**
     * The batches of this origin from the one on that has this frame: as many as fit, at least one if there is one.
     * Empty beyond the head.
     *
     * @throws FrameRefusedException if the frame was cut
     */
    List<FrameBatch> read(OriginId origin, long from, int bytesMax) throws FrameRefusedException;

    /**
     * Gives up the frames up to these, since a snapshot has what they did. Heads stay. What is below a head's cut
     * already is no error.
     *
     * @throws FrameRefusedException if a frame is not here yet; nothing was cut then
     */
    void cut(VersionVector upTo) throws FrameRefusedException;

    /**
     * Keeps a content under its id; it is durable on return. One that is here already stays as it is.
     *
     * @return whether it was not here
     * @throws FrameRefusedException if it is too large or a quota is used up
     * @throws IOException if it could not be read or written; what is here already is not touched by that
     */
    boolean put(Content kind, Hash id, InputStream content) throws IOException, FrameRefusedException;

    /** How many bytes the content has; empty if it is not here. */
    OptionalLong size(Content kind, Hash id);

    /**
     * Up to so many bytes of a content from this position on; none at its end.
     *
     * @throws FrameRefusedException if there is no such content
     */
    byte[] get(Content kind, Hash id, long position, int bytesMax) throws FrameRefusedException;

    /** The ids of all contents of one kind, in order. */
    List<Hash> contents(Content kind);

    /** Gives a content up; one that is not here is no error. */
    void delete(Content kind, Hash id);

    FrameStoreUsage usage();

    /** Forces what was appended. */
    @Override
    void close();
}
