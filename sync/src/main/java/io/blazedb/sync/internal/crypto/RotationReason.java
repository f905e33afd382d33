package io.blazedb.sync.internal.crypto;

import java.util.Optional;

/** Why a group key is replaced by a new one. */
public enum RotationReason {
    /** The scope has none yet. */
    FIRST,
    /** Somebody who has it may read no more. */
    MEMBER_GONE,
    /** It is seven days old, so that a key that leaked in secret helps for a week only. */
    AGE,
    /** It has sealed 2^32 envelopes, far below what random nonces allow. */
    ENVELOPES;

    static final long AGE_MILLIS_MAX = 7L * 24 * 60 * 60 * 1000;
    static final long ENVELOPES_MAX = 1L << 32;

    /**
     * Whether a key is due, and why.
     *
     * @param epoch of the newest key; 0 when there is none
     * @param memberGone whether one it was wrapped for has left since
     * @param ageMillis since it was announced
     * @param envelopes sealed under it, by all origins together as far as known
     */
    public static Optional<RotationReason> due(long epoch, boolean memberGone, long ageMillis, long envelopes) {
        if (epoch == 0) {
            return Optional.of(FIRST);
        }
        if (memberGone) {
            return Optional.of(MEMBER_GONE);
        }
        if (ageMillis >= AGE_MILLIS_MAX) {
            return Optional.of(AGE);
        }
        return envelopes >= ENVELOPES_MAX ? Optional.of(ENVELOPES) : Optional.empty();
    }
}
