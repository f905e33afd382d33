package io.blazedb.internal.statement;

import io.blazedb.SqlState;
import io.blazedb.internal.catalog.NodeEntry;
import io.blazedb.internal.catalog.Topology;
import io.blazedb.internal.catalog.TopologyEntry;
import io.blazedb.sql.Identifier;
import io.blazedb.sql.IdentifierRules;
import io.blazedb.sql.Peer;
import io.blazedb.sql.TopologyPattern;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The two nodes of CONNECT, each given by a name or by a database, and the topology that they are meant in.
 *
 * @param source empty: this database
 * @param opened the database that the target's location names
 */
record PairTopology(Optional<Identifier> source, Peer target, Optional<Member> opened) {
    private static final String DEFAULT = "MAIN";

    /** The one that the statement names; else the only one that fits; else MAIN. */
    Topology choose(KnownTopologies known, Optional<Identifier> named, Members members, IdentifierRules rules)
            throws SQLException {
        if (named.isPresent()) {
            return known.named(named.get());
        }
        boolean byName = source.isPresent() || targetName().isPresent();
        List<Topology> withNames = fitting(known.topologies(), this::hasNames);
        if (byName && withNames.isEmpty()) {
            throw known.unknownNode(unknown(known));
        }
        List<Topology> withBoth = fitting(withNames, topology -> hasDatabases(topology, members));
        List<Topology> candidates = !withBoth.isEmpty() ? withBoth : byName ? withNames : List.of();
        if (candidates.size() == 1) {
            return candidates.get(0);
        }
        String mainName = rules.fold(DEFAULT);
        Optional<Topology> main = known.find(mainName);
        if (candidates.isEmpty()) {
            return main.orElseGet(
                    () -> Topology.create(new TopologyEntry(mainName, TopologyPattern.CUSTOM, Optional.empty())));
        }
        if (main.isPresent() && candidates.contains(main.get())) {
            return main.get();
        }
        throw SqlState.TOPOLOGY.error("Both nodes are in several topologies ("
                + String.join(", ", candidates.stream().map(Topology::name).toList())
                + "), expected to know which one is meant. Remedy: IN TOPOLOGY.");
    }

    private static List<Topology> fitting(List<Topology> topologies, Predicate<Topology> fits) {
        return topologies.stream().filter(fits).toList();
    }

    private Optional<Identifier> targetName() {
        return target instanceof Peer.Node peer ? Optional.of(peer.node()) : Optional.empty();
    }

    private boolean hasNames(Topology topology) {
        return has(topology, source) && has(topology, targetName());
    }

    private static boolean has(Topology topology, Optional<Identifier> name) {
        return name.isEmpty() || topology.node(name.get().name()).isPresent();
    }

    private boolean hasDatabases(Topology topology, Members members) {
        boolean self = source.isPresent() || topology.node(members.self().id()).isPresent();
        return self && (opened.isEmpty() || topology.node(opened.get().id()).isPresent());
    }

    /** The name that is in no topology; or the target's, when each is in some topology but both are in none. */
    private Identifier unknown(KnownTopologies known) {
        boolean sourceIsKnown = known.topologies().stream().anyMatch(topology -> has(topology, source));
        return source.isPresent() && !sourceIsKnown
                ? source.get()
                : targetName().or(() -> source).orElseThrow();
    }

    NodeEntry source(Topology topology, Members members) throws SQLException {
        return source.isPresent()
                ? KnownTopologies.node(topology, source.get())
                : topology.node(members.self().id()).orElseThrow();
    }

    NodeEntry target(Topology topology) throws SQLException {
        Optional<Identifier> name = targetName();
        return name.isPresent()
                ? KnownTopologies.node(topology, name.get())
                : topology.node(opened.orElseThrow().id()).orElseThrow();
    }
}
