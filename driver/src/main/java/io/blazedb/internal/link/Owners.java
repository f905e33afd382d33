package io.blazedb.internal.link;

import io.blazedb.internal.node.Facts;
import io.blazedb.sync.NodeId;
import io.blazedb.sync.OriginId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which node writes under which origin; facts that nodes tell each other. Safe for use by several threads. */
final class Owners {
    private static final String OWNER = "owner.";

    private final Facts facts;
    private final Map<OriginId, NodeId> owners = new ConcurrentHashMap<>();

    Owners(Facts facts) {
        this.facts = facts;
        facts.startingWith(OWNER).forEach((origin, node) -> owners.put(OriginId.parse(origin), NodeId.of(node)));
    }

    @Nullable
    NodeId of(OriginId origin) {
        return owners.get(origin);
    }

    Map<OriginId, NodeId> all() {
        return owners;
    }

    void learn(Map<OriginId, NodeId> others) {
        others.forEach((origin, node) -> {
            if (owners.putIfAbsent(origin, node) == null) {
                facts.put(OWNER + origin, node.toBytes());
            }
        });
    }
}
