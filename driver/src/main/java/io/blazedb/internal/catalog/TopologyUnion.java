package io.blazedb.internal.catalog;

import io.blazedb.sync.NodeId;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** All nodes and connections of two topologies of one name and the same slots. A pure function of the two. */
final class TopologyUnion {
    private final Topology first;
    private final Topology second;
    private Topology union;

    TopologyUnion(Topology first, Topology second) {
        this.first = first;
        this.second = second;
        this.union = first;
    }

    Topology topology() {
        for (NodeEntry node : second.nodes()) {
            if (union.node(node.nodeId()).isEmpty()) {
                String name =
                        Names.unique(node.node(), taken -> union.node(taken).isPresent());
                union = union.withNode(new NodeEntry(first.name(), name, node.nodeId(), node.role(), node.location()));
            }
        }
        Map<NodeId, String> names =
                union.nodes().stream().collect(Collectors.toMap(NodeEntry::nodeId, NodeEntry::node));
        for (ConnectionEntry connection : second.connections()) {
            Optional<String> source = second.node(connection.source()).map(node -> names.get(node.nodeId()));
            Optional<String> target = second.node(connection.target()).map(node -> names.get(node.nodeId()));
            if (source.isPresent() && target.isPresent()) {
                add(connection.between(first.name(), source.get(), target.get()));
            }
        }
        return new Topology(
                first.id(),
                Math.max(first.version(), second.version()) + 1,
                union.entry(),
                union.nodes(),
                union.connections(),
                first.slots());
    }

    private void add(ConnectionEntry connection) {
        if (union.connection(connection.source(), connection.target()).isEmpty()) {
            union = union.withConnection(connection);
        }
    }
}
