package io.blazedb.sync.internal.crypto;

import java.util.Optional;

/**
 * Who may come in, as the responder knows it. Called once a handshake, after the initiator has proved its static key
 * and the card has turned out to be of that key. Called by as many threads as handshakes run.
 */
public interface Authority {
    /** What proofs of the token are checked against; empty if it is unknown, used, expired or revoked at that time. */
    Optional<TokenVerifier> verifier(TokenId token, long wallMillis);

    /**
     * Uses the token up for this node, which has proved to know it, and makes the node a member, both or neither; empty
     * if the token was used or revoked meanwhile. Of two that redeem one token at a time, one gets a grant.
     */
    Optional<Grant> redeem(TokenId token, PeerCard node, long wallMillis);

    /** What the node may do; empty if it is no member, was removed, or its membership has ended at that time. */
    Optional<Grant> member(PeerCard node, long membershipIndex, long wallMillis);
}
