package io.blazedb.internal.link;

import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.Dependency;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.VersionVector;
import io.blazedb.sync.internal.session.Clocks;
import io.blazedb.sync.internal.session.HeadCheck;
import io.blazedb.sync.internal.session.HeadCheck.Relation;
import io.blazedb.sync.internal.session.OriginHead;
import java.sql.SQLException;

/**
 * What two nodes do when they meet, before anything flows: whoever's files were put back ends the origin that it wrote
 * under, and writes again under a new one what nobody else has. Nodes meet one pair at a time.
 */
final class Heads {
    private static final System.Logger LOGGER = System.getLogger("io.blazedb");

    private Heads() {}

    /** Compares everything that both know. Call with no lock of either node held. */
    static void meet(LinkedNode node, Peer peer) throws SQLException {
        inTurn(peer, () -> {
            for (MeetingStep step : MeetingStep.MEETING) {
                perform(node, peer, step);
                peer.perform(step);
            }
        });
    }

    /** Before anything flows, both ways or to the node only. */
    static void prepare(LinkedNode node, Peer peer, boolean bothWays) throws SQLException {
        perform(node, peer, MeetingStep.ADOPT);
        peer.perform(MeetingStep.ADOPT);
        inTurn(peer, () -> {
            perform(node, peer, MeetingStep.COME_BACK);
            if (bothWays) {
                peer.perform(MeetingStep.COME_BACK);
            }
        });
    }

    /** Steps of a meeting. */
    private interface Steps {
        void run() throws SQLException;
    }

    /** Databases of one process meet one pair at a time. */
    private static void inTurn(Peer peer, Steps steps) throws SQLException {
        if (peer instanceof LocalPeer) {
            synchronized (Heads.class) {
                steps.run();
            }
        } else {
            steps.run();
        }
    }

    /** Does a node's part of a step; of one node one at a time. */
    static void perform(LinkedNode node, Peer peer, MeetingStep step) throws SQLException {
        if (step == MeetingStep.ADOPT) { // reads all rows: must hold up nobody who meets the node
            synchronized (node.links()) {
                PlainEdits.adopt(node, peer);
            }
            return;
        }
        boolean[] ended = new boolean[1];
        try {
            synchronized (node.forks()) {
                switch (step) {
                    case FINISH -> Ending.finish(node);
                    case END_LOST -> endLost(node, peer, ended);
                    case LET_GO -> letGo(node, peer);
                    case FREEZE -> freeze(node, peer);
                    case ADOPT -> throw new AssertionError("done above");
                    case COME_BACK -> comeBack(node, peer);
                }
            }
        } finally {
            if (ended[0]) {
                haveOthersLetGo(node);
            }
        }
    }

    /** Whoever cannot now does so when it meets the node again. */
    private static void haveOthersLetGo(LinkedNode node) {
        for (Peer other : node.links().peers()) {
            try {
                other.perform(MeetingStep.LET_GO);
            } catch (SQLException | RuntimeException e) {
                LOGGER.log(System.Logger.Level.DEBUG, "A peer will let go when it meets this node again", e);
            }
        }
    }

    /** Ends the origins of a node's own under which the peer has what the node has not. */
    private static void endLost(LinkedNode node, Peer peer, boolean[] ended) {
        Horizon theirs = peer.horizon();
        for (OriginId origin : node.state().wholeOrigins()) {
            Relation relation = relation(node, peer, theirs, origin, true);
            if (relation == Relation.REGRESSED || relation == Relation.FORKED) {
                end(node, peer, origin, relation);
                ended[0] = true;
            }
        }
    }

    private static void end(LinkedNode node, Peer peer, OriginId origin, Relation relation) {
        Clocks theirs = peer.loggedClocks(origin);
        long there = peer.standing().vector().seq(origin);
        long common = Math.min(seq(node, origin), there);
        long last = relation == Relation.REGRESSED
                ? common
                : parting(node, origin, common, LoggedClocks.of(node, origin), theirs);
        if (there > last && theirs.at(last + 1) == 0) {
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
    }

    /**
     * A node that was away for long lets go of what the peer has deleted and forgotten, before it sends anything. What
     * it has not sent yet is written again, so that it says nothing of those rows.
     */
    private static void comeBack(LinkedNode node, Peer peer) throws SQLException {
        Comeback comeback = new Comeback(node, peer);
        if (!comeback.run()) {
            return;
        }
        Progress.copyAgain(peer, node);
        VersionVector theirs = peer.standing().vector();
        for (OriginId origin : node.state().wholeOrigins()) {
            if (seq(node, origin) > theirs.seq(origin)) {
                Ending.end(node, origin, theirs.seq(origin));
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

    /** A node lets go of operations that a peer knows to be written again under another origin. */
    private static void letGo(LinkedNode node, Peer peer) {
        for (Disowned.Line line : peer.disowned()) {
            boolean mayHave = seq(node, line.origin()) > line.last()
                    && !node.state().ownOrigins().contains(line.origin())
                    && !node.forks().disowned().has(line);
            if (mayHave && clock(node, line.origin(), line.last() + 1) == line.firstClock()) {
                new Disowning(node, line).run();
            }
        }
    }

    private static long clock(LinkedNode node, OriginId origin, long seq) {
        long exact = node.state().history().exact(origin, seq);
        return exact != 0 ? exact : LoggedClocks.of(node, origin).at(seq);
    }

    private static void freeze(LinkedNode node, Peer peer) {
        Horizon theirs = peer.horizon();
        for (Dependency entry : node.state().vector().entries()) {
            OriginId origin = entry.origin();
            if (!node.forks().has(origin, peer.nodeId())
                    && relation(node, peer, theirs, origin, false) == Relation.FORKED) {
                freeze(node, peer, origin);
            }
        }
    }

    private static void freeze(LinkedNode node, Peer peer, OriginId origin) {
        long common = Math.min(seq(node, origin), peer.standing().vector().seq(origin));
        long last = HeadCheck.lastCommon(common, LoggedClocks.of(node, origin), peer.loggedClocks(origin));
        node.forks().add(origin, last, peer.nodeId());
        Progress.copyAgain(peer, node);
        LOGGER.log(
                System.Logger.Level.WARNING,
                "This database and one that it is connected with have different operations after number {0} of the"
                        + " origin {1}: a third one''s files were put back. Their rows are merged; see BLAZE.PARKED"
                        + " and BLAZE.CONFLICTS.",
                Long.toString(last),
                origin);
    }

    private static long seq(LinkedNode node, OriginId origin) {
        return node.state().vector().seq(origin);
    }

    private static Relation relation(LinkedNode node, Peer peer, Horizon theirs, OriginId origin, boolean own) {
        return HeadCheck.relation(
                own,
                head(Horizon.of(node.state()), origin),
                head(theirs, origin),
                remembered(node, origin),
                seq -> peer.exactClock(origin, seq));
    }

    private static OriginHead head(Horizon horizon, OriginId origin) {
        long seq = horizon.vector().seq(origin);
        return seq == 0 ? OriginHead.NONE : new OriginHead(seq, horizon.exact(origin));
    }

    private static Clocks remembered(LinkedNode node, OriginId origin) {
        return seq -> node.state().history().exact(origin, seq);
    }

    /**
     * Whether a node needs its own operations from a peer: they come from nowhere else, unless the peer has some that
     * the node lost.
     */
    static boolean needsOwn(LinkedNode node, Peer peer) {
        VersionVector theirs = peer.standing().vector();
        return node.state().ownOrigins().stream().anyMatch(origin -> theirs.seq(origin) > seq(node, origin));
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
