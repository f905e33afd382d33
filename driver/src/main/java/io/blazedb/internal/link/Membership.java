package io.blazedb.internal.link;

import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.internal.node.Facts;
import io.blazedb.internal.node.NodeState;
import io.blazedb.sync.Dependency;
import io.blazedb.sync.NodeId;
import io.blazedb.sync.VersionVector;
import io.blazedb.sync.internal.session.MemberReport;
import io.blazedb.sync.internal.session.Stability;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a node knows of how far the other members of its topologies are, and what may be forgotten for it. Members tell
 * each other, and hand on what they were told. Safe for use by several threads.
 */
final class Membership {
    /** A member that said nothing for so long holds nothing back any more; milliseconds. */
    static final String LAPSE = "blazedb.lapseMillis";

    /** What was deleted is remembered for so long at least; milliseconds. */
    static final String TOMBSTONES = "blazedb.tombstoneMillis";

    private static final long DAY_MILLIS = 24L * 60 * 60 * 1000;
    private static final long LAPSE_MILLIS = 30 * DAY_MILLIS;
    private static final int MARKS_MAX = 16;
    private static final String COLLECTED = "collected";
    private static final String HEARD = "heard.";
    private static final String LAPSED = "lapsed.";

    private final LinkedNode node;
    private Set<NodeId> members = Set.of();
    private Stability stability = Stability.UNKNOWN;
    private List<Mark> marks = new ArrayList<>();
    private long lastReport;

    /** The log before the position is contained in the vector, and was at that time. */
    private record Mark(long millis, long position, VersionVector vector) {}

    Membership(LinkedNode node) {
        this.node = node;
    }

    synchronized void members(Set<NodeId> all) {
        members = Set.copyOf(all);
    }

    /** What this node says, and what it heard of others. */
    Map<NodeId, MemberReport> reports() {
        long end = node.log().visibleEnd();
        if (end > node.log().durableEnd()) {
            node.log().force(end - 1); // what was reported must not be lost
        }
        synchronized (this) {
            NodeState state = node.state();
            VersionVector vector = state.vector();
            List<Dependency> own = vector.entries().stream()
                    .filter(entry -> state.ownOrigins().contains(entry.origin()))
                    .toList();
            lastReport = Math.max(lastReport + 1, System.currentTimeMillis());
            MemberReport report = new MemberReport(lastReport, vector, VersionVector.of(own));
            stability = stability.with(Map.of(state.nodeId(), report), vector);
            return stability.reports();
        }
    }

    synchronized void hear(Map<NodeId, MemberReport> reports) {
        stability = stability.with(reports, node.state().vector());
        reports.forEach((member, report) -> {
            RecordBuffer out = new RecordBuffer(8);
            out.putLong(report.at());
            node.facts().replace(HEARD + member, out.toByteArray());
            if (System.currentTimeMillis() - report.at() <= lapseMillis()) {
                node.facts().remove(LAPSED + member);
            }
        });
    }

    private static long lapseMillis() {
        return Long.getLong(LAPSE, LAPSE_MILLIS);
    }

    /** Forgets what nobody needs. To be called now and then; most calls do nothing. */
    void forget() {
        Mark stable = stableMark(System.currentTimeMillis());
        if (stable == null) {
            return;
        }
        Facts facts = node.facts();
        VersionVector collected = collected(facts).join(stable.vector());
        RecordBuffer out = new RecordBuffer(64);
        NodeState.writeVector(collected, out);
        facts.put(COLLECTED, out.toByteArray());
        node.index().collect(stable.position(), (number, cause) -> {
            var table = node.tables().byNumber(number);
            if (table != null) {
                node.tables().raiseFloor(table, cause);
            }
        });
    }

    /** Rows that were deleted by an operation in this vector may be forgotten at this node. */
    static VersionVector collected(Facts facts) {
        byte[] bytes = facts.get(COLLECTED);
        return bytes == null ? VersionVector.EMPTY : NodeState.readVector(new RecordInput(bytes));
    }

    private synchronized @Nullable Mark stableMark(long now) {
        long age = Long.getLong(TOMBSTONES, DAY_MILLIS);
        mark(now, age / (MARKS_MAX - 2));
        lapse(now);
        Set<NodeId> present = new HashSet<>(members);
        present.add(node.state().nodeId());
        present.removeIf(member -> node.facts().get(LAPSED + member) != null);
        VersionVector stable = stability.stable(present);
        Mark found = null;
        for (Mark mark : marks) {
            boolean old = now - mark.millis() >= age;
            found = old && stable.covers(mark.vector()) ? mark : found;
        }
        if (found != null) {
            marks = new ArrayList<>(marks.subList(marks.indexOf(found) + 1, marks.size()));
        }
        return found;
    }

    private void mark(long now, long everyMillis) {
        if (marks.isEmpty() || now - marks.get(marks.size() - 1).millis() >= everyMillis) {
            node.host().commits().cutAlone().lock();
            try {
                marks.add(new Mark(now, node.log().endLsn(), node.state().vector()));
            } finally {
                node.host().commits().cutAlone().unlock();
            }
            marks = new ArrayList<>(marks.subList(Math.max(0, marks.size() - MARKS_MAX), marks.size()));
        }
    }

    private void lapse(long now) {
        for (NodeId member : members) {
            byte[] heard = node.facts().get(HEARD + member);
            boolean silent = heard != null && now - new RecordInput(heard).readLong() > lapseMillis();
            if (silent && node.facts().get(LAPSED + member) == null) {
                RecordBuffer out = new RecordBuffer(64);
                out.putLong(now);
                NodeState.writeVector(node.state().vector(), out);
                node.facts().put(LAPSED + member, out.toByteArray());
                Cursors.forget(node, member);
                System.getLogger("io.blazedb")
                        .log(
                                System.Logger.Level.WARNING,
                                "The node {0} has not been heard of for {1} days: it is not waited for any more"
                                        + " (LAPSED). When it comes back, it takes a copy; what it wrote to rows that"
                                        + " were deleted meanwhile shows in its BLAZE.CONFLICTS.",
                                member,
                                Long.toString(lapseMillis() / DAY_MILLIS));
            }
        }
    }
}
