package io.blazedb.internal.link;

import io.blazedb.internal.node.Facts;
import io.blazedb.sync.NodeId;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;

/** Up to where each peer has a node's log: a fact when a copy begins, then kept with each checkpoint. */
final class Cursors {
    private static final String CURSOR = "cursor.";

    private Cursors() {}

    static void put(LinkedNode source, NodeId target, long position) {
        source.facts()
                .put(
                        CURSOR + target,
                        ByteBuffer.allocate(Long.BYTES).putLong(position).array());
    }

    static void forget(LinkedNode source, NodeId target) {
        source.facts().remove(CURSOR + target);
    }

    /** Whoever does not take this node's log any more holds nothing of it. */
    static void forgetExcept(Facts source, Set<NodeId> targets) {
        for (String target : source.startingWith(CURSOR).keySet()) {
            if (!targets.contains(NodeId.parse(target))) {
                source.remove(CURSOR + target);
            }
        }
    }

    /** The position kept for a peer; 0 when there is none. */
    static long of(LinkedNode source, NodeId target) {
        byte[] bytes = source.facts().get(CURSOR + target);
        return bytes == null ? 0 : ByteBuffer.wrap(bytes).getLong();
    }

    /** The lowest position kept for any peer. */
    static long lowest(LinkedNode source) {
        long lowest = Long.MAX_VALUE;
        for (Map.Entry<String, byte[]> entry :
                source.facts().startingWith(CURSOR).entrySet()) {
            lowest = Math.min(lowest, ByteBuffer.wrap(entry.getValue()).getLong());
        }
        return lowest;
    }

    /** Remembers a position without a record of its own: a checkpoint is about to keep it. */
    static void move(LinkedNode source, NodeId target, long position) {
        source.facts()
                .replace(
                        CURSOR + target,
                        ByteBuffer.allocate(Long.BYTES).putLong(position).array());
    }
}
