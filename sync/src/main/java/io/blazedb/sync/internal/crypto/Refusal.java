package io.blazedb.sync.internal.crypto;

/** Why a membership record does not count. */
public enum Refusal {
    /** Records before it are missing: fetch them. */
    GAP,
    /** It continues another chain, or is another record of a number that is taken. */
    FORK,
    /** The head is further: for a writer, make the record anew on the present head. */
    NOT_HEAD,
    /** A genesis where there is one, or something else where there is none. */
    GENESIS,
    /** It says an earlier time than the record before it, or one that is not now. */
    CLOCK,
    /** Nobody of that id is known. */
    UNKNOWN_SIGNER,
    /** The signature is not the signer's. */
    FORGED,
    /** A member, but no admin, or not any more. */
    NOT_ADMIN,
    /** It is about a node that is no member. */
    UNKNOWN_MEMBER,
    /** It adds what is a member. */
    ALREADY_MEMBER,
    /** It is about a node that was removed: such a node needs new keys, which make it another node. */
    REMOVED_MEMBER,
    /** Without an admin whose rights have no end nobody could ever change anything again. */
    LAST_ADMIN,
    /** The epoch is not the next one, or the key was wrapped before somebody left. */
    EPOCH,
    /** Somebody leaves and a scope would keep its key. */
    KEYS_MISSING,
    /** An origin has another end already. */
    CUT,
    UNKNOWN_INVITATION,
    /** Used, withdrawn or expired. */
    INVITATION_CLOSED,
    /** More members, invitations, hubs or keys than a database may have. */
    LIMIT
}
