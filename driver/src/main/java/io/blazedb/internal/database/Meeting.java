package io.blazedb.internal.database;

import io.blazedb.SqlState;
import io.blazedb.internal.catalog.NodeEntry;
import io.blazedb.internal.catalog.Topology;
import io.blazedb.internal.node.Credentials;
import io.blazedb.sync.NodeId;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * What two databases learn of a topology when they meet: both have the later version afterwards, and a node that is
 * none any more forgets the topology. To be made while both are kept open and nobody else changes a topology.
 *
 * @param newHere whether the first one has learned something: its links have to follow
 * @param newThere whether the second one has
 */
record Meeting(boolean newHere, boolean newThere) {
    private static final Meeting NOTHING_HERE = new Meeting(true, false);

    /** One of the two. */
    record Side(NodeId id, NodeActions actions) {
        private Optional<Topology> topology(String id) throws SQLException {
            return actions.catalog().topologies().stream()
                    .filter(topology -> topology.id().toString().equals(id))
                    .findFirst();
        }

        /** Under that id; else the one of that name, if it has that node: the two were joined, or made apart. */
        private Optional<Topology> like(Topology other, NodeId node) throws SQLException {
            Optional<Topology> same = topology(other.id().toString());
            return same.isPresent()
                    ? same
                    : actions.catalog()
                            .topology(other.name())
                            .filter(topology -> topology.node(node).isPresent());
        }

        /** Takes what both know now in the place of what it knew. Answers whether that was new. */
        private boolean take(Topology known, Topology joined, Side other) throws SQLException {
            if (joined.equals(known)) {
                return false;
            }
            if (joined.node(id).isEmpty()) {
                actions.catalog().remove(known.name());
                return true;
            }
            learnCredentials(joined.nodes(), other);
            if (joined.id().equals(known.id())) {
                return actions.catalog().adopt(joined);
            }
            actions.catalog().store(joined);
            return true;
        }

        /** How to sign in at nodes that it did not know. */
        private void learnCredentials(List<NodeEntry> nodes, Side other) throws SQLException {
            for (NodeEntry node : nodes) {
                if (!node.nodeId().equals(id)
                        && actions.remembered(node.location()).isEmpty()) {
                    Optional<Credentials> known = other.actions().remembered(node.location());
                    if (known.isPresent()) {
                        actions.remember(node.location(), known.get());
                    }
                }
            }
        }
    }

    /**
     * Lets two databases meet that the first one has a connection of.
     *
     * @param topologyId of the topology with that connection
     * @throws SQLException ZB111 when the second one does not know the topology any more
     */
    static Meeting of(Side here, Side there, String topologyId) throws SQLException {
        Optional<Topology> ours = here.topology(topologyId);
        if (ours.isEmpty()) {
            return NOTHING_HERE;
        }
        Topology known = ours.get();
        Optional<Topology> theirs = there.like(known, here.id());
        if (theirs.isEmpty()) {
            throw stranger(known, there);
        }
        Topology other = theirs.get();
        Topology joined = joined(known, other);
        boolean newHere = here.take(known, joined, there);
        return new Meeting(newHere, there.take(other, joined, here));
    }

    /** The same whichever of the two dials. */
    private static Topology joined(Topology one, Topology other) {
        return one.id().compareTo(other.id()) <= 0 ? one.mergedWith(other) : other.mergedWith(one);
    }

    private static SQLException stranger(Topology topology, Side there) {
        String node =
                topology.node(there.id()).map(NodeEntry::node).orElse(there.id().toString());
        return SqlState.NODE.error("Node " + node + " does not know the topology " + topology.name()
                + " any more: it was dropped, or the node has left it. Remedy: DROP TOPOLOGY " + topology.name()
                + " here, or ALTER TOPOLOGY " + topology.name() + " DROP NODE " + node + ".");
    }
}
