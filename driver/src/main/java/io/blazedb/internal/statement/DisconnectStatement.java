package io.blazedb.internal.statement;

import io.blazedb.SqlState;
import io.blazedb.internal.catalog.ConnectionEntry;
import io.blazedb.internal.catalog.NodeEntry;
import io.blazedb.internal.catalog.Topology;
import io.blazedb.internal.jdbc.StatementOutcome;
import io.blazedb.sql.ConnectionStatement.Disconnect;
import io.blazedb.sql.Identifier;
import io.blazedb.sql.Peer;
import io.blazedb.sync.NodeId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs {@code DISCONNECT}. The nodes stay in the topology. For one thread. */
final class DisconnectStatement {
    private record Found(Topology topology, ConnectionEntry connection) {}

    private final SessionFacts session;

    DisconnectStatement(SessionFacts session) {
        this.session = session;
    }

    StatementOutcome disconnect(Disconnect disconnect) throws SQLException {
        if (disconnect.target() instanceof Peer.Location place) {
            Locations.checked(place.location().asText());
        }
        return new TopologyChange(session).run(members -> plan(disconnect, members));
    }

    private TopologyChange.Plan plan(Disconnect disconnect, Members members) throws SQLException {
        KnownTopologies known = KnownTopologies.of(members.self(), Optional.empty());
        List<Topology> meant = disconnect.topology().isPresent()
                ? List.of(known.named(disconnect.topology().get()))
                : known.topologies();
        checkNames(disconnect, new KnownTopologies(meant));
        Found found = only(find(disconnect, meant, members), disconnect);
        Topology before = members.gather(found.topology());
        ConnectionEntry connection = found.connection();
        if (connection.derived()) {
            throw SqlState.CONNECTION.error("The connection of " + connection.source() + " and " + connection.target()
                    + " was made by the pattern " + before.entry().pattern().words() + " of topology " + before.name()
                    + ", expected one made by CONNECT. Remedy: ALTER TOPOLOGY ... DROP NODE, or SET PATTERN.");
        }
        return TopologyChange.Plan.of(before, before.withoutConnection(connection.source(), connection.target()));
    }

    private static void checkNames(Disconnect disconnect, KnownTopologies known) throws SQLException {
        List<Identifier> names = new ArrayList<>();
        disconnect.source().ifPresent(names::add);
        if (disconnect.target() instanceof Peer.Node peer) {
            names.add(peer.node());
        }
        for (Identifier name : names) {
            if (known.topologies().stream()
                    .noneMatch(topology -> topology.node(name.name()).isPresent())) {
                throw known.unknownNode(name);
            }
        }
    }

    private List<Found> find(Disconnect disconnect, List<Topology> topologies, Members members) throws SQLException {
        List<Found> all = new ArrayList<>();
        for (Topology topology : topologies) {
            Optional<NodeEntry> source = disconnect.source().isPresent()
                    ? topology.node(disconnect.source().get().name())
                    : topology.node(members.self().id());
            Optional<NodeEntry> target = target(disconnect.target(), topology, members);
            if (source.isPresent() && target.isPresent()) {
                topology.connection(source.get().node(), target.get().node())
                        .ifPresent(connection -> all.add(new Found(topology, connection)));
            }
        }
        return all;
    }

    /** A location is that of the node as the catalogue has it, or another way to write it: then opening it tells. */
    private static Optional<NodeEntry> target(Peer target, Topology topology, Members members) throws SQLException {
        if (target instanceof Peer.Node peer) {
            return topology.node(peer.node().name());
        }
        String location = ((Peer.Location) target).location().asText().strip();
        for (NodeEntry node : topology.nodes()) {
            if (Locations.same(node.location(), location)) {
                return Optional.of(node);
            }
        }
        NodeId id = members.open(Locations.existing(location), Optional.empty()).id();
        return topology.node(id);
    }

    private static Found only(List<Found> all, Disconnect disconnect) throws SQLException {
        String target = disconnect.target() instanceof Peer.Location place
                ? Locations.shown(place.location().asText())
                : ((Peer.Node) disconnect.target()).node().name();
        String pair = disconnect.source().map(Identifier::name).orElse("This database") + " and " + target;
        if (all.isEmpty()) {
            throw SqlState.CONNECTION.error(pair + " are not connected, expected a connection between them.");
        }
        if (all.size() > 1) {
            throw SqlState.CONNECTION.error(pair + " are connected in several topologies ("
                    + String.join(
                            ", ",
                            all.stream().map(found -> found.topology().name()).toList())
                    + "), expected to know which one is meant. Remedy: IN TOPOLOGY.");
        }
        return all.get(0);
    }
}
