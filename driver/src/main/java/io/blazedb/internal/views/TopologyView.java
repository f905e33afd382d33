package io.blazedb.internal.views;

import io.blazedb.internal.catalog.ConnectionEntry;
import io.blazedb.internal.catalog.Names;
import io.blazedb.internal.catalog.NodeEntry;
import io.blazedb.internal.catalog.Topology;
import io.blazedb.internal.node.LinkStatus;
import io.blazedb.internal.node.NodeIdentity;
import io.blazedb.internal.node.NodeStatus;
import io.blazedb.internal.node.SyncActions;
import io.blazedb.sync.Role;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** Nodes and connections with the state of this database's links to them. */
record TopologyView(SyncActions engine, NodeIdentity self, List<Topology> topologies, List<LinkStatus> links) {
    /** The worst one is the state of the whole. */
    private static final List<LinkStatus.State> WORST_FIRST = List.of(
            LinkStatus.State.FAILED,
            LinkStatus.State.OFFLINE,
            LinkStatus.State.CONNECTING,
            LinkStatus.State.PAUSED,
            LinkStatus.State.CONNECTED);

    private static final String DEVELOPMENT_VERSION = "development";

    static TopologyView of(SyncActions engine) throws SQLException {
        return new TopologyView(engine, engine.identity(), engine.catalog().topologies(), engine.links());
    }

    /** The state of a node is that of the link to it; there is none to a node that is reached through others. */
    void addNodes(ViewRows rows) {
        for (Topology topology : topologies) {
            Optional<String> own = topology.node(self.id()).map(NodeEntry::node);
            for (NodeEntry node : topology.nodes()) {
                boolean isSelf = node.nodeId().equals(self.id());
                Optional<LinkStatus> link = own.flatMap(name -> link(topology.name(), name, node.node()));
                rows.add(
                        topology.name(),
                        node.node(),
                        node.nodeId().toString(),
                        node.role().name(),
                        node.location(),
                        isSelf
                                ? LinkStatus.State.CONNECTED.name()
                                : link.map(found -> found.state().name()).orElse(null),
                        isSelf
                                ? ViewFunctions.time(Instant.now())
                                : link.map(TopologyView::lastSeen).orElse(null));
            }
        }
    }

    private static OffsetDateTime lastSeen(LinkStatus link) {
        return ViewFunctions.time(link.state() == LinkStatus.State.CONNECTED ? Instant.now() : link.since());
    }

    private Optional<LinkStatus> link(String topology, String first, String second) {
        return links.stream()
                .filter(link -> Names.same(link.topology(), topology))
                .filter(link -> Names.samePair(link.source(), link.target(), first, second))
                .findFirst();
    }

    void addConnections(ViewRows rows) {
        for (Topology topology : topologies) {
            for (ConnectionEntry connection : topology.connections()) {
                addConnection(connection, link(topology.name(), connection.source(), connection.target()), rows);
            }
        }
    }

    /** Without a link it is a connection of two others, of which this database knows no more. */
    private static void addConnection(ConnectionEntry connection, Optional<LinkStatus> link, ViewRows rows) {
        rows.add(
                connection.topology(),
                connection.source(),
                connection.target(),
                connection.mode().sql(),
                null,
                "LOCAL",
                link.map(found -> found.state().name())
                        .orElse(connection.paused() ? LinkStatus.State.PAUSED.name() : null),
                null,
                link.map(LinkStatus::pending).orElse(null),
                link.map(LinkStatus::sent).orElse(null),
                link.map(LinkStatus::received).orElse(null),
                link.map(LinkStatus::sentBytes).orElse(null),
                link.map(LinkStatus::receivedBytes).orElse(null),
                link.map(LinkStatus::lagMillis).orElse(null),
                link.flatMap(LinkStatus::lastError).orElse(null),
                link.map(found -> ViewFunctions.time(found.since())).orElse(null));
    }

    void addStatus(ViewRows rows) throws SQLException {
        NodeStatus status = engine.status();
        Optional<NodeEntry> node = topologies.stream()
                .flatMap(topology -> topology.node(self.id()).stream())
                .findFirst();
        rows.add(
                node.map(NodeEntry::node).orElse(self.defaultName()),
                self.id().toString(),
                node.map(NodeEntry::role).orElse(Role.CLIENT).name(),
                WORST_FIRST.stream()
                        .filter(state -> links.stream().anyMatch(link -> link.state() == state))
                        .findFirst()
                        .map(Enum::name)
                        .orElse(null),
                status.logFirst(),
                status.logLast(),
                status.checkpoint(),
                status.oldestWriteSeconds(),
                status.pending(),
                engine.catalog().conflictsOpen(),
                status.parked(),
                Optional.ofNullable(TopologyView.class.getPackage().getImplementationVersion())
                        .orElse(DEVELOPMENT_VERSION));
    }
}
