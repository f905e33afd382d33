package io.blazedb.internal.statement;

import io.blazedb.SqlState;
import io.blazedb.internal.catalog.Names;
import io.blazedb.internal.catalog.NodeEntry;
import io.blazedb.internal.catalog.Topology;
import io.blazedb.internal.node.Credentials;
import io.blazedb.internal.node.NodeIdentity;
import io.blazedb.internal.node.SyncPeer;
import io.blazedb.sql.TopologyPattern;
import io.blazedb.sync.NodeId;
import io.blazedb.sync.Role;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The databases that take part in a topology, held open while one statement works on it. Those that cannot be opened
 * are noted: whether that is an error is up to the statement. For one thread.
 */
final class Members implements AutoCloseable {
    private final SessionFacts session;
    private final Member self;
    private final Map<NodeId, Member> open = new LinkedHashMap<>();
    private final Map<NodeId, SQLException> unreachable = new LinkedHashMap<>();
    private final Map<String, Credentials> given = new LinkedHashMap<>();

    Members(SessionFacts session) throws SQLException {
        this.session = session;
        this.self =
                new Member(session.actions().identity(), new ThisDatabase(session.actions()), session.credentials());
        open.put(self.id(), self);
    }

    Member self() {
        return self;
    }

    /** Opens a database that the statement names by its location; an error when that is not possible. */
    Member open(String location, Optional<Credentials> credentials) throws SQLException {
        return admit(location, credentials.orElse(session.credentials()));
    }

    private Member admit(String location, Credentials credentials) throws SQLException {
        SyncPeer peer = session.actions().open(location, credentials);
        boolean admitted = false;
        try {
            Member member = new Member(peer.actions().identity(), peer, credentials);
            if (member.id().equals(self.id())) {
                throw SqlState.CONNECTION.error("The location " + Locations.shown(location)
                        + " is this database itself, expected another one.");
            }
            Member before = open.putIfAbsent(member.id(), member);
            admitted = before == null;
            return admitted ? member : before;
        } finally {
            if (!admitted) {
                peer.close();
            }
        }
    }

    /** Credentials that the statement gives for a node that the topology knows already. */
    void useCredentials(NodeEntry node, Credentials credentials) {
        given.put(node.location(), credentials);
    }

    /** Opens all nodes of the topology that can be opened, and joins to it what they know of it. */
    Topology gather(Topology start) throws SQLException {
        Topology topology = start;
        Set<NodeId> asked = new HashSet<>();
        boolean more = true;
        while (more) {
            more = false;
            for (Member member : new ArrayList<>(open.values())) {
                if (asked.add(member.id())) {
                    topology = joined(topology, member);
                    more = true;
                }
            }
            openNodes(topology);
        }
        return topology;
    }

    private static Topology joined(Topology topology, Member member) throws SQLException {
        Optional<Topology> theirs = member.catalog().topology(topology.name());
        if (theirs.isEmpty()) {
            return topology;
        }
        Topology other = theirs.get();
        boolean apart = !other.id().equals(topology.id());
        if (apart
                && !other.nodes().isEmpty()
                && !topology.nodes().isEmpty()
                && (isPatterned(other) || isPatterned(topology))) {
            throw SqlState.TOPOLOGY.error("The topology " + topology.name() + " of "
                    + member.identity().location() + " was created apart from this one and has the pattern "
                    + other.entry().pattern().words() + ", this one "
                    + topology.entry().pattern().words()
                    + "; only two of the pattern CUSTOM can become one. Remedy: IN TOPOLOGY with another name.");
        }
        return topology.mergedWith(other);
    }

    private static boolean isPatterned(Topology topology) {
        return topology.entry().pattern() != TopologyPattern.CUSTOM;
    }

    private void openNodes(Topology topology) throws SQLException {
        for (NodeEntry node : topology.nodes()) {
            if (!open.containsKey(node.nodeId()) && !unreachable.containsKey(node.nodeId())) {
                Credentials credentials = credentials(node);
                try {
                    admit(Locations.existing(node.location()), credentials);
                    if (!open.containsKey(node.nodeId())) {
                        unreachable.put(node.nodeId(), anotherDatabase(node));
                    }
                } catch (SQLException e) {
                    unreachable.put(node.nodeId(), e);
                }
            }
        }
    }

    private static SQLException anotherDatabase(NodeEntry node) {
        return SqlState.NODE.error("The database at " + node.location() + " is not the one that became node "
                + node.node() + ", expected node id " + node.nodeId()
                + ". Remedy: ALTER TOPOLOGY ... DROP NODE, then ADD NODE.");
    }

    /** How the databases of this machine sign in at a node. */
    Credentials credentials(NodeEntry node) throws SQLException {
        Member member = open.get(node.nodeId());
        if (member != null) {
            return member.credentials();
        }
        Credentials ofStatement = given.get(node.location());
        return ofStatement != null
                ? ofStatement
                : session.actions().remembered(node.location()).orElse(session.credentials());
    }

    Optional<Member> find(NodeId id) {
        return Optional.ofNullable(open.get(id));
    }

    /** A node that the statement cannot do without. */
    Member require(NodeEntry node) throws SQLException {
        Member member = open.get(node.nodeId());
        if (member != null) {
            return member;
        }
        SQLException reason = unreachable.get(node.nodeId());
        throw reason == null ? anotherDatabase(node) : reason;
    }

    Collection<Member> all() {
        return open.values();
    }

    /** Why a node of the topology is not among the open ones. */
    Optional<SQLException> failure(NodeEntry node) {
        return Optional.ofNullable(unreachable.get(node.nodeId()));
    }

    /** The role that a node has in any topology: it keeps it for life. */
    Optional<NodeEntry> known(NodeId id) throws SQLException {
        List<NodeEntry> entries = new ArrayList<>();
        for (Member member : open.values()) {
            entries.addAll(member.catalog().nodes());
        }
        return entries.stream().filter(node -> node.nodeId().equals(id)).findFirst();
    }

    /** The topology with this database as a node, under a name that no other node has. */
    Topology withNode(Topology topology, Member member) throws SQLException {
        if (topology.node(member.id()).isPresent()) {
            return topology;
        }
        String name = Names.unique(
                member.identity().defaultName(), taken -> topology.node(taken).isPresent());
        Role role = known(member.id()).map(NodeEntry::role).orElse(Role.CLIENT);
        NodeIdentity identity = member.identity();
        return topology.withNode(
                new NodeEntry(topology.name(), name, member.id(), role, identity.location()),
                identity.slot(),
                identity.slots());
    }

    @Override
    public void close() {
        open.values().forEach(member -> member.peer().close());
    }
}
