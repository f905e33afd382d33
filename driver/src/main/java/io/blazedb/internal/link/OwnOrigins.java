package io.blazedb.internal.link;

import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.internal.capture.TransactionRecord;
import io.blazedb.internal.node.Facts;
import io.blazedb.internal.node.NodeState;
import io.blazedb.internal.node.NodeState.Origin;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.Role;
import io.blazedb.sync.internal.log.RecordType;
import java.util.List;

/**
 * Begins and ends the origins that a node writes under. Each begins with an operation that changes nothing and names
 * everything that the node has. Safe for use by several threads.
 */
final class OwnOrigins {
    private static final String CUT = "node.cut.";

    private final LinkedNode.Host host;
    private final NodeState state;

    OwnOrigins(LinkedNode.Host host, NodeState state) {
        this.host = host;
        this.state = state;
    }

    /** The first operation of an origin: rows older than the node count as written by it. */
    void appendBase() {
        host.log().appendLock().lock();
        try {
            byte[] payload = TransactionRecord.empty(state);
            host.log().publish(host.log().append(RecordType.BASE, payload, 0, payload.length));
        } finally {
            host.log().appendLock().unlock();
        }
    }

    /** Goes on under a new origin. Call with the cut lock held alone. */
    void begin(Role role) {
        host.log().appendLock().lock();
        try {
            beginWithoutBase(role);
            appendBase();
        } finally {
            host.log().appendLock().unlock();
        }
    }

    private void beginWithoutBase(Role role) {
        long lsn = host.log().endLsn();
        Origin next = new Origin(OriginId.of(OriginFacts.random()), role);
        OriginFacts.put(host.facts(), lsn, next);
        state.begin(next, lsn);
    }

    void role(Role role) {
        if (state.role() != role) {
            host.commits().cutAlone().lock();
            try {
                begin(role);
            } finally {
                host.commits().cutAlone().unlock();
            }
        }
    }

    /**
     * Ends an own origin at the last operation that others have too, and goes on under a new one. Call with the cut
     * lock held alone.
     */
    void cut(OriginId origin, long last) {
        host.log().appendLock().lock();
        try {
            beginWithoutBase(state.role());
            end(origin, last);
            Contained.lower(host.facts(), state, origin, last);
            appendBase();
        } finally {
            host.log().appendLock().unlock();
        }
    }

    /**
     * Goes on under a new origin and leaves those so far to the node whose files were copied: what comes under them
     * from now on is another's. Call with the cut lock held alone.
     */
    void leave() {
        host.log().appendLock().lock();
        try {
            List<OriginId> left = state.wholeOrigins();
            beginWithoutBase(state.role());
            left.forEach(origin -> end(origin, state.vector().seq(origin)));
            appendBase();
        } finally {
            host.log().appendLock().unlock();
        }
    }

    private void end(OriginId origin, long last) {
        RecordBuffer out = new RecordBuffer(20);
        out.putLong(host.log().endLsn());
        out.putVarint(last);
        host.facts().put(CUT + origin, out.toByteArray());
        state.cut(origin, last);
    }

    /** @param savedAt where the vector that was loaded is from */
    static void loadCuts(Facts facts, NodeState state, long savedAt) {
        facts.startingWith(CUT).forEach((name, bytes) -> {
            RecordInput in = new RecordInput(bytes);
            OriginId origin = OriginId.parse(name);
            boolean later = in.readLong() >= savedAt;
            long last = in.readVarint();
            state.wasCut(origin, last);
            if (later) {
                state.lower(origin, last);
            }
        });
    }
}
