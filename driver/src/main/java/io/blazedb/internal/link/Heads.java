package io.blazedb.internal.link;

import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.NodeId;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.internal.session.Clocks;
import io.blazedb.sync.internal.session.HeadCheck;
import io.blazedb.sync.internal.session.HeadCheck.Relation;
import io.blazedb.sync.internal.session.OriginHead;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What two nodes do when they meet, before anything flows: whoever's files were put back ends the origin that it wrote
 * under, and writes again under a new one what nobody else has. Nodes meet one pair at a time.
 */
final class Heads {
    private static final System.Logger LOGGER = System.getLogger("io.blazedb");

    private Heads() {}

    /** Compares everything that both know. Call with no lock of either node held. */
    static synchronized void meet(LinkedNode one, LinkedNode other) {
        Ending.finish(one);
        Ending.finish(other);
        endLost(one, other);
        endLost(other, one);
        disown(one, other);
        disown(other, one);
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
        Clocks theirs = LoggedClocks.of(peer, origin);
        long common = Math.min(seq(node, origin), seq(peer, origin));
        long last = relation == Relation.REGRESSED
                ? common
                : parting(node, origin, common, LoggedClocks.of(node, origin), theirs);
        if (seq(peer, origin) > last && theirs.at(last + 1) == 0) {
            Progress.copyAgain(peer, node);
        }
        int again = Ending.end(node, origin, last);
        LOGGER.log(
                System.Logger.Level.WARNING,
                "The files of this database were put back: a peer has operations of it that it does not have, after"
                        + " number {0} of the origin {1}. It goes on under a new origin, takes its own operations back"
                        + " from the peer, and sent {2} rows again. Where both wrote, see BLAZE.CONFLICTS.",
                Long.toString(last),
                origin,
                again);
        node.links().peers().forEach(other -> disown(node, other));
    }

    /**
     * A node that was away for long lets go of what the peer has deleted and forgotten, before it sends anything. What
     * it has not sent yet is written again, so that it says nothing of those rows.
     */
    static synchronized void comeBack(LinkedNode node, LinkedNode peer) throws SQLException {
        Comeback comeback = new Comeback(node, peer);
        if (!comeback.run()) {
            return;
        }
        Progress.copyAgain(peer, node);
        for (OriginId origin : node.state().wholeOrigins()) {
            if (seq(node, origin) > seq(peer, origin)) {
                Ending.end(node, origin, seq(peer, origin));
            }
        }
        comeback.done();
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
            long then = LoggedClocks.ownSeq(node, origin, opened.lsn());
            last = then < different ? Math.max(last, then) : last;
        }
        return last;
    }

    /** A peer lets go of operations that a node knows to be written again under another origin. */
    private static void disown(LinkedNode node, LinkedNode peer) {
        for (Disowned.Line line : node.forks().disowned().lines()) {
            boolean mayHave = seq(peer, line.origin()) > line.last()
                    && !peer.state().ownOrigins().contains(line.origin())
                    && !peer.forks().disowned().has(line);
            if (mayHave && clock(peer, line.origin(), line.last() + 1) == line.firstClock()) {
                new Disowning(peer, line).run();
            }
        }
    }

    private static long clock(LinkedNode node, OriginId origin, long seq) {
        long exact = node.state().history().exact(origin, seq);
        return exact != 0 ? exact : LoggedClocks.of(node, origin).at(seq);
    }

    private static void freeze(LinkedNode one, LinkedNode other, OriginId origin) {
        long common = Math.min(seq(one, origin), seq(other, origin));
        long last = HeadCheck.lastCommon(common, LoggedClocks.of(one, origin), LoggedClocks.of(other, origin));
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

    /**
     * Whose operations a node does not need from a peer: its own come from nowhere else, unless the peer has some that
     * the node lost.
     */
    static @Nullable NodeId passedOver(LinkedNode node, LinkedNode peer) {
        boolean hasLost = node.state().ownOrigins().stream().anyMatch(origin -> seq(peer, origin) > seq(node, origin));
        return hasLost ? null : node.state().nodeId();
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
