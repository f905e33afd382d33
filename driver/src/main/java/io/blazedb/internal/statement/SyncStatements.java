package io.blazedb.internal.statement;

import io.blazedb.SqlState;
import io.blazedb.internal.catalog.ConnectionEntry;
import io.blazedb.internal.catalog.Names;
import io.blazedb.internal.catalog.NodeEntry;
import io.blazedb.internal.catalog.Topology;
import io.blazedb.internal.jdbc.StatementOutcome;
import io.blazedb.sql.Identifier;
import io.blazedb.sql.SyncStatement.Sync;
import io.blazedb.sql.Value;
import io.blazedb.sync.NodeId;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs {@code SYNC}, {@code PAUSE SYNC} and {@code RESUME SYNC}. For one thread. */
final class SyncStatements {
    private static final long TIMEOUT_SECONDS_DEFAULT = 30;
    private static final long TIMEOUT_SECONDS_MAX = 7 * 86_400L;

    private final SessionFacts session;

    SyncStatements(SessionFacts session) {
        this.session = session;
    }

    StatementOutcome sync(Sync sync) throws SQLException {
        long seconds = sync.timeoutSeconds().map(Value::asNumber).orElse(TIMEOUT_SECONDS_DEFAULT);
        if (seconds < 0 || seconds > TIMEOUT_SECONDS_MAX) {
            throw SqlState.SYNTAX.error(
                    "TIMEOUT is " + seconds + " seconds, expected 0 to " + TIMEOUT_SECONDS_MAX + ".");
        }
        Optional<String> node = Optional.empty();
        if (sync.node().isPresent()) {
            node = Optional.of(peer(sync.node().get()));
        }
        List<String> paused = session.actions().sync(node, Duration.ofSeconds(seconds));
        StatementOutcome outcome = StatementOutcome.ofCount(0);
        return paused.isEmpty()
                ? outcome
                : outcome.with(Warnings.of(
                        "SYNC did not wait for " + String.join(", ", paused) + ": paused. Remedy: RESUME SYNC."));
    }

    /** The name of a node that this database has a connection with. */
    String peer(Identifier name) throws SQLException {
        List<Topology> topologies = session.actions().catalog().topologies();
        if (topologies.isEmpty()) {
            throw new KnownTopologies(topologies).unknownNode(name);
        }
        NodeId self = session.actions().identity().id();
        for (Topology topology : topologies) {
            Optional<NodeEntry> node = topology.node(name.name());
            if (node.isPresent() && isConnected(topology, self, node.get().node())) {
                return node.get().node();
            }
        }
        if (topologies.stream().anyMatch(topology -> topology.node(name.name()).isPresent())) {
            throw SqlState.NODE.error("Node " + name + " at " + name.position()
                    + " has no connection with this database, expected one that has. Remedy: CONNECT TO " + name + ".");
        }
        throw new KnownTopologies(topologies).unknownNode(name);
    }

    private static boolean isConnected(Topology topology, NodeId self, String peer) {
        return topology.node(self)
                .flatMap(own -> topology.connection(own.node(), peer))
                .isPresent();
    }

    /** Pauses or resumes the connections of this database, with one node or with all. */
    StatementOutcome pause(Optional<Identifier> node, boolean paused) throws SQLException {
        Optional<String> peer = Optional.empty();
        if (node.isPresent()) {
            peer = Optional.of(peer(node.get()));
        }
        List<Topology> topologies = session.actions().catalog().topologies();
        if (topologies.isEmpty()) {
            return StatementOutcome.ofCount(0);
        }
        NodeId self = session.actions().identity().id();
        List<String> warnings = new ArrayList<>();
        for (Topology topology : topologies) {
            if (!withPaused(topology, self, peer, paused).equals(topology)) {
                warnings.addAll(pauseIn(topology, self, peer, paused));
            }
        }
        StatementOutcome outcome = StatementOutcome.ofCount(0);
        return warnings.isEmpty() ? outcome : outcome.with(Warnings.of(String.join(" ", warnings)));
    }

    private List<String> pauseIn(Topology topology, NodeId self, Optional<String> peer, boolean paused)
            throws SQLException {
        SQLWarning warning = new TopologyChange(session)
                .run(members -> {
                    Topology before = members.gather(topology);
                    return TopologyChange.Plan.of(before, withPaused(before, self, peer, paused));
                })
                .warning();
        return warning == null ? List.of() : List.of(String.valueOf(warning.getMessage()));
    }

    private static Topology withPaused(Topology topology, NodeId self, Optional<String> peer, boolean paused) {
        Optional<NodeEntry> own = topology.node(self);
        return own.isEmpty()
                ? topology
                : topology.withPaused(
                        paused, connection -> isMeant(connection, own.get().node(), peer));
    }

    private static boolean isMeant(ConnectionEntry connection, String own, Optional<String> peer) {
        return connection.touches(own)
                && peer.map(name -> Names.same(connection.peerOf(own), name)).orElse(true);
    }
}
