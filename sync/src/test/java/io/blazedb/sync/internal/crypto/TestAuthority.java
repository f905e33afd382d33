package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.NodeId;
import io.blazedb.sync.Role;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tokens and members in memory, and how often a token was given out. */
final class TestAuthority implements Authority {
    static final Grant GRANT = new Grant(Role.CLIENT, false, 7);

    private final Map<TokenId, byte[]> verifiers = new HashMap<>();
    private final Map<TokenId, Long> ends = new HashMap<>();
    private final Set<TokenId> used = new HashSet<>();
    private final Map<NodeId, Pin> members = new HashMap<>();

    void issue(Token token, long endMillis) {
        try (TokenVerifier verifier = token.verifier()) {
            verifiers.put(token.id(), verifier.toBytes());
        }
        ends.put(token.id(), endMillis);
    }

    void revoke(TokenId token) {
        verifiers.remove(token);
    }

    void add(NodeId node, byte[] key) {
        members.put(node, Pin.of(key));
    }

    void remove(NodeId node) {
        members.remove(node);
    }

    /** Used by another between the proof and the redeeming. */
    void use(TokenId token) {
        used.add(token);
    }

    int membersAndUsedTokens() {
        return members.size() + used.size();
    }

    @Override
    public Optional<TokenVerifier> verifier(TokenId token, long wallMillis) {
        boolean usable = !used.contains(token) && wallMillis < ends.getOrDefault(token, 0L);
        return Optional.ofNullable(verifiers.get(token))
                .filter(verifier -> usable)
                .map(TokenVerifier::of);
    }

    @Override
    public Optional<Grant> redeem(TokenId token, PeerCard node, long wallMillis) {
        if (!used.add(token)) {
            return Optional.empty();
        }
        add(node.node(), node.dhPublicKey());
        return Optional.of(GRANT);
    }

    @Override
    public Optional<Grant> member(PeerCard node, long membershipIndex, long wallMillis) {
        Pin key = members.get(node.node());
        return key != null && key.matches(node.dhPublicKey()) ? Optional.of(GRANT) : Optional.empty();
    }
}
