package io.blazedb.internal.database;

import io.blazedb.internal.catalog.ConnectionEntry;
import io.blazedb.internal.link.LinkedNode;
import io.blazedb.internal.link.LocalConnection;
import io.blazedb.sync.NodeId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.h2.message.DbException;
import org.jspecify.annotations.Nullable;

/**
 * The connections that run between databases of this process. Everything but the waiting happens under the lock of
 * {@link Databases}.
 */
final class Network {
    /** What is pending gets this much time when the last application leaves; the rest goes out next time. */
    private static final long DRAIN_MILLIS_MAX = 1_000;

    private final Databases databases;
    private final Map<Key, Running> running = new HashMap<>();

    /** One connection of one topology. */
    record Key(String topology, NodeId source, NodeId target) {}

    private record Running(LocalConnection connection, BlazeDatabase source, BlazeDatabase target) {
        boolean touches(BlazeDatabase database) {
            return source == database || target == database;
        }
    }

    Network(Databases databases) {
        this.databases = databases;
    }

    /** Starts a connection unless it runs as wanted already. Answers whether it runs now. */
    boolean ensure(Key key, ConnectionEntry entry, BlazeDatabase source, BlazeDatabase target) throws SQLException {
        databases.lock().lock();
        try {
            Running known = running.get(key);
            if (known != null && known.connection().fits(entry)) {
                return true;
            }
            if (known != null) {
                stop(key);
            }
            LinkedNode from = source.node();
            LinkedNode to = target.node();
            if (from == null || to == null || source.isClosed() || target.isClosed()) {
                return false;
            }
            LocalConnection connection = new LocalConnection(entry, from, to);
            try {
                connection.start();
            } catch (DbException e) {
                throw DbException.toSQLException(e);
            }
            running.put(key, new Running(connection, source, target));
            return true;
        } finally {
            databases.lock().unlock();
        }
    }

    void stop(Key key) {
        databases.lock().lock();
        try {
            Running known = running.remove(key);
            if (known != null) {
                known.connection().stop();
            }
        } finally {
            databases.lock().unlock();
        }
    }

    /** Stops all of a database that is about to close. */
    void stopAll(BlazeDatabase database) {
        for (Key key : keysOf(database)) {
            stop(key);
        }
    }

    Set<Key> keysOf(BlazeDatabase database) {
        databases.lock().lock();
        try {
            Set<Key> keys = new HashSet<>();
            running.forEach((key, one) -> {
                if (one.touches(database)) {
                    keys.add(key);
                }
            });
            return keys;
        } finally {
            databases.lock().unlock();
        }
    }

    Optional<LocalConnection> find(Key key) {
        databases.lock().lock();
        try {
            @Nullable Running known = running.get(key);
            return known == null ? Optional.empty() : Optional.of(known.connection());
        } finally {
            databases.lock().unlock();
        }
    }

    List<BlazeDatabase> peersOf(BlazeDatabase database) {
        databases.lock().lock();
        try {
            List<BlazeDatabase> peers = new ArrayList<>();
            for (Running one : running.values()) {
                if (one.touches(database)) {
                    peers.add(one.source() == database ? one.target() : one.source());
                }
            }
            return peers;
        } finally {
            databases.lock().unlock();
        }
    }

    /** Lets what is pending among these arrive. */
    void drain(Set<BlazeDatabase> linked) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DRAIN_MILLIS_MAX);
        for (Running one : List.copyOf(running.values())) {
            if (linked.contains(one.source())) {
                for (LocalConnection.Goal goal : one.connection().goals()) {
                    long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                    if (left > 0 && !awaits(goal, left)) {
                        return;
                    }
                }
            }
        }
    }

    private static boolean awaits(LocalConnection.Goal goal, long millis) {
        try {
            return goal.await(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
