package io.blazedb.internal.topology;

import io.blazedb.internal.catalog.ConnectionEntry;
import io.blazedb.internal.catalog.NodeEntry;
import io.blazedb.internal.catalog.Topology;
import io.blazedb.sync.Role;
import java.util.ArrayList;
import java.util.List;

/** The language of Graphviz: one graph a topology. An arrow is the way of the data. */
public final class DotDrawing implements TopologyDrawing {
    @Override
    public List<String> lines(List<Topology> topologies) {
        List<String> lines = new ArrayList<>();
        for (Topology topology : topologies) {
            lines.add("digraph " + quoted(topology.name()) + " {");
            for (NodeEntry node : topology.nodes()) {
                String shape = node.role() == Role.SERVER ? "box" : "ellipse";
                lines.add("  " + quoted(node.node()) + " [shape=" + shape + "];");
            }
            topology.connections().forEach(connection -> lines.add("  " + edge(connection)));
            lines.add("}");
        }
        return lines;
    }

    private static String edge(ConnectionEntry connection) {
        List<String> attributes = new ArrayList<>();
        switch (connection.mode()) {
            case BIDIRECTIONAL -> attributes.add("dir=both");
            case WRITE_ONLY -> attributes.add("dir=back");
            case READ_ONLY -> {}
        }
        if (connection.paused()) {
            attributes.add("style=dashed");
        }
        String suffix = attributes.isEmpty() ? "" : " [" + String.join(", ", attributes) + "]";
        return quoted(connection.source()) + " -> " + quoted(connection.target()) + suffix + ";";
    }

    /** In a quoted name of DOT, a quote and a backslash stand behind a backslash. */
    private static String quoted(String name) {
        return '"'
                + name.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\r", "\\r")
                        .replace("\n", "\\n")
                + '"';
    }
}
