package io.blazedb.internal.statement;

import io.blazedb.SqlState;
import io.blazedb.internal.catalog.Names;
import io.blazedb.internal.catalog.NodeEntry;
import io.blazedb.internal.catalog.Topology;
import io.blazedb.sql.Identifier;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The topologies that a statement may mean, and the errors when it means none of them. */
record KnownTopologies(List<Topology> topologies) {
    /** Those of one catalogue, and of another those whose names the first does not have. */
    static KnownTopologies of(Member self, Optional<Member> other) throws SQLException {
        List<Topology> known = new ArrayList<>(self.catalog().topologies());
        if (other.isPresent()) {
            for (Topology theirs : other.get().catalog().topologies()) {
                if (known.stream().noneMatch(topology -> Names.same(topology.name(), theirs.name()))) {
                    known.add(theirs);
                }
            }
        }
        return new KnownTopologies(List.copyOf(known));
    }

    Optional<Topology> find(String name) {
        return topologies.stream()
                .filter(topology -> Names.same(topology.name(), name))
                .findFirst();
    }

    Topology named(Identifier name) throws SQLException {
        Optional<Topology> found = find(name.name());
        if (found.isEmpty()) {
            throw SqlState.TOPOLOGY.error("Unknown topology " + name + " at " + name.position() + ", "
                    + NearestName.expectation(
                            name.name(), topologies.stream().map(Topology::name).toList())
                    + ".");
        }
        return found.get();
    }

    /** A node of one topology. */
    static NodeEntry node(Topology topology, Identifier name) throws SQLException {
        Optional<NodeEntry> found = topology.node(name.name());
        if (found.isEmpty()) {
            throw unknownNode(name, " in topology " + topology.name(), List.of(topology));
        }
        return found.get();
    }

    SQLException unknownNode(Identifier name) {
        return unknownNode(name, "", topologies);
    }

    private static SQLException unknownNode(Identifier name, String where, List<Topology> topologies) {
        Set<String> existing = new TreeSet<>();
        topologies.forEach(topology -> topology.nodes().forEach(node -> existing.add(node.node())));
        return SqlState.NODE.error("Unknown node " + name + where + " at " + name.position() + ", "
                + NearestName.expectation(name.name(), existing) + ".");
    }
}
