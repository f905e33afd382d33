package io.blazedb.sync.internal.channel;

import io.blazedb.sync.NodeId;
import io.blazedb.sync.Role;
import io.blazedb.sync.internal.crypto.Authority;
import io.blazedb.sync.internal.crypto.Grant;
import io.blazedb.sync.internal.crypto.PeerCard;
import io.blazedb.sync.internal.crypto.Token;
import io.blazedb.sync.internal.crypto.TokenId;
import io.blazedb.sync.internal.crypto.TokenVerifier;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Tokens and members in memory. */
final class MemoryAuthority implements Authority {
    static final Grant GRANT = new Grant(Role.CLIENT, false, 7);

    private final Map<TokenId, byte[]> verifiers = new HashMap<>();
    private final Map<TokenId, Long> ends = new HashMap<>();
    private final Set<NodeId> members = new HashSet<>();
    /** What a caller has to wait for. */
    volatile Runnable obstacle = () -> {};

    final AtomicInteger questions = new AtomicInteger();
    final AtomicInteger redeemed = new AtomicInteger();

    synchronized void issue(Token token, long endMillis) {
        try (TokenVerifier verifier = token.verifier()) {
            verifiers.put(token.id(), verifier.toBytes());
        }
        ends.put(token.id(), endMillis);
    }

    synchronized void remove(NodeId node) {
        members.remove(node);
    }

    @Override
    public Optional<TokenVerifier> verifier(TokenId token, long wallMillis) {
        questions.incrementAndGet();
        obstacle.run();
        synchronized (this) {
            boolean usable = wallMillis < ends.getOrDefault(token, 0L);
            return Optional.ofNullable(verifiers.get(token))
                    .filter(verifier -> usable)
                    .map(TokenVerifier::of);
        }
    }

    @Override
    public synchronized Optional<Grant> redeem(TokenId token, PeerCard node, long wallMillis) {
        if (verifiers.remove(token) == null) {
            return Optional.empty();
        }
        members.add(node.node());
        redeemed.incrementAndGet();
        return Optional.of(GRANT);
    }

    @Override
    public Optional<Grant> member(PeerCard node, long membershipIndex, long wallMillis) {
        questions.incrementAndGet();
        obstacle.run();
        synchronized (this) {
            return members.contains(node.node()) ? Optional.of(GRANT) : Optional.empty();
        }
    }
}
