package io.blazedb.internal.link;

import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.internal.node.Facts;
import io.blazedb.internal.node.NodeState;
import io.blazedb.sync.NodeId;
import io.blazedb.sync.VersionVector;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far the copy of a source's rows is, a fact of the target, so that it goes on where it was.
 *
 * @param start position in the source's log at which the copy began: the operations from here on come after it
 * @param timeline of the source then
 * @param vector what the source had then
 * @param table number of tables that are complete, in the source's order of parents before children
 * @param lastKey the place in the next one up to which rows were copied, as bytes; null when none was
 */
@SuppressWarnings("ArrayRecordComponent") // never written to
record Progress(
        boolean done, long start, Timeline timeline, VersionVector vector, int table, byte @Nullable [] lastKey) {
    private static final String COPY = "copy.";

    static @Nullable Progress of(Facts target, NodeId source) {
        byte[] bytes = target.get(COPY + source);
        if (bytes == null) {
            return null;
        }
        RecordInput in = new RecordInput(bytes);
        return new Progress(
                in.readByte() == 1,
                in.readLong(),
                Timeline.read(in),
                NodeState.readVector(in),
                (int) in.readVarint(),
                in.readByte() == 1 ? in.readBlock() : null);
    }

    void put(Facts target, NodeId source) {
        RecordBuffer out = new RecordBuffer(128);
        out.putByte(done ? 1 : 0);
        out.putLong(start);
        timeline.write(out);
        NodeState.writeVector(vector, out);
        out.putVarint(table);
        out.putByte(lastKey == null ? 0 : 1);
        if (lastKey != null) {
            out.putBlock(lastKey);
        }
        target.put(COPY + source, out.toByteArray());
    }

    /** Nothing of what was copied counts any more: all is to be copied again. */
    static void copyAgain(LinkedNode source, LinkedNode target) {
        new Progress(false, source.log().endLsn(), Timeline.of(source.facts()), VersionVector.EMPTY, -1, null)
                .put(target.facts(), source.state().nodeId());
        Taken.forget(target, source);
    }

    /** Forgets the copies from all but some sources: whoever connects again later copies again. */
    static void forgetExcept(Facts target, Set<NodeId> sources) {
        for (String source : target.startingWith(COPY).keySet()) {
            if (!sources.contains(NodeId.parse(source))) {
                target.remove(COPY + source);
            }
        }
    }

    Progress at(int newTable, byte @Nullable [] newLastKey) {
        return new Progress(false, start, timeline, vector, newTable, newLastKey);
    }

    Progress complete() {
        return new Progress(true, start, timeline, vector, table, null);
    }
}
