package io.blazedb.internal.database;

import io.blazedb.SqlState;
import io.blazedb.internal.catalog.ConnectionEntry;
import io.blazedb.internal.catalog.NodeEntry;
import io.blazedb.internal.catalog.Slots;
import io.blazedb.internal.catalog.Topology;
import io.blazedb.internal.link.LinkedNode;
import io.blazedb.internal.link.LocalConnection;
import io.blazedb.internal.node.Credentials;
import io.blazedb.internal.node.LinkStatus;
import io.blazedb.internal.node.LinkStatus.State;
import io.blazedb.internal.node.ParkedStatus;
import io.blazedb.internal.node.SyncActions;
import io.blazedb.internal.node.SyncPeer;
import io.blazedb.sync.NodeId;
import io.blazedb.sync.OriginId;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.h2.message.DbException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the running connections of one database as its catalogue says: starts, stops and pauses them, and opens the
 * databases at the other ends. Safe for use by several threads.
 */
final class Connections {
    private static final Credentials NOBODY = new Credentials("", "");

    private final NodeActions actions;
    private final BlazeDatabase database;
    private final Databases databases;
    private final Dialer dialer = new Dialer(this::dialAll);
    private final Map<Network.Key, Wanted> wanted = new ConcurrentHashMap<>();
    private final Map<Network.Key, Offline> offline = new ConcurrentHashMap<>();
    private final Map<NodeId, String> names = new ConcurrentHashMap<>();

    private volatile boolean letNothingOut;

    /** A connection of the catalogue and the node at its other end. */
    private record Wanted(ConnectionEntry entry, NodeEntry source, NodeEntry target, NodeEntry peer) {
        boolean letsOut() {
            return entry.letsOut(entry.peerOf(peer.node()));
        }
    }

    private record Offline(String error, Instant since) {}

    Connections(NodeActions actions, BlazeDatabase database, Databases databases) {
        this.actions = actions;
        this.database = database;
        this.databases = databases;
    }

    /** Makes what runs what the catalogue says. Peers that are not open are dialled in the background. */
    void reconcile() throws SQLException {
        LinkedNode node = database.node();
        if (node == null) {
            return;
        }
        Set<NodeId> members = new HashSet<>();
        takeSlot(node);
        Map<Network.Key, Wanted> now = readCatalog(node, members);
        for (Network.Key key : databases.network().keysOf(database)) {
            Wanted still = now.get(key);
            if (still == null || still.entry().paused()) {
                databases.network().stop(key);
            }
        }
        letNothingOut = !now.isEmpty() && now.values().stream().noneMatch(Wanted::letsOut);
        Set<NodeId> peers = now.values().stream()
                .map(connection -> connection.peer().nodeId())
                .collect(Collectors.toSet());
        node.connectedWith(peers, members);
        wanted.keySet().retainAll(now.keySet());
        wanted.putAll(now);
        offline.keySet().retainAll(now.keySet());
        boolean all = true;
        for (Map.Entry<Network.Key, Wanted> entry : now.entrySet()) {
            all &= entry.getValue().entry().paused() || startIfOpen(entry.getKey(), entry.getValue());
        }
        if (!all) {
            dialer.dial();
        }
    }

    /** Whether there are connections, and the modes of all of them keep here what is written here. */
    boolean letNothingOut() {
        return letNothingOut;
    }

    /** The numbers of this database stay apart from those of every node of its topologies. */
    private void takeSlot(LinkedNode node) throws SQLException {
        NodeId self = node.state().nodeId();
        List<Topology> ours = actions.catalog().topologies().stream()
                .filter(topology -> topology.node(self).isPresent())
                .toList();
        if (ours.isEmpty()) {
            return;
        }
        Slots fresh =
                node.numbering().settle(self, ours.stream().map(Topology::slots).toList());
        if (!fresh.equals(Slots.NONE)) {
            for (Topology topology : ours) {
                actions.catalog().store(topology.withSlots(topology.slots().joined(fresh)));
            }
        }
    }

    private Map<Network.Key, Wanted> readCatalog(LinkedNode node, Set<NodeId> members) throws SQLException {
        Map<Network.Key, Wanted> found = new LinkedHashMap<>();
        for (Topology topology : actions.catalog().topologies()) {
            for (NodeEntry entry : topology.nodes()) {
                names.put(entry.nodeId(), entry.node());
            }
            Optional<NodeEntry> self = topology.node(node.state().nodeId());
            if (self.isEmpty()) {
                continue;
            }
            node.role(self.get().role());
            topology.nodes().forEach(member -> members.add(member.nodeId()));
            for (ConnectionEntry connection : topology.connections()) {
                Optional<NodeEntry> source = topology.node(connection.source());
                Optional<NodeEntry> target = topology.node(connection.target());
                if (connection.touches(self.get().node()) && source.isPresent() && target.isPresent()) {
                    NodeEntry peer = source.get().nodeId().equals(node.state().nodeId()) ? target.get() : source.get();
                    Network.Key key = new Network.Key(
                            topology.id().toString(),
                            source.get().nodeId(),
                            target.get().nodeId());
                    found.put(key, new Wanted(connection, source.get(), target.get(), peer));
                }
            }
        }
        node.names(id -> Optional.ofNullable(names.get(id)));
        return found;
    }

    private boolean startIfOpen(Network.Key key, Wanted connection) {
        BlazeDatabase source = databases.find(connection.source().nodeId());
        BlazeDatabase target = databases.find(connection.target().nodeId());
        if (source == null || target == null) {
            return false;
        }
        boolean runs = databases.network().ensure(key, connection.entry(), source, target);
        if (runs) {
            offline.remove(key);
        }
        return runs;
    }

    /** Opens what is not open. Answers whether everything runs. */
    private boolean dialAll() {
        boolean all = true;
        for (Map.Entry<Network.Key, Wanted> entry : wanted.entrySet()) {
            if (!entry.getValue().entry().paused()
                    && databases.network().find(entry.getKey()).isEmpty()) {
                all &= dial(entry.getKey(), entry.getValue());
            }
        }
        return all;
    }

    private boolean dial(Network.Key key, Wanted connection) {
        if (startIfOpen(key, connection)) {
            return true;
        }
        String location = connection.peer().location();
        try {
            Credentials credentials = actions.remembered(location).orElse(NOBODY);
            try (SyncPeer peer = actions.open(location, credentials)) {
                if (!peer.actions().identity().id().equals(connection.peer().nodeId())) {
                    throw SqlState.NODE.error("The database at " + location + " is not the node "
                            + connection.peer().node()
                            + " any more (it has another identity). Remedy: ALTER TOPOLOGY ..."
                            + " DROP NODE, and CONNECT again.");
                }
                return startIfOpen(key, connection);
            }
        } catch (SQLException e) {
            offline.compute(
                    key,
                    (same, before) -> new Offline(
                            String.valueOf(e.getMessage()), before == null ? Instant.now() : before.since()));
            return false;
        }
    }

    void stop() {
        dialer.stop();
    }

    List<LinkStatus> status() {
        LinkedNode node = database.node();
        List<LinkStatus> all = new ArrayList<>();
        if (node == null) {
            return all;
        }
        wanted.forEach((key, connection) -> all.add(databases
                .network()
                .find(key)
                .map(running -> running.status(node))
                .orElseGet(() -> notRunning(key, connection))));
        return all;
    }

    private LinkStatus notRunning(Network.Key key, Wanted connection) {
        Offline reason = offline.get(key);
        State state = connection.entry().paused() ? State.PAUSED : reason == null ? State.CONNECTING : State.OFFLINE;
        return new LinkStatus(
                connection.entry().topology(),
                connection.entry().source(),
                connection.entry().target(),
                state,
                0,
                0,
                0,
                0,
                0,
                0,
                Optional.ofNullable(reason).map(Offline::error),
                reason == null ? Instant.now() : reason.since(),
                0);
    }

    List<ParkedStatus> parked() {
        LinkedNode node = database.node();
        List<ParkedStatus> all = new ArrayList<>();
        if (node != null) {
            running().forEach(connection -> all.addAll(connection.parked(node)));
            all.addAll(node.parked());
        }
        return all;
    }

    private List<LocalConnection> running() {
        List<LocalConnection> all = new ArrayList<>();
        wanted.keySet().forEach(key -> databases.network().find(key).ifPresent(all::add));
        return all;
    }

    /** The names of the connected nodes that have applied an operation. */
    List<String> ackedBy(OriginId origin, long seq) {
        LinkedNode node = database.node();
        Set<String> acked = new HashSet<>();
        if (node != null) {
            for (LocalConnection connection : running()) {
                LinkedNode peer = connection.peerOf(node);
                if (peer.state().vector().covers(origin, seq)) {
                    NodeId id = peer.state().nodeId();
                    acked.add(names.getOrDefault(id, id.toString()));
                }
            }
        }
        return acked.stream().sorted().toList();
    }

    /** Waits for what sql.md's SYNC waits for. Answers the nodes that are paused. */
    List<String> sync(Optional<String> node, Duration timeout) throws SQLException {
        long end = System.nanoTime() + timeout.toNanos();
        List<String> paused = new ArrayList<>();
        Map<Network.Key, Wanted> asked = new LinkedHashMap<>();
        wanted.forEach((key, connection) -> {
            if (node.isEmpty() || connection.peer().node().equalsIgnoreCase(node.get())) {
                if (connection.entry().paused()) {
                    paused.add(connection.peer().node());
                } else {
                    asked.put(key, connection);
                }
            }
        });
        if (node.isPresent() && asked.isEmpty() && paused.isEmpty()) {
            throw SqlState.NODE.error("No connection of this database leads to a node " + node.get() + " (connected: "
                    + wanted.values().stream()
                            .map(one -> one.peer().node())
                            .sorted()
                            .toList() + ")");
        }
        List<String> missing = new ArrayList<>();
        for (Map.Entry<Network.Key, Wanted> entry : asked.entrySet()) {
            awaitOne(entry.getKey(), entry.getValue(), end).ifPresent(missing::add);
        }
        if (!missing.isEmpty()) {
            throw SqlState.SYNC_TIMED_OUT.error("SYNC did not finish within " + timeout.toSeconds() + " s: "
                    + String.join("; ", missing) + ". Nothing is lost: it goes on in the background.");
        }
        return paused;
    }

    /** Compares with each peer that is asked for, one after the other. */
    Map<String, SyncActions.PeerComparison> compare(LocalConnection.Work work, Optional<String> node, Duration timeout)
            throws SQLException {
        Map<String, SyncActions.PeerComparison> found = new TreeMap<>();
        for (Map.Entry<Network.Key, Wanted> entry : wanted.entrySet()) {
            String peer = entry.getValue().peer().node();
            if (node.isEmpty() || peer.equalsIgnoreCase(node.get())) {
                try {
                    found.merge(peer, compare(entry.getKey(), entry.getValue(), work, timeout), Connections::either);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw SqlState.SYNC_TIMED_OUT.error("The comparison with node " + peer + " was interrupted", e);
                }
            }
        }
        return found;
    }

    /** Of two connections with one peer, in two topologies, the one that could be compared over. */
    private static SyncActions.PeerComparison either(SyncActions.PeerComparison one, SyncActions.PeerComparison other) {
        return one.notDone().isEmpty() ? one : other;
    }

    private SyncActions.PeerComparison compare(
            Network.Key key, Wanted connection, LocalConnection.Work work, Duration timeout)
            throws SQLException, InterruptedException {
        LinkedNode self = database.node();
        if (connection.entry().paused()) {
            return notDone("it is paused (remedy: RESUME SYNC)");
        }
        long end = System.nanoTime() + timeout.toNanos();
        Optional<LocalConnection> running = awaitRunning(key, end);
        if (running.isEmpty() || self == null) {
            @Nullable Offline reason = offline.get(key);
            return notDone("it is not open" + (reason == null ? "" : ": " + reason.error()));
        }
        long left = Math.max(0, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
        return running.get()
                .compare(self, work, left)
                .map(tables -> new SyncActions.PeerComparison(tables, Optional.empty()))
                .orElseGet(() -> notDone("the two did not come to have seen the same within " + timeout.toSeconds()
                        + " s (remedy: look for LAST_ERROR in BLAZE.CONNECTIONS, or try again when less is written)"));
    }

    private static SyncActions.PeerComparison notDone(String why) {
        return new SyncActions.PeerComparison(List.of(), Optional.of(why));
    }

    private Optional<String> awaitOne(Network.Key key, Wanted connection, long endNanos) throws SQLException {
        String peer = connection.peer().node();
        try {
            Optional<LocalConnection> running = awaitRunning(key, endNanos);
            if (running.isEmpty()) {
                @Nullable Offline reason = offline.get(key);
                return Optional.of("node " + peer + " is not open" + (reason == null ? "" : ": " + reason.error()));
            }
            running.get().source().project();
            running.get().target().project();
            for (LocalConnection.Goal goal : running.get().goals()) {
                long left = Math.max(0, TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime()));
                if (!goal.await(left)) {
                    String direction = goal.from().equals(connection.peer().nodeId()) ? " from node " : " to node ";
                    return Optional.of(goal.missing() + direction + peer);
                }
            }
            running.get().source().project();
            running.get().target().project();
            return Optional.empty();
        } catch (DbException e) {
            return Optional.of("rows hidden by constraints, which another transaction keeps locked: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SqlState.SYNC_TIMED_OUT.error("SYNC was interrupted while it waited for node " + peer, e);
        }
    }

    private Optional<LocalConnection> awaitRunning(Network.Key key, long endNanos) throws InterruptedException {
        Optional<LocalConnection> running = databases.network().find(key);
        while (running.isEmpty() && System.nanoTime() < endNanos) {
            dialer.dial();
            dialer.awaitRound(Math.max(1, TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime())));
            running = databases.network().find(key);
        }
        return running;
    }
}
