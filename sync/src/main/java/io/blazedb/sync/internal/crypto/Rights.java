package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.Role;

/**
 * What a member may do.
 *
 * @param admin whether it may change who is a member
 * @param notAfterMillis when it ends, or {@link #ENDLESS}
 */
public record Rights(Role role, boolean admin, long notAfterMillis) {
    public static final long ENDLESS = Long.MAX_VALUE;

    public Rights {
        if (notAfterMillis < 0) {
            throw new IllegalArgumentException("end of rights " + notAfterMillis + " (expected: >= 0)");
        }
    }

    boolean endedAt(long millis) {
        return millis > notAfterMillis;
    }
}
