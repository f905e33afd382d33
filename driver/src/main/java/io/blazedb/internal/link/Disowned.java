package io.blazedb.internal.link;

import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.internal.node.Facts;
import io.blazedb.internal.node.NodeState;
import io.blazedb.internal.node.ParkedStatus;
import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.VersionVector;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Lines of operations that their author, whose files were put back, has written again under another origin: facts of
 * the author and of everybody who had accepted them. Their numbers stand for other operations, those that were there
 * before the files were put back. Safe for use by several threads.
 */
final class Disowned {
    private static final String DISOWNED = "disowned.";

    private final Facts facts;
    private final List<Line> lines = new CopyOnWriteArrayList<>();

    /**
     * One of them.
     *
     * @param last the last operation of the origin that both lines have
     * @param firstClock clock of the first operation after it, which tells this line from the other one
     * @param position records before it have operations of this line, those after it of the other one
     */
    record Line(OriginId origin, long last, long firstClock, long position, long sinceMillis) {
        private static Line read(OriginId origin, byte[] bytes) {
            RecordInput in = new RecordInput(bytes);
            return new Line(origin, in.readVarint(), in.readLong(), in.readLong(), in.readLong());
        }

        private byte[] toBytes() {
            RecordBuffer out = new RecordBuffer(32);
            out.putVarint(last);
            out.putLong(firstClock);
            out.putLong(position);
            out.putLong(sinceMillis);
            return out.toByteArray();
        }

        boolean isSame(Line other) {
            return origin.equals(other.origin) && firstClock == other.firstClock;
        }
    }

    Disowned(Facts facts) {
        this.facts = facts;
        facts.startingWith(DISOWNED).forEach((name, bytes) -> lines.add(Line.read(originIn(name), bytes)));
    }

    private static OriginId originIn(String name) {
        return OriginId.parse(name.substring(0, name.indexOf('.')));
    }

    /** Call under the append lock; the records up to here have operations of the line. */
    Line add(OriginId origin, long last, long firstClock, long position) {
        Line line = new Line(origin, last, firstClock, position, System.currentTimeMillis());
        facts.put(DISOWNED + origin + "." + firstClock, line.toBytes());
        lines.add(line);
        return line;
    }

    List<Line> lines() {
        return lines;
    }

    boolean has(Line other) {
        return lines.stream().anyMatch(other::isSame);
    }

    /** Whether an operation in the record at a position is of such a line. */
    boolean has(ChangeSet changeSet, long lsn) {
        return lines.stream()
                .anyMatch(line -> lsn < line.position
                        && changeSet.seq() > line.last
                        && changeSet.origin().equals(line.origin));
    }

    /** A vector from the record at a position, without operations of such lines. */
    VersionVector without(VersionVector vector, long lsn) {
        VersionVector left = vector;
        for (Line line : lines) {
            if (lsn < line.position) {
                left = NodeState.lowered(left, line.origin, line.last);
            }
        }
        return left;
    }

    /** After a start: what was loaded is from before the operations were let go of. */
    static void lower(Facts facts, NodeState state, long savedAt) {
        new Disowned(facts)
                .lines.stream()
                        .filter(line -> line.position >= savedAt)
                        .forEach(line -> state.lower(line.origin, line.last));
    }

    /** Those that this node had accepted from others. */
    List<ParkedStatus> parked(List<OriginId> own) {
        return lines.stream()
                .filter(line -> !own.contains(line.origin))
                .map(line -> new ParkedStatus(
                        line.origin.toString(),
                        line.last + 1,
                        "FORK",
                        "nothing: other operations have these numbers at other nodes. Their author has written them"
                                + " again under another origin; what lost is in BLAZE.CONFLICTS. Remedy: find out"
                                + " which files were put back",
                        Instant.ofEpochMilli(line.sinceMillis)))
                .toList();
    }
}
