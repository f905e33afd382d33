package io.blazedb.sync.internal.crypto;

/** An invitation as the members see it. */
public record Invited(MembershipChange.Invite invite, Use use) {
    /** What became of it. */
    public enum Use {
        OPEN,
        USED,
        WITHDRAWN
    }

    /** Whether it can still be used. */
    boolean isOpenAt(long millis) {
        return use == Use.OPEN && millis <= invite.expiresMillis();
    }
}
