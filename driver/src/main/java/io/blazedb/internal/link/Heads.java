package io.blazedb.internal.link;

import io.blazedb.internal.capture.TransactionRecord;
import io.blazedb.internal.node.LogEntry;
import io.blazedb.internal.node.NodeState;
import io.blazedb.internal.node.RemoteRecord;
import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.internal.log.LogReader;
import io.blazedb.sync.internal.log.LogRecord;
import io.blazedb.sync.internal.log.RecordType;
import io.blazedb.sync.internal.session.Clocks;
import io.blazedb.sync.internal.session.HeadCheck;
import io.blazedb.sync.internal.session.HeadCheck.Relation;
import io.blazedb.sync.internal.session.OriginHead;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What two nodes do when they meet, before anything flows: whoever's files were put back ends the origin that it wrote
 * under, and writes again under a new one what nobody else has. Nodes meet one pair at a time.
 */
final class Heads {
    private static final System.Logger LOGGER = System.getLogger("io.blazedb");

    private Heads() {}

    /** Compares everything that both know. Call with no lock of either node held. */
    static synchronized void meet(LinkedNode one, LinkedNode other) {
        endLost(one, other);
        endLost(other, one);
        Set<OriginId> both = new LinkedHashSet<>();
        one.state().vector().entries().forEach(entry -> both.add(entry.origin()));
        for (OriginId origin : both) {
            boolean known = one.forks().has(origin, other.state().nodeId())
                    && other.forks().has(origin, one.state().nodeId());
            if (!known && relation(one, other, origin, false) == Relation.FORKED) {
                freeze(one, other, origin);
            }
        }
    }

    /** Ends the origins of a node's own under which the peer has what the node has not. */
    private static void endLost(LinkedNode node, LinkedNode peer) {
        for (OriginId origin : node.state().wholeOrigins()) {
            Relation relation = relation(node, peer, origin, true);
            if (relation == Relation.REGRESSED || relation == Relation.FORKED) {
                end(node, peer, origin, relation);
            }
        }
    }

    private static void end(LinkedNode node, LinkedNode peer, OriginId origin, Relation relation) {
        Clocks theirs = logged(peer, origin);
        long common = Math.min(seq(node, origin), seq(peer, origin));
        long last =
                relation == Relation.REGRESSED ? common : parting(node, origin, common, logged(node, origin), theirs);
        int again = end(node, origin, last);
        LOGGER.log(
                System.Logger.Level.WARNING,
                "The files of this database were put back: a peer has operations of it that it does not have, after"
                        + " number {0} of the origin {1}. It goes on under a new origin, takes its own operations back"
                        + " from the peer, and sent {2} rows again. Where both wrote, see BLAZE.CONFLICTS.",
                Long.toString(last),
                origin,
                again);
        if (seq(peer, origin) > last && theirs.at(last + 1) == 0) {
            Progress.copyAgain(peer, node);
        }
    }

    /** Ends an own origin after an operation, and writes what came after it again. Answers how many rows that were. */
    private static int end(LinkedNode node, OriginId origin, long last) {
        long lastClock = last == 0 ? 0 : node.state().history().floor(origin, last);
        int[] again = new int[1];
        node.applier().undisturbed(() -> {
            node.host().commits().cutAlone().lock();
            try {
                Reissue reissue = new Reissue(node, origin, last);
                Collection<Reissue.LostRow> rows = reissue.rows();
                node.origins().cut(origin, last);
                reissue.write(rows, lastClock);
                again[0] = rows.size();
            } finally {
                node.host().commits().cutAlone().unlock();
            }
        });
        return again[0];
    }

    /**
     * A node that was away for long lets go of what the peer has deleted and forgotten, before it sends anything. What
     * it has not sent yet is written again, so that it says nothing of those rows.
     */
    static synchronized void comeBack(LinkedNode node, LinkedNode peer) throws SQLException {
        if (new Comeback(node, peer).run() == 0) {
            return;
        }
        for (OriginId origin : node.state().wholeOrigins()) {
            if (seq(node, origin) > seq(peer, origin)) {
                end(node, origin, seq(peer, origin));
            }
        }
        Progress.copyAgain(peer, node);
    }

    /**
     * The last operation before two lines of a node's own parted. What the peer got as rows it has no clocks of; there
     * the lines parted where the node was opened.
     */
    private static long parting(LinkedNode node, OriginId origin, long upTo, Clocks ours, Clocks theirs) {
        long proven = HeadCheck.lastCommon(upTo, ours, theirs);
        long different = upTo + 1;
        for (long seq = upTo; seq > proven; seq--) {
            long mine = ours.at(seq);
            long other = theirs.at(seq);
            different = mine != 0 && other != 0 && mine != other ? seq : different;
        }
        long last = proven;
        for (Timeline.Mark opened : Timeline.of(node.facts()).marks()) {
            long then = ownSeq(node, origin, opened.lsn());
            last = then < different ? Math.max(last, then) : last;
        }
        return last;
    }

    /** How many operations of an own origin the log has before a position; 0 when it does not reach back so far. */
    private static long ownSeq(LinkedNode node, OriginId origin, long lsn) {
        long last = 0;
        try (LogReader log = node.log().reader(node.firstOperation())) {
            for (LogRecord record = log.next(); record != null && record.lsn() < lsn; record = log.next()) {
                last = Math.max(last, ownSeq(node, origin, record));
            }
        }
        return last;
    }

    private static long ownSeq(LinkedNode node, OriginId origin, LogRecord record) {
        if (!node.state().originAt(record.lsn()).id().equals(origin)) {
            return 0;
        }
        return switch (record.type()) {
            case TXN_LOCAL, BASE ->
                TransactionRecord.read(new LogEntry(node.log(), record).payload())
                        .seq();
            case TXN_REMOTE ->
                RemoteRecord.read(new LogEntry(node.log(), record)).changeSets().stream()
                        .filter(set -> set.origin().equals(origin))
                        .mapToLong(ChangeSet::seq)
                        .max()
                        .orElse(0);
            default -> 0;
        };
    }

    private static void freeze(LinkedNode one, LinkedNode other, OriginId origin) {
        long common = Math.min(seq(one, origin), seq(other, origin));
        long last = lastCommon(one, other, origin, common);
        one.forks().add(origin, last, other.state().nodeId());
        other.forks().add(origin, last, one.state().nodeId());
        Progress.copyAgain(one, other);
        Progress.copyAgain(other, one);
        LOGGER.log(
                System.Logger.Level.WARNING,
                "Two connected databases have different operations after number {0} of the origin {1}: a third"
                        + " one''s files were put back. Their rows are merged; see BLAZE.PARKED and BLAZE.CONFLICTS.",
                Long.toString(last),
                origin);
    }

    private static long seq(LinkedNode node, OriginId origin) {
        return node.state().vector().seq(origin);
    }

    private static Relation relation(LinkedNode mine, LinkedNode theirs, OriginId origin, boolean own) {
        return HeadCheck.relation(
                own, head(mine, origin), head(theirs, origin), remembered(mine, origin), remembered(theirs, origin));
    }

    private static OriginHead head(LinkedNode node, OriginId origin) {
        long seq = seq(node, origin);
        return seq == 0
                ? OriginHead.NONE
                : new OriginHead(seq, node.state().history().exact(origin, seq));
    }

    private static Clocks remembered(LinkedNode node, OriginId origin) {
        return seq -> node.state().history().exact(origin, seq);
    }

    private static long lastCommon(LinkedNode one, LinkedNode other, OriginId origin, long upTo) {
        return HeadCheck.lastCommon(upTo, logged(one, origin), logged(other, origin));
    }

    /** What is remembered, and what the log has. */
    private static Clocks logged(LinkedNode node, OriginId origin) {
        Map<Long, Long> clocks = new HashMap<>();
        NodeState state = node.state();
        try (LogReader log = node.log().reader(node.firstOperation())) {
            for (LogRecord record = log.next(); record != null; record = log.next()) {
                if (record.type() == RecordType.TXN_REMOTE) {
                    for (ChangeSet set :
                            RemoteRecord.read(new LogEntry(node.log(), record)).changeSets()) {
                        if (set.origin().equals(origin)) {
                            clocks.put(set.seq(), set.hlc());
                        }
                    }
                } else if ((record.type() == RecordType.TXN_LOCAL || record.type() == RecordType.BASE)
                        && state.originAt(record.lsn()).id().equals(origin)) {
                    var head = new LogEntry(node.log(), record).transaction().head();
                    if (!state.isCut(origin, head.seq())) {
                        clocks.put(head.seq(), head.hlc());
                    }
                }
            }
        }
        return seq -> {
            long exact = state.history().exact(origin, seq);
            return exact != 0 ? exact : clocks.getOrDefault(seq, 0L);
        };
    }

    /** Whether a peer has operations of a node's own that the node lost: only then does it need them back. */
    static boolean hasLost(LinkedNode node, LinkedNode peer) {
        for (OriginId origin : node.state().ownOrigins()) {
            if (seq(peer, origin) > seq(node, origin)) {
                return true;
            }
        }
        return false;
    }

    /** @throws ForkedException if the node has another operation under the number of this one */
    static void check(LinkedNode node, ChangeSet changeSet) {
        OriginId origin = changeSet.origin();
        long known = node.state().history().exact(origin, changeSet.seq());
        if (known != 0 && known != changeSet.hlc() && !node.forks().has(origin)) {
            throw new ForkedException(origin, changeSet.seq());
        }
    }
}
