package io.blazedb.internal.database;

import io.blazedb.SqlState;
import io.blazedb.internal.catalog.NodeEntry;
import io.blazedb.internal.link.LinkedNode;
import io.blazedb.internal.link.LocalConnection;
import io.blazedb.internal.node.SyncActions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.h2.message.DbException;

/** What SYNC, CHECK SYNC and REPAIR SYNC ask of the connections of a database. Safe for use by several threads. */
final class SyncRequests {
    private final Connections connections;
    private final BlazeDatabase database;

    SyncRequests(Connections connections, BlazeDatabase database) {
        this.connections = connections;
        this.database = database;
    }

    /** Waits for what sql.md's SYNC waits for. Answers the nodes that are paused. */
    List<String> sync(Optional<String> node, Duration timeout) throws SQLException {
        long end = System.nanoTime() + timeout.toNanos();
        Map<Network.Key, Connections.Wanted> asked = asked(node, false);
        if (node.isPresent() && asked.isEmpty() && asked(node, true).isEmpty()) {
            throw SqlState.NODE.error("No connection of this database leads to a node " + node.get() + " (connected: "
                    + connections.wanted().values().stream()
                            .map(one -> one.peer().node())
                            .sorted()
                            .toList() + ")");
        }
        Set<Network.Key> done = new HashSet<>();
        List<String> missing = new ArrayList<>();
        while (!asked.isEmpty() && missing.isEmpty()) {
            for (Map.Entry<Network.Key, Connections.Wanted> entry : asked.entrySet()) {
                awaitOne(entry.getKey(), entry.getValue(), end).ifPresent(missing::add);
            }
            done.addAll(asked.keySet());
            asked = asked(node, false); // a peer may have told of others
            asked.keySet().removeAll(done);
        }
        if (!missing.isEmpty()) {
            throw SqlState.SYNC_TIMED_OUT.error("SYNC did not finish within " + timeout.toSeconds() + " s: "
                    + String.join("; ", missing) + ". Nothing is lost: it goes on in the background.");
        }
        return asked(node, true).values().stream().map(one -> one.peer().node()).toList();
    }

    /** The connections with a node, or with all, that are paused or that are not. */
    private Map<Network.Key, Connections.Wanted> asked(Optional<String> node, boolean paused) {
        Map<Network.Key, Connections.Wanted> asked = new LinkedHashMap<>();
        connections.wanted().forEach((key, connection) -> {
            boolean meant = node.isEmpty() || connection.peer().node().equalsIgnoreCase(node.get());
            if (meant && connection.entry().paused() == paused) {
                asked.put(key, connection);
            }
        });
        return asked;
    }

    /** Compares with each peer that is asked for, one after the other. */
    Map<String, SyncActions.PeerComparison> compare(LocalConnection.Work work, Optional<String> node, Duration timeout)
            throws SQLException {
        Map<String, SyncActions.PeerComparison> found = new TreeMap<>();
        for (Map.Entry<Network.Key, Connections.Wanted> entry :
                connections.wanted().entrySet()) {
            String peer = entry.getValue().peer().node();
            if (node.isEmpty() || peer.equalsIgnoreCase(node.get())) {
                try {
                    found.merge(peer, compare(entry.getKey(), entry.getValue(), work, timeout), SyncRequests::either);
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
            Network.Key key, Connections.Wanted connection, LocalConnection.Work work, Duration timeout)
            throws SQLException, InterruptedException {
        LinkedNode self = database.node();
        if (connection.entry().paused()) {
            return notDone("it is paused (remedy: RESUME SYNC)");
        }
        long end = System.nanoTime() + timeout.toNanos();
        Optional<LocalConnection> running = connections.awaitRunning(key, end);
        if (running.isEmpty() || self == null) {
            return notDone("it is not open" + connections.reason(key));
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

    private Optional<String> awaitOne(Network.Key key, Connections.Wanted connection, long endNanos)
            throws SQLException {
        NodeEntry peer = connection.peer();
        try {
            while (true) {
                Optional<LocalConnection> running = connections.awaitRunning(key, endNanos);
                if (running.isEmpty()) {
                    return connections.wanted().containsKey(key)
                            ? Optional.of("node " + peer.node() + " is not open" + connections.reason(key))
                            : Optional.empty();
                }
                Optional<String> missing = awaitGoals(running.get(), peer, endNanos);
                if (missing.isEmpty() || !running.get().isStopped()) {
                    return missing;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SqlState.SYNC_TIMED_OUT.error("SYNC was interrupted while it waited for node " + peer.node(), e);
        }
    }

    /** Waits until both sides have what was committed; no longer than the connection runs. Answers what is missing. */
    private static Optional<String> awaitGoals(LocalConnection running, NodeEntry peer, long endNanos)
            throws InterruptedException {
        try {
            running.source().projectBy(endNanos);
            running.target().projectBy(endNanos);
            for (LocalConnection.Goal goal : running.goals()) {
                long left = Math.max(0, TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime()));
                if (!goal.await(left)) {
                    String direction = goal.from().equals(peer.nodeId()) ? " from node " : " to node ";
                    return Optional.of(goal.missing() + direction + peer.node());
                }
            }
            running.source().projectBy(endNanos);
            running.target().projectBy(endNanos);
            return Optional.empty();
        } catch (DbException e) {
            return Optional.of("rows hidden by constraints, which another transaction keeps locked: " + e.getMessage());
        }
    }
}
