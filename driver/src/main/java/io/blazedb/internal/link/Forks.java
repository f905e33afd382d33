package io.blazedb.internal.link;

import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.internal.node.Facts;
import io.blazedb.internal.node.ParkedStatus;
import io.blazedb.sync.NodeId;
import io.blazedb.sync.OriginId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The origins under which two nodes accepted different operations, as facts of both. Their operations are not exchanged
 * any more: the rows are, once, and merge. Safe for use by several threads.
 */
final class Forks {
    private static final String FORK = "fork.";

    private final Facts facts;
    private final Disowned disowned;
    private final Set<OriginId> origins = ConcurrentHashMap.newKeySet();

    Forks(Facts facts) {
        this.facts = facts;
        this.disowned = new Disowned(facts);
        facts.startingWith(FORK).keySet().forEach(name -> origins.add(originIn(name)));
    }

    private static OriginId originIn(String name) {
        return OriginId.parse(name.substring(0, name.indexOf('.')));
    }

    boolean has(OriginId origin) {
        return origins.contains(origin);
    }

    boolean has(OriginId origin, NodeId peer) {
        return facts.get(FORK + origin + "." + peer) != null;
    }

    void add(OriginId origin, long lastCommon, NodeId peer) {
        RecordBuffer out = new RecordBuffer(20);
        out.putVarint(lastCommon);
        out.putLong(System.currentTimeMillis());
        facts.put(FORK + origin + "." + peer, out.toByteArray());
        origins.add(origin);
    }

    /** What had been accepted from authors who have written it again since. */
    Disowned disowned() {
        return disowned;
    }

    /** @param own the origins of this node */
    List<ParkedStatus> parked(List<OriginId> own) {
        List<ParkedStatus> all = new ArrayList<>(disowned.parked(own));
        for (Map.Entry<String, byte[]> fork : facts.startingWith(FORK).entrySet()) {
            RecordInput in = new RecordInput(fork.getValue());
            long lastCommon = in.readVarint();
            all.add(new ParkedStatus(
                    originIn(fork.getKey()).toString(),
                    lastCommon + 1,
                    "FORK",
                    "nothing: other operations have these numbers at the other node. The rows of both were merged;"
                            + " what lost is in BLAZE.CONFLICTS. Remedy: find out which files were put back",
                    Instant.ofEpochMilli(in.readLong())));
        }
        return all;
    }
}
