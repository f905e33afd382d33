package io.blazedb.internal.link;

import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.internal.node.Facts;
import io.blazedb.internal.node.NodeState;
import io.blazedb.sync.Dependency;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.VersionVector;

/** The fact that says what came to a node as rows: a vector, and how far the clocks of its origins are at least. */
final class Contained {
    private Contained() {}

    static void load(Facts facts, NodeState state) {
        byte[] bytes = facts.get(OperationStream.CONTAINED);
        if (bytes == null) {
            return;
        }
        RecordInput in = new RecordInput(bytes);
        VersionVector vector = NodeState.readVector(in);
        for (Dependency entry : vector.entries()) {
            state.learnClock(entry.origin(), entry.seq(), in.readLong(), false);
        }
        state.joined(vector);
    }

    static void put(Facts facts, NodeState state, VersionVector vector) {
        RecordBuffer out = new RecordBuffer(64);
        NodeState.writeVector(vector, out);
        for (Dependency entry : vector.entries()) {
            out.putLong(state.history().floor(entry.origin(), entry.seq()));
        }
        facts.put(OperationStream.CONTAINED, out.toByteArray());
    }

    /** What an origin wrote after that operation does not count any more, and did not come as rows either. */
    static void lower(Facts facts, NodeState state, OriginId origin, long last) {
        byte[] bytes = facts.get(OperationStream.CONTAINED);
        if (bytes != null) {
            put(facts, state, NodeState.lowered(NodeState.readVector(new RecordInput(bytes)), origin, last));
        }
    }
}
