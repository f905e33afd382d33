package io.blazedb.internal.topology;

import io.blazedb.internal.catalog.ConnectionEntry;
import io.blazedb.internal.catalog.NodeEntry;
import io.blazedb.internal.catalog.Topology;
import io.blazedb.sync.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The language of Mermaid: one graph, a frame for each topology. An arrow is the way of the data. */
public final class MermaidDrawing implements TopologyDrawing {
    @Override
    public List<String> lines(List<Topology> topologies) {
        List<String> lines = new ArrayList<>();
        lines.add("graph LR");
        int frame = 0;
        for (Topology topology : topologies) {
            draw(topology, "t" + ++frame, lines);
        }
        return lines;
    }

    private static void draw(Topology topology, String frame, List<String> lines) {
        lines.add("  subgraph " + frame + "[" + quoted(topology.name()) + "]");
        Map<String, String> ids = new HashMap<>();
        for (NodeEntry node : topology.nodes()) {
            String id = frame + "n" + (ids.size() + 1);
            ids.put(key(node.node()), id);
            String label = quoted(node.node());
            lines.add("    " + id + (node.role() == Role.SERVER ? "[" + label + "]" : "(" + label + ")"));
        }
        for (ConnectionEntry connection : topology.connections()) {
            String source = String.valueOf(ids.get(key(connection.source())));
            String target = String.valueOf(ids.get(key(connection.target())));
            lines.add("    " + edge(source, target, connection));
        }
        lines.add("  end");
    }

    private static String key(String node) {
        return node.toUpperCase(Locale.ROOT);
    }

    /** There is no arrow to the left alone, so that the ends change places. */
    private static String edge(String source, String target, ConnectionEntry connection) {
        String line = connection.paused() ? "-.->" : "-->";
        return switch (connection.mode()) {
            case BIDIRECTIONAL -> source + " <" + line + " " + target;
            case READ_ONLY -> source + " " + line + " " + target;
            case WRITE_ONLY -> target + " " + line + " " + source;
        };
    }

    /** Mermaid has no escape but the numbers of HTML, written with a hash; they stand for whatever could be markup. */
    private static String quoted(String name) {
        StringBuilder text = new StringBuilder("\"");
        name.codePoints().forEach(character -> {
            if (Character.isLetterOrDigit(character) || character == ' ' || character == '_' || character == '-') {
                text.appendCodePoint(character);
            } else {
                text.append('#').append(character).append(';');
            }
        });
        return text.append('"').toString();
    }
}
