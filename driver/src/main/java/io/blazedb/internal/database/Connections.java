package io.blazedb.internal.database;

import io.blazedb.SqlState;
import io.blazedb.internal.catalog.ConnectionEntry;
import io.blazedb.internal.catalog.NodeEntry;
import io.blazedb.internal.catalog.Slots;
import io.blazedb.internal.catalog.Topology;
import io.blazedb.internal.catalog.TopologyTurn;
import io.blazedb.internal.link.LinkedNode;
import io.blazedb.internal.link.LocalConnection;
import io.blazedb.internal.node.Credentials;
import io.blazedb.internal.node.LinkStatus;
import io.blazedb.internal.node.LinkStatus.State;
import io.blazedb.internal.node.ParkedStatus;
import io.blazedb.internal.node.SyncPeer;
import io.blazedb.sync.NodeId;
import io.blazedb.sync.OriginId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

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
    private final AtomicBoolean stale = new AtomicBoolean();
    private volatile boolean letNothingOut;

    /** A connection of the catalogue and the node at its other end. */
    record Wanted(ConnectionEntry entry, NodeEntry source, NodeEntry target, NodeEntry peer) {
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

    /**
     * Makes what runs what the catalogue says, and that what the open peers know of it. Peers that are not open are
     * dialled in the background.
     */
    void reconcile() throws SQLException {
        LinkedNode node = database.node();
        if (node == null) {
            return;
        }
        boolean news = true;
        while (news) {
            takeSlot(node);
            news = follow(node);
        }
    }

    /** The catalogue was written by another database: the links follow in the background. */
    void catalogChanged() {
        stale.set(true);
        dialer.dial();
    }

    /** Answers whether a peer knew better, so that the catalogue is another one now. */
    private boolean follow(LinkedNode node) throws SQLException {
        databases.lock().lock();
        try {
            Set<NodeId> members = new HashSet<>();
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
            return startAll(now);
        } finally {
            databases.lock().unlock();
        }
    }

    private boolean startAll(Map<Network.Key, Wanted> now) {
        boolean all = true;
        for (Map.Entry<Network.Key, Wanted> entry : now.entrySet()) {
            Start start = entry.getValue().entry().paused() ? Start.DONE : tryStart(entry.getKey(), entry.getValue());
            if (start == Start.NEWS) {
                return true;
            }
            all &= start == Start.DONE;
        }
        if (!all) {
            dialer.dial();
        }
        return false;
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
                actions.catalog().adopt(topology.withSlots(topology.slots().joined(fresh)));
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

    /** What became of an attempt to start a connection. */
    private enum Start {
        /** It runs. */
        DONE,
        /** Not now: the peer is not open, or a topology is being changed. */
        LATER,
        /** The peer knew better: the catalogue is another one now. */
        NEWS
    }

    private Start tryStart(Network.Key key, Wanted connection) {
        try {
            return startIfOpen(key, connection);
        } catch (SQLException e) {
            noteOffline(key, e);
            return Start.LATER;
        }
    }

    private Start startIfOpen(Network.Key key, Wanted connection) throws SQLException {
        databases.lock().lock();
        try {
            BlazeDatabase source = databases.find(connection.source().nodeId());
            BlazeDatabase target = databases.find(connection.target().nodeId());
            if (source == null || target == null || !TopologyTurn.tryTake()) {
                return Start.LATER;
            }
            try {
                if (isNews(key, connection.peer().nodeId(), source.equals(database) ? target : source)) {
                    return Start.NEWS;
                }
            } finally {
                TopologyTurn.giveBack();
            }
            if (!databases.network().ensure(key, connection.entry(), source, target)) {
                return Start.LATER;
            }
            offline.remove(key);
            return Start.DONE;
        } finally {
            databases.lock().unlock();
        }
    }

    /** Before anything flows both have to know the same topology. */
    private boolean isNews(Network.Key key, NodeId peerId, BlazeDatabase peer) throws SQLException {
        NodeId self = key.source().equals(peerId) ? key.target() : key.source();
        Meeting meeting =
                Meeting.of(new Meeting.Side(self, actions), new Meeting.Side(peerId, peer.actions()), key.topology());
        if (meeting.newThere()) {
            peer.actions().connections().catalogChanged();
        }
        return meeting.newHere();
    }

    /** Opens what is not open. Answers whether everything runs. */
    private boolean dialAll() {
        boolean all = followIfStale();
        for (Map.Entry<Network.Key, Wanted> entry : wanted.entrySet()) {
            if (!entry.getValue().entry().paused()
                    && databases.network().find(entry.getKey()).isEmpty()) {
                all &= dial(entry.getKey(), entry.getValue());
            }
        }
        return all;
    }

    /** Answers whether that was not necessary, or done. */
    private boolean followIfStale() {
        if (!stale.getAndSet(false)) {
            return true;
        }
        databases.lock().lock();
        try {
            if (!database.isClosed()) {
                reconcile();
            }
            return true;
        } catch (SQLException e) {
            stale.set(true);
            wanted.keySet().forEach(key -> noteOffline(key, e));
            return false;
        } finally {
            databases.lock().unlock();
        }
    }

    private boolean dial(Network.Key key, Wanted connection) {
        Start start = tryStart(key, connection);
        if (start == Start.LATER) {
            start = open(key, connection);
        }
        if (start == Start.NEWS) {
            catalogChanged();
        }
        return start == Start.DONE;
    }

    private Start open(Network.Key key, Wanted connection) {
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
            noteOffline(key, e);
            return Start.LATER;
        }
    }

    private void noteOffline(Network.Key key, SQLException e) {
        offline.compute(
                key,
                (same, before) ->
                        new Offline(String.valueOf(e.getMessage()), before == null ? Instant.now() : before.since()));
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

    /** The running connection; empty when it did not run in time, or is not wanted any more. */
    Optional<LocalConnection> awaitRunning(Network.Key key, long endNanos) throws InterruptedException {
        Optional<LocalConnection> running = databases.network().find(key);
        while (running.isEmpty() && wanted.containsKey(key) && System.nanoTime() < endNanos) {
            dialer.dial();
            dialer.awaitRound(Math.max(1, TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime())));
            running = databases.network().find(key);
        }
        return running;
    }

    /** The connections that the catalogue wants now. */
    Map<Network.Key, Wanted> wanted() {
        return Map.copyOf(wanted);
    }

    /** Why a connection does not run, as an addition to a sentence; nothing when that is not known. */
    String reason(Network.Key key) {
        Offline reason = offline.get(key);
        return reason == null ? "" : ": " + reason.error();
    }
}
