package io.blazedb.internal.topology;

import io.blazedb.internal.catalog.ConnectionEntry;
import io.blazedb.internal.catalog.Names;
import io.blazedb.internal.catalog.NodeEntry;
import io.blazedb.internal.catalog.SyncMode;
import io.blazedb.internal.catalog.Topology;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One topology on its way to become a tree: each connection is hung below the node that the roots reach first. */
final class TopologyTree {
    /** A connection below a node. Of those that lead to one peer, the first also shows what is below the peer. */
    private record Branch(ConnectionEntry connection, NodeEntry peer, boolean first) {}

    private final Topology topology;
    private final Map<NodeEntry, List<Branch>> branches = new HashMap<>();
    private final List<NodeEntry> roots = new ArrayList<>();

    TopologyTree(Topology topology) {
        this.topology = topology;
        Set<ConnectionEntry> hung = new HashSet<>();
        for (NodeEntry node : topology.nodes().stream().sorted(bestRootFirst()).toList()) {
            if (!branches.containsKey(node)) {
                roots.add(node);
                hangAllBelow(node, hung);
            }
        }
    }

    private Comparator<NodeEntry> bestRootFirst() {
        return Comparator.<NodeEntry>comparingInt(node -> isHub(node) ? 0 : 1)
                .thenComparingLong(node -> -topology.connections().stream()
                        .filter(connection -> connection.touches(node.node()))
                        .count());
    }

    private boolean isHub(NodeEntry node) {
        return topology.entry()
                .hub()
                .filter(hub -> Names.same(hub, node.node()))
                .isPresent();
    }

    private void hangAllBelow(NodeEntry root, Set<ConnectionEntry> hung) {
        Deque<NodeEntry> reached = new ArrayDeque<>(List.of(root));
        branches.put(root, new ArrayList<>());
        while (!reached.isEmpty()) {
            NodeEntry node = reached.remove();
            List<Branch> below = branches.getOrDefault(node, new ArrayList<>());
            for (ConnectionEntry connection : topology.connections()) {
                if (connection.touches(node.node()) && hung.add(connection)) {
                    NodeEntry peer = peer(node, connection);
                    boolean first = branches.putIfAbsent(peer, new ArrayList<>()) == null;
                    below.add(new Branch(connection, peer, first));
                    if (first) {
                        reached.add(peer);
                    }
                }
            }
        }
    }

    private NodeEntry peer(NodeEntry node, ConnectionEntry connection) {
        return topology.node(connection.peerOf(node.node()))
                .orElseThrow(() -> new IllegalStateException(connection + " ends at no node of " + topology.name()));
    }

    void draw(List<String> lines) {
        lines.add(oneLine(topology.name()) + "  " + topology.entry().pattern().words());
        for (NodeEntry root : roots) {
            boolean last = root.equals(roots.get(roots.size() - 1));
            lines.add(corner(last) + described(root));
            drawBelow(root, indent(last), lines);
        }
    }

    private void drawBelow(NodeEntry node, String indent, List<String> lines) {
        List<Branch> below = branches.getOrDefault(node, List.of());
        for (Branch branch : below) {
            boolean last = branch.equals(below.get(below.size() - 1));
            String start = indent + corner(last) + arrow(node, branch.connection()) + " ";
            String end = branch.connection().paused() ? "  paused" : "";
            if (branch.first()) {
                lines.add(start + described(branch.peer()) + end);
                drawBelow(branch.peer(), indent + indent(last), lines);
            } else {
                lines.add(start + oneLine(branch.peer().node()) + "  (see there)" + end);
            }
        }
    }

    private static String corner(boolean last) {
        return last ? "└── " : "├── ";
    }

    private static String indent(boolean last) {
        return last ? "    " : "│   ";
    }

    private static String described(NodeEntry node) {
        return oneLine(node.node()) + "  " + node.role() + "  " + oneLine(node.location());
    }

    private static String arrow(NodeEntry above, ConnectionEntry connection) {
        if (connection.mode() == SyncMode.BIDIRECTIONAL) {
            return "<->";
        }
        boolean fromSource = connection.mode() == SyncMode.READ_ONLY;
        return fromSource == Names.same(connection.source(), above.node()) ? "-->" : "<--";
    }

    /** A quoted name may contain anything. */
    private static String oneLine(String name) {
        return name.replaceAll("\\p{Cntrl}", " ");
    }
}
