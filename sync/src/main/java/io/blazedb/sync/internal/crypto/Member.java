package io.blazedb.sync.internal.crypto;

/**
 * A node that is, or was, a member.
 *
 * @param standing whether it still is
 */
public record Member(NodeCard card, Rights rights, Standing standing) {
    /** Where a member is in its life. */
    public enum Standing {
        ACTIVE,
        /** Silent for too long: a member, but nobody waits for it and it begins anew when it is back. */
        LAPSED,
        /** For ever. */
        REMOVED
    }

    boolean isAdminAt(long millis) {
        return rights.admin() && standing == Standing.ACTIVE && !rights.endedAt(millis);
    }
}
