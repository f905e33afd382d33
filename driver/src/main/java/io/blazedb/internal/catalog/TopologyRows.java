package io.blazedb.internal.catalog;

import io.blazedb.sql.TopologyPattern;
import io.blazedb.sync.NodeId;
import io.blazedb.sync.Role;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Topologies as rows of the tables BZ_TOPOLOGY, BZ_NODE, BZ_CONNECTION and BZ_SLOT. Transactions are the caller's. */
final class TopologyRows {
    private final Connection connection;

    TopologyRows(Connection connection) {
        this.connection = connection;
    }

    List<Topology> read() throws SQLException {
        List<NodeEntry> nodes = rows("SELECT * FROM BLAZE.BZ_NODE ORDER BY TOPOLOGY, POSITION", TopologyRows::node);
        List<ConnectionEntry> connections =
                rows("SELECT * FROM BLAZE.BZ_CONNECTION ORDER BY TOPOLOGY, POSITION", TopologyRows::connection);
        List<SlotRow> slots = rows("SELECT * FROM BLAZE.BZ_SLOT ORDER BY TOPOLOGY, SLOT", TopologyRows::slot);
        return rows(
                "SELECT * FROM BLAZE.BZ_TOPOLOGY ORDER BY TOPOLOGY", row -> topology(row, nodes, connections, slots));
    }

    private interface Reading<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> rows(String sql, Reading<T> reading) throws SQLException {
        List<T> all = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                all.add(reading.read(row));
            }
        }
        return all;
    }

    private static Topology topology(
            ResultSet row, List<NodeEntry> nodes, List<ConnectionEntry> connections, List<SlotRow> slots)
            throws SQLException {
        String name = row.getString("TOPOLOGY");
        return new Topology(
                row.getObject("TOPOLOGY_ID", UUID.class),
                row.getLong("VERSION"),
                new TopologyEntry(
                        name,
                        TopologyPattern.valueOf(row.getString("PATTERN")),
                        Optional.ofNullable(row.getString("HUB"))),
                nodes.stream().filter(node -> node.topology().equals(name)).toList(),
                connections.stream()
                        .filter(connection -> connection.topology().equals(name))
                        .toList(),
                new Slots(slots.stream()
                        .filter(slot -> slot.topology().equals(name))
                        .map(SlotRow::claim)
                        .toList()));
    }

    private record SlotRow(String topology, Slots.Claim claim) {}

    private static SlotRow slot(ResultSet row) throws SQLException {
        return new SlotRow(
                row.getString("TOPOLOGY"), new Slots.Claim(row.getInt("SLOT"), NodeId.parse(row.getString("NODE_ID"))));
    }

    private static NodeEntry node(ResultSet row) throws SQLException {
        return new NodeEntry(
                row.getString("TOPOLOGY"),
                row.getString("NODE"),
                NodeId.parse(row.getString("NODE_ID")),
                Role.valueOf(row.getString("ROLE")),
                row.getString("LOCATION"));
    }

    private static ConnectionEntry connection(ResultSet row) throws SQLException {
        return new ConnectionEntry(
                row.getString("TOPOLOGY"),
                row.getString("SOURCE"),
                row.getString("TARGET"),
                SyncMode.valueOf(row.getString("MODE")),
                row.getInt("INTERVAL_SECONDS"),
                row.getLong("MAX_BACKLOG"),
                row.getBoolean("PAUSED"),
                row.getBoolean("DERIVED"));
    }

    /** Nodes, connections and slots go with their topology. */
    void delete(String name) throws SQLException {
        run("DELETE FROM BLAZE.BZ_TOPOLOGY WHERE UPPER(TOPOLOGY) = UPPER(?)", name);
    }

    void insert(Topology topology) throws SQLException {
        TopologyEntry entry = topology.entry();
        run(
                "INSERT INTO BLAZE.BZ_TOPOLOGY(TOPOLOGY, TOPOLOGY_ID, VERSION, PATTERN, HUB) VALUES (?, ?, ?, ?, ?)",
                entry.name(),
                topology.id(),
                topology.version(),
                entry.pattern().name(),
                entry.hub().orElse(null));
        int position = 0;
        for (NodeEntry node : topology.nodes()) {
            insert(entry.name(), node, position++);
        }
        position = 0;
        for (ConnectionEntry connectionEntry : topology.connections()) {
            insert(entry.name(), connectionEntry, position++);
        }
        for (Slots.Claim claim : topology.slots().claims()) {
            run(
                    "INSERT INTO BLAZE.BZ_SLOT(TOPOLOGY, SLOT, NODE_ID) VALUES (?, ?, ?)",
                    entry.name(),
                    claim.slot(),
                    claim.node().toString());
        }
    }

    private void insert(String topology, NodeEntry node, int position) throws SQLException {
        run(
                "INSERT INTO BLAZE.BZ_NODE(TOPOLOGY, NODE, NODE_ID, ROLE, LOCATION, POSITION)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                topology,
                node.node(),
                node.nodeId().toString(),
                node.role().name(),
                node.location(),
                position);
    }

    private void insert(String topology, ConnectionEntry entry, int position) throws SQLException {
        run(
                "INSERT INTO BLAZE.BZ_CONNECTION(TOPOLOGY, SOURCE, TARGET, MODE, INTERVAL_SECONDS, MAX_BACKLOG,"
                        + " PAUSED, DERIVED, POSITION) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                topology,
                entry.source(),
                entry.target(),
                entry.mode().name(),
                entry.intervalSeconds(),
                entry.maxBacklog(),
                entry.paused(),
                entry.derived(),
                position);
    }

    private void run(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
