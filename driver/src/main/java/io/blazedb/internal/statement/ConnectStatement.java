package io.blazedb.internal.statement;

import io.blazedb.SqlState;
import io.blazedb.internal.catalog.ConnectionEntry;
import io.blazedb.internal.catalog.NodeEntry;
import io.blazedb.internal.catalog.SyncMode;
import io.blazedb.internal.catalog.Topology;
import io.blazedb.internal.jdbc.StatementOutcome;
import io.blazedb.internal.topology.PatternWiring;
import io.blazedb.sql.ConnectionStatement.Connect;
import io.blazedb.sql.Peer;
import java.sql.SQLException;
import java.util.Optional;

/** Runs {@code CONNECT}. For one thread. */
final class ConnectStatement {
    private final SessionFacts session;

    ConnectStatement(SessionFacts session) {
        this.session = session;
    }

    StatementOutcome connect(Connect connect) throws SQLException {
        ConnectSettings settings = ConnectSettings.of(connect.options(), session.credentials());
        if (connect.policy().isPresent()) {
            throw SqlState.POLICY.error("Unknown policy " + connect.policy().get() + " at "
                    + connect.policy().get().position() + ", and there is none yet. Nothing was done. Remedy: leave"
                    + " POLICY away; then all tables flow.");
        }
        Optional<String> location = connect.target() instanceof Peer.Location place
                ? Optional.of(Locations.checked(place.location().asText()))
                : Optional.empty();
        return new TopologyChange(session).run(members -> plan(connect, settings, location, members));
    }

    private TopologyChange.Plan plan(
            Connect connect, ConnectSettings settings, Optional<String> location, Members members) throws SQLException {
        Optional<Member> opened = location.isPresent()
                ? Optional.of(members.open(location.get(), settings.credentials()))
                : Optional.empty();
        PairTopology pair = new PairTopology(connect.source(), connect.target(), opened);
        Topology start =
                pair.choose(KnownTopologies.of(members.self(), opened), connect.topology(), members, session.rules());
        useCredentials(connect, settings, start, members);
        Topology before = members.gather(start);

        Topology nodes = connect.source().isPresent() ? before : members.withNode(before, members.self());
        if (opened.isPresent()) {
            nodes = members.withNode(nodes, opened.get());
        }
        NodeEntry source = pair.source(nodes, members);
        NodeEntry target = pair.target(nodes);
        checkNew(source, target, nodes);
        ConnectionEntry connection = new ConnectionEntry(
                nodes.name(),
                source.node(),
                target.node(),
                SyncMode.valueOf(connect.mode().name()),
                settings.intervalSeconds(),
                settings.maxBacklog(),
                false,
                false);
        return TopologyChange.Plan.of(before, PatternWiring.rewired(nodes.withConnection(connection)));
    }

    private static void useCredentials(Connect connect, ConnectSettings settings, Topology start, Members members)
            throws SQLException {
        if (connect.target() instanceof Peer.Node peer && settings.credentials().isPresent()) {
            members.useCredentials(
                    KnownTopologies.node(start, peer.node()),
                    settings.credentials().get());
        }
    }

    private static void checkNew(NodeEntry source, NodeEntry target, Topology topology) throws SQLException {
        if (source.nodeId().equals(target.nodeId())) {
            throw SqlState.CONNECTION.error(
                    "Node " + source.node() + " cannot be connected to itself, expected two nodes.");
        }
        Optional<ConnectionEntry> existing = topology.connection(source.node(), target.node());
        if (existing.isPresent()) {
            throw SqlState.CONNECTION.error("A connection between " + source.node() + " and " + target.node()
                    + " exists already in topology " + topology.name() + " ("
                    + existing.get().source() + " TO " + existing.get().target() + ", MODE "
                    + existing.get().mode().sql()
                    + (existing.get().derived()
                            ? ", made by the pattern "
                                    + topology.entry().pattern().words()
                            : "")
                    + "), expected none." + (existing.get().derived() ? "" : " Remedy: DISCONNECT first."));
        }
    }
}
