package io.blazedb.internal.topology;

import io.blazedb.internal.catalog.ConnectionEntry;
import io.blazedb.internal.catalog.Names;
import io.blazedb.internal.catalog.NodeEntry;
import io.blazedb.internal.catalog.SyncMode;
import io.blazedb.internal.catalog.Topology;
import io.blazedb.sql.TopologyPattern;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which connections a pattern makes between the nodes of a topology. */
public final class PatternWiring {
    private PatternWiring() {}

    /**
     * The connections that the pattern wants, in the order of the nodes.
     *
     * @param hub one of the nodes; a pattern that needs it and has none wants nothing
     */
    public static Set<WantedConnection> connections(TopologyPattern pattern, Optional<String> hub, List<String> nodes) {
        return switch (pattern) {
            case CUSTOM -> Set.of();
            case HUB_AND_SPOKE -> fromHub(hub, nodes, SyncMode.BIDIRECTIONAL);
            case STAR -> fromHub(hub, nodes, SyncMode.READ_ONLY);
            case MESH -> eachWithEach(nodes);
        };
    }

    private static Set<WantedConnection> fromHub(Optional<String> hub, List<String> nodes, SyncMode mode) {
        Set<WantedConnection> wanted = new LinkedHashSet<>();
        Optional<String> center = nodes.stream()
                .filter(node -> hub.isPresent() && Names.same(node, hub.get()))
                .findFirst();
        if (center.isPresent()) {
            for (String node : nodes) {
                if (!node.equals(center.get())) {
                    wanted.add(new WantedConnection(center.get(), node, mode));
                }
            }
        }
        return wanted;
    }

    private static Set<WantedConnection> eachWithEach(List<String> nodes) {
        Set<WantedConnection> wanted = new LinkedHashSet<>();
        for (int first = 0; first < nodes.size(); first++) {
            for (String second : nodes.subList(first + 1, nodes.size())) {
                wanted.add(new WantedConnection(nodes.get(first), second, SyncMode.BIDIRECTIONAL));
            }
        }
        return wanted;
    }

    /**
     * The topology with the connections of its pattern. Connections that were made by hand stay and stand for the
     * pattern's between the same nodes; one that already flows as the pattern wants stays as it is, so that its link
     * goes on undisturbed.
     */
    public static Topology rewired(Topology topology) {
        List<ConnectionEntry> wanted = wanted(topology);
        List<ConnectionEntry> connections = new ArrayList<>();
        for (ConnectionEntry present : topology.connections()) {
            if (!present.derived() || wanted.stream().anyMatch(present::flowsLike)) {
                connections.add(present);
            }
        }
        for (ConnectionEntry missing : wanted) {
            if (connections.stream().noneMatch(kept -> kept.joins(missing.source(), missing.target()))) {
                connections.add(missing);
            }
        }
        return topology.withConnections(connections);
    }

    private static List<ConnectionEntry> wanted(Topology topology) {
        List<String> nodes = topology.nodes().stream().map(NodeEntry::node).toList();
        return connections(topology.entry().pattern(), topology.entry().hub(), nodes).stream()
                .map(connection -> entry(topology, connection))
                .toList();
    }

    /** With the settings of the connection that it replaces, if there is one: a paused pair stays paused. */
    private static ConnectionEntry entry(Topology topology, WantedConnection wanted) {
        Optional<ConnectionEntry> before = topology.connection(wanted.source(), wanted.target());
        return new ConnectionEntry(
                topology.name(),
                wanted.source(),
                wanted.target(),
                wanted.mode(),
                before.map(ConnectionEntry::intervalSeconds).orElse(ConnectionEntry.INTERVAL_SECONDS_DEFAULT),
                before.map(ConnectionEntry::maxBacklog).orElse(0L),
                before.map(ConnectionEntry::paused).orElse(false),
                true);
    }
}
