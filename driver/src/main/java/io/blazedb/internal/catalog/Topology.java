package io.blazedb.internal.catalog;

import io.blazedb.sql.TopologyPattern;
import io.blazedb.sync.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * A topology with its nodes and connections: the same value in the catalogue of every database that takes part. Each
 * change gives a new value, and {@link #next} the number by which the databases know which of two is the later one.
 *
 * @param id one for each CREATE, so that two topologies of one name are told apart
 * @param nodes in the order in which they were added
 * @param slots of the nodes, and of nodes that were here before; does not count for the version
 */
public record Topology(
        UUID id,
        long version,
        TopologyEntry entry,
        List<NodeEntry> nodes,
        List<ConnectionEntry> connections,
        Slots slots) {
    public Topology {
        nodes = List.copyOf(nodes);
        connections = List.copyOf(connections);
    }

    public static Topology create(TopologyEntry entry) {
        return new Topology(UUID.randomUUID(), 0, entry, List.of(), List.of(), Slots.NONE);
    }

    public String name() {
        return entry.name();
    }

    public Optional<NodeEntry> node(String name) {
        return nodes.stream().filter(node -> Names.same(node.node(), name)).findFirst();
    }

    public Optional<NodeEntry> node(NodeId id) {
        return nodes.stream().filter(node -> node.nodeId().equals(id)).findFirst();
    }

    public Optional<ConnectionEntry> connection(String first, String second) {
        return connections.stream()
                .filter(connection -> connection.joins(first, second))
                .findFirst();
    }

    /** This topology, one change later. */
    public Topology next() {
        return new Topology(id, version + 1, entry, nodes, connections, slots);
    }

    /** With a node more. The first one becomes the hub of a pattern that wants one and has none. */
    public Topology withNode(NodeEntry node) {
        return withNode(node, 0, Slots.NONE);
    }

    /**
     * As {@link #withNode(NodeEntry)}, for a node that has numbered before.
     *
     * @param preferredSlot the one that it would like to go on with
     * @param known what it knows of slots from elsewhere
     */
    public Topology withNode(NodeEntry node, int preferredSlot, Slots known) {
        List<NodeEntry> all = new ArrayList<>(nodes);
        all.add(node);
        boolean becomesHub = entry.hub().isEmpty() && needsHub(entry.pattern());
        TopologyEntry newEntry =
                becomesHub ? new TopologyEntry(entry.name(), entry.pattern(), Optional.of(node.node())) : entry;
        Slots newSlots = slots.joined(known)
                .withNode(node.nodeId(), preferredSlot)
                .settled(all.stream().map(NodeEntry::nodeId).toList());
        return new Topology(id, version, newEntry, all, connections, newSlots);
    }

    /** Without a node and all its connections. */
    public Topology withoutNode(String name) {
        boolean wasHub = entry.hub().filter(hub -> Names.same(hub, name)).isPresent();
        return new Topology(
                id,
                version,
                wasHub ? new TopologyEntry(entry.name(), entry.pattern(), Optional.empty()) : entry,
                without(nodes, node -> Names.same(node.node(), name)),
                without(connections, connection -> connection.touches(name)),
                slots);
    }

    public Topology withConnection(ConnectionEntry connection) {
        List<ConnectionEntry> all = new ArrayList<>(connections);
        all.add(connection);
        return withConnections(all);
    }

    public Topology withoutConnection(String first, String second) {
        return withConnections(without(connections, connection -> connection.joins(first, second)));
    }

    public Topology withConnections(List<ConnectionEntry> newConnections) {
        return new Topology(id, version, entry, nodes, newConnections, slots);
    }

    /** With the connections that fit paused or resumed. */
    public Topology withPaused(boolean paused, Predicate<ConnectionEntry> fitting) {
        return withConnections(connections.stream()
                .map(connection -> fitting.test(connection) ? connection.withPaused(paused) : connection)
                .toList());
    }

    public Topology withPattern(TopologyPattern pattern, Optional<String> hub) {
        return new Topology(id, version, new TopologyEntry(entry.name(), pattern, hub), nodes, connections, slots);
    }

    public Topology withSlots(Slots newSlots) {
        return new Topology(id, version, entry, nodes, connections, newSlots);
    }

    /** Whether the pattern makes one node special. */
    public static boolean needsHub(TopologyPattern pattern) {
        return pattern == TopologyPattern.HUB_AND_SPOKE || pattern == TopologyPattern.STAR;
    }

    /**
     * What both databases know together. Of two versions of one topology that is the later one. Two that were created
     * apart under one name, or changed apart, become one that has the nodes and connections of both. Slots are those of
     * both in any case.
     */
    public Topology mergedWith(Topology other) {
        Topology known = withSlots(slots.joined(other.slots));
        Topology merged = known.later(other.withSlots(known.slots()));
        return merged.withSlots(merged.slots()
                .settled(merged.nodes.stream().map(NodeEntry::nodeId).toList()));
    }

    private Topology later(Topology other) {
        if (id.equals(other.id) && version != other.version) {
            return version > other.version ? this : other;
        }
        if (equals(other) || other.nodes.isEmpty()) {
            return this;
        }
        return nodes.isEmpty() ? other : new TopologyUnion(this, other).topology();
    }

    private static <T> List<T> without(List<T> all, Predicate<T> unwanted) {
        return all.stream().filter(unwanted.negate()).toList();
    }
}
