package io.blazedb.internal.link;

import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.internal.node.Facts;
import io.blazedb.internal.node.NodeState;
import io.blazedb.sync.NodeId;
import io.blazedb.sync.VersionVector;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How far the copy of a source's rows is, a fact of the target, so that it goes on where it was.
 *
 * @param start position in the source's log at which the copy began: the operations from here on come after it
 * @param timeline of the source then
 * @param vector what the source had then
 * @param tables numbers of the source's tables that are complete; null when all is to be copied again
 * @param table number of the table that is being copied; 0 when none is
 * @param lastKey the place in that one up to which rows were copied, as bytes; null when none was
 */
@SuppressWarnings("ArrayRecordComponent") // never written to
record Progress(
        boolean done,
        long start,
        Timeline timeline,
        VersionVector vector,
        @Nullable Set<Integer> tables,
        int table,
        byte @Nullable [] lastKey) {
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
                readTables(in),
                (int) in.readVarint(),
                in.readByte() == 1 ? in.readBlock() : null);
    }

    /** Whether all rows have been copied, and need not be copied again. */
    static boolean isDone(Facts target, NodeId source) {
        byte[] bytes = target.get(COPY + source);
        return bytes != null && bytes[0] == 1;
    }

    private static @Nullable Set<Integer> readTables(RecordInput in) {
        if (in.readByte() == 0) {
            return null;
        }
        Set<Integer> tables = new TreeSet<>();
        for (int count = in.readCount(); count > 0; count--) {
            tables.add((int) in.readVarint());
        }
        return tables;
    }

    private void writeTables(RecordBuffer out) {
        out.putByte(tables == null ? 0 : 1);
        if (tables != null) {
            out.putVarint(tables.size());
            tables.forEach(out::putVarint);
        }
    }

    void put(Facts target, NodeId source) {
        RecordBuffer out = new RecordBuffer(128);
        out.putByte(done ? 1 : 0);
        out.putLong(start);
        timeline.write(out);
        NodeState.writeVector(vector, out);
        writeTables(out);
        out.putVarint(table);
        out.putByte(lastKey == null ? 0 : 1);
        if (lastKey != null) {
            out.putBlock(lastKey);
        }
        target.put(COPY + source, out.toByteArray());
    }

    /** Nothing of what was copied counts any more: all is to be copied again. */
    static void copyAgain(Peer source, LinkedNode target) {
        Standing standing = source.standing();
        new Progress(false, standing.end(), standing.timeline(), VersionVector.EMPTY, null, 0, null)
                .put(target.facts(), source.nodeId());
        Taken.forget(target, source);
        source.wake(); // the link that brings them may wait for more to read
    }

    /** Forgets the copies from all but some sources: whoever connects again later copies again. */
    static void forgetExcept(Facts target, Set<NodeId> sources) {
        for (String source : target.startingWith(COPY).keySet()) {
            if (!sources.contains(NodeId.parse(source))) {
                target.remove(COPY + source);
            }
        }
    }

    /** Whether all has to be copied from the beginning. */
    boolean isVoid() {
        return tables == null;
    }

    boolean has(int completeTable) {
        return tables != null && tables.contains(completeTable);
    }

    /** A table is copied up to a place. */
    Progress within(int newTable, byte[] newLastKey) {
        return new Progress(false, start, timeline, vector, tables, newTable, newLastKey);
    }

    /** A table is complete. */
    Progress with(int completeTable) {
        Set<Integer> more = new TreeSet<>(Set.of(completeTable));
        if (tables != null) {
            more.addAll(tables);
        }
        return new Progress(false, start, timeline, vector, more, 0, null);
    }

    Progress complete() {
        return new Progress(true, start, timeline, vector, tables, 0, null);
    }
}
