package io.blazedb.sync.internal.crypto;

/**
 * What the responder states for the session.
 *
 * @param wallMillis the responder's wall clock, milliseconds since 1970
 * @param hubEpoch how often the hub's history began anew
 * @param frameBytesMax the largest frame that either side may send
 */
public record Terms(int version, int suite, long wallMillis, long hubEpoch, int frameBytesMax) {
    /** Below this a session could not carry one full record. */
    public static final int FRAME_BYTES_LEAST = 64 * 1024;

    /** A frame's limit unless the responder sets a lower one: 16 MiB, which a fragment of a transaction fits in. */
    public static final int FRAME_BYTES_MAX = 16 * 1024 * 1024;
}
