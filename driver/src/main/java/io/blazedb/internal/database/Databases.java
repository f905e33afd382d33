package io.blazedb.internal.database;

import io.blazedb.ConnectionProperty;
import io.blazedb.SqlState;
import io.blazedb.internal.crypt.Encryption;
import io.blazedb.internal.jdbc.Session;
import io.blazedb.internal.jdbc.SessionFactory;
import io.blazedb.internal.jdbc.url.ConnectionSettings;
import io.blazedb.internal.jdbc.url.Location;
import io.blazedb.internal.node.SyncPeer;
import io.blazedb.sync.NodeId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The databases that are open in this JVM: one engine a location, however many connections. Opening and closing take
 * turns, since linked databases open and close together. Safe for use by several threads.
 */
public final class Databases implements SessionFactory {
    private static final Databases OPEN = new Databases();

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Location, BlazeDatabase> open = new HashMap<>();
    private final Network network = new Network(this);
    private boolean hooked;

    private Databases() {}

    /** Those of this JVM. */
    public static Databases open() {
        return OPEN;
    }

    /** Held while a database opens or closes. */
    ReentrantLock lock() {
        return lock;
    }

    Network network() {
        return network;
    }

    @Override
    public Session open(ConnectionSettings settings) throws SQLException {
        return open(settings, true);
    }

    /** @param knowsPassword whether whoever connects must know the encryption password of a database that is open */
    private Session open(ConnectionSettings settings, boolean knowsPassword) throws SQLException {
        refuseWhatIsNotThere(settings);
        lock.lock();
        try {
            hook();
            BlazeDatabase database = open.get(settings.location());
            if (database != null && !database.isClosed()) {
                if (knowsPassword) {
                    database.requirePassword(settings);
                }
                return database.join(settings);
            }
            OpenedDatabase opened = DatabaseOpening.open(settings, this);
            keep(settings.location(), opened.database());
            opened.database().resumeNode();
            return opened.firstSession();
        } finally {
            lock.unlock();
        }
    }

    /** A property that would promise what is not done is an error, never ignored. */
    private static void refuseWhatIsNotThere(ConnectionSettings settings) throws SQLException {
        Encryption.isWanted(settings);
        String commit = settings.value(ConnectionProperty.COMMIT);
        if (!commit.equalsIgnoreCase("LOCAL")) {
            throw SqlState.NOT_SUPPORTED.error("COMMIT=" + commit + " is not supported yet (supported: LOCAL). Remedy:"
                    + " run SYNC after the COMMIT that peers must have.");
        }
    }

    private void keep(Location location, BlazeDatabase database) {
        open.put(location.kind() == Location.Kind.UNNAMED_MEMORY ? unnamed(database) : location, database);
    }

    /** An unnamed database is found by nobody, but closes with the others. */
    private static Location unnamed(BlazeDatabase database) {
        return new Location(Location.Kind.MEMORY, " unnamed " + System.identityHashCode(database), null);
    }

    /**
     * Opens a database for another one. The session is closed again; what is held is the database. An encrypted one
     * that is open in this process gives its rows to who has the ADMIN right there, without its encryption password.
     *
     * @throws SQLException 42501 when the user has not the ADMIN right
     */
    SyncPeer openPeer(ConnectionSettings settings, BlazeDatabase asking) throws SQLException {
        lock.lock();
        try {
            if (asking.isClosed()) {
                throw SqlState.CONNECTION.error("The database that wanted " + settings.publicUrl()
                        + " opened is closed itself (expected: open). Nothing was opened.");
            }
            DatabaseSession session = (DatabaseSession) open(settings, false);
            BlazeDatabase database = session.database();
            database.hold();
            try {
                if (!session.h2Session().getUser().isAdmin()) {
                    throw SqlState.NO_RIGHT.error("The user " + settings.user() + " has not the ADMIN right in "
                            + settings.publicUrl() + ", which syncing it needs. Remedy: another user, or ALTER USER ..."
                            + " ADMIN TRUE there.");
                }
            } catch (SQLException e) {
                database.release();
                throw e;
            } finally {
                session.close();
            }
            return new HeldPeer(database);
        } finally {
            lock.unlock();
        }
    }

    /** The open database that is a node with this id. */
    @Nullable
    BlazeDatabase find(NodeId nodeId) {
        lock.lock();
        try {
            for (BlazeDatabase database : open.values()) {
                if (!database.isClosed() && database.isNode(nodeId)) {
                    return database;
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Those that are linked with a database, directly or not, and itself. Call with the lock held. */
    Set<BlazeDatabase> linkedWith(BlazeDatabase database) {
        Set<BlazeDatabase> found = new LinkedHashSet<>();
        List<BlazeDatabase> next = new ArrayList<>(List.of(database));
        while (!next.isEmpty()) {
            BlazeDatabase one = next.remove(next.size() - 1);
            if (found.add(one)) {
                next.addAll(network.peersOf(one));
            }
        }
        return found;
    }

    /** Closes a database, and those linked with it, when no application has any of them. Call with the lock held. */
    void closeIfUnused(BlazeDatabase database) throws SQLException {
        Set<BlazeDatabase> linked = linkedWith(database);
        if (linked.stream().anyMatch(BlazeDatabase::isUsed)) {
            return;
        }
        network.drain(linked);
        SQLException failure = null;
        for (BlazeDatabase one : linked) {
            network.stopAll(one);
        }
        for (BlazeDatabase one : linked) {
            try {
                one.close();
            } catch (SQLException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Call with the lock held. */
    void closed(BlazeDatabase database) {
        open.values().remove(database);
    }

    private void hook() {
        if (!hooked) {
            hooked = true;
            Runtime.getRuntime().addShutdownHook(new Thread(this::closeAll, "blazedb-shutdown"));
        }
    }

    private void closeAll() {
        lock.lock();
        try {
            List<BlazeDatabase> all = new ArrayList<>(open.values());
            all.forEach(network::stopAll);
            all.forEach(BlazeDatabase::closeAtExit);
        } finally {
            lock.unlock();
        }
    }

    /** A database that has just been opened, and the session of the connection that opened it. */
    record OpenedDatabase(BlazeDatabase database, Session firstSession) {}

    /** Holds a database open until closed. */
    private static final class HeldPeer implements SyncPeer {
        private @Nullable BlazeDatabase database;
        private final NodeActions actions;

        HeldPeer(BlazeDatabase database) {
            this.database = database;
            this.actions = database.actions();
        }

        @Override
        public NodeActions actions() {
            return actions;
        }

        @Override
        public void close() {
            BlazeDatabase held = database;
            database = null;
            if (held != null) {
                held.release();
            }
        }
    }
}
