package io.blazedb.internal.link;

import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.internal.node.Facts;
import io.blazedb.sync.NodeId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Up to where a target has taken over the log of a source: a fact of the target, so that it goes back together with
 * what was taken over when the target's files are put back.
 *
 * @param timeline of the source then
 */
record Taken(long position, Timeline timeline) {
    private static final String TAKEN = "taken.";

    static @Nullable Taken of(Facts target, NodeId source) {
        byte[] bytes = target.get(TAKEN + source);
        if (bytes == null) {
            return null;
        }
        RecordInput in = new RecordInput(bytes);
        return new Taken(in.readLong(), Timeline.read(in));
    }

    static void put(LinkedNode target, Peer source, long position, Timeline timeline) {
        RecordBuffer out = new RecordBuffer(128);
        out.putLong(position);
        timeline.write(out);
        target.facts().put(TAKEN + source.nodeId(), out.toByteArray());
    }

    static void forgetExcept(Facts target, Set<NodeId> sources) {
        for (String source : target.startingWith(TAKEN).keySet()) {
            if (!sources.contains(NodeId.parse(source))) {
                target.remove(TAKEN + source);
            }
        }
    }

    /** The copy that is about to begin says where to go on. */
    static void forget(LinkedNode target, Peer source) {
        target.facts().remove(TAKEN + source.nodeId());
    }

    /**
     * Where the target has to go on in the source's log; negative when it cannot, since the source's log is another one
     * now, or is not known to be the same.
     */
    static long resume(LinkedNode target, Peer source, Progress copied) {
        Taken taken = of(target.facts(), source.nodeId());
        Standing standing = source.standing();
        Timeline now = standing.timeline();
        long position = taken == null
                ? now.resume(copied.timeline(), copied.start())
                : now.resume(taken.timeline(), taken.position());
        return position > standing.end() ? -1 : position;
    }
}
