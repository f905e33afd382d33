package io.blazedb.internal.database;

import io.blazedb.ConnectionProperty;
import io.blazedb.SqlState;
import io.blazedb.internal.capture.CaptureSession;
import io.blazedb.internal.capture.CaptureSession.Durability;
import io.blazedb.internal.capture.CaptureSession.Source;
import io.blazedb.internal.capture.Gate;
import io.blazedb.internal.capture.H2Engine;
import io.blazedb.internal.crypt.FileKeys;
import io.blazedb.internal.jdbc.Session;
import io.blazedb.internal.jdbc.url.ConnectionSettings;
import io.blazedb.internal.jdbc.url.Location;
import io.blazedb.internal.link.LinkedNode;
import io.blazedb.internal.node.Credentials;
import io.blazedb.internal.node.NodeStatus;
import io.blazedb.internal.views.Views;
import io.blazedb.sync.NodeId;
import io.blazedb.sync.internal.log.OperationLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.engine.SessionLocal;
import org.h2.engine.Setting;
import org.jspecify.annotations.Nullable;

/**
 * One open database: H2's engine, the log, and what keeps them together, for as long as a connection is open or a
 * linked database needs it. Opening, joining, leaving and closing happen under the lock of {@link Databases}; all else
 * is safe for use by several threads.
 */
final class BlazeDatabase {
    private final ConnectionSettings openedWith;
    private final Databases databases;
    private final H2Engine engine;
    private final SessionLocal keeper;
    private final NodeActions actions;
    private final @Nullable CaptureEngine capture;
    private final @Nullable FileKeys keys;
    private final Set<DatabaseSession> sessions = ConcurrentHashMap.newKeySet();
    private final DelayedClose delayedClose = new DelayedClose();
    private volatile boolean closed;
    private int holds;
    private int closeDelaySeconds;

    private BlazeDatabase(
            ConnectionSettings settings,
            Databases databases,
            H2Engine engine,
            @Nullable FileKeys keys,
            DatabaseOpening.@Nullable Recovered recovered,
            @Nullable OperationLog log)
            throws SQLException {
        this.openedWith = settings;
        this.keys = keys;
        this.databases = databases;
        this.engine = engine;
        this.keeper = engine.openSystemSession();
        this.closeDelaySeconds = settings.closeDelaySeconds().orElse(0);
        this.actions = new NodeActions(this, databases);
        capture = log == null || recovered == null ? null : new CaptureEngine(engine, keeper, log, recovered, settings);
    }

    /** A database whose file cannot be written: H2 reads it, and there is nothing to log. */
    static BlazeDatabase readOnly(
            ConnectionSettings settings, Databases databases, H2Engine engine, @Nullable FileKeys keys)
            throws SQLException {
        BlazeDatabase database = new BlazeDatabase(settings, databases, engine, keys, null, null);
        Views.register(engine.database(), database.actions);
        return database;
    }

    /** A database that is as the end of its log says. */
    static BlazeDatabase start(
            ConnectionSettings settings, Databases databases, DatabaseOpening.Recovered recovered, OperationLog log)
            throws SQLException {
        BlazeDatabase database =
                new BlazeDatabase(settings, databases, recovered.engine(), recovered.keys(), recovered, log);
        if (database.capture != null) {
            database.capture.start();
        }
        Views.register(database.engine.database(), database.actions);
        return database;
    }

    /** Takes up its connections, if it has any. */
    void resumeNode() throws SQLException {
        if (capture != null && capture.node().resume(id -> databases.find(id) != null)) {
            actions.catalogChanged();
        }
    }

    /** Refuses a further connection that does not know the encryption password. */
    void requirePassword(ConnectionSettings settings) throws SQLException {
        if (keys != null) {
            keys.require(settings.encryptionPassword());
        }
    }

    Session join(ConnectionSettings settings) throws SQLException {
        SameSettings.require(openedWith, settings);
        checkUsable();
        Connection connection = H2Connections.connect(settings, keys);
        settings.closeDelaySeconds().ifPresent(seconds -> closeDelaySeconds = seconds);
        delayedClose.cancel();
        return session(connection, settings);
    }

    DatabaseSession session(Connection connection, ConnectionSettings settings) throws SQLException {
        SessionLocal h2 = H2Engine.sessionOf(connection);
        Durability durability = Durability.valueOf(settings.value(ConnectionProperty.DURABILITY));
        CaptureSession captureSession = capture == null
                ? new CaptureSession(Source.APPLICATION, durability, new Gate())
                : capture.attach(h2, durability);
        char[] password = settings.password().copy();
        boolean hashed = "TRUE".equalsIgnoreCase(settings.h2Settings().get("PASSWORD_HASH"));
        Credentials credentials = hashed
                ? new Credentials(settings.user(), new String(password))
                : Credentials.of(settings.user(), password);
        DatabaseSession session =
                new DatabaseSession(this, connection, h2, captureSession, credentials, settings.publicUrl());
        sessions.add(session);
        return session;
    }

    void left(DatabaseSession session) throws SQLException {
        databases.lock().lock();
        try {
            if (!sessions.remove(session)) {
                return;
            }
            if (capture != null) {
                capture.detach(session.h2Session());
            }
            closeUnlessUsed();
        } finally {
            databases.lock().unlock();
        }
    }

    /** Keeps it open for another database. */
    void hold() {
        holds++;
    }

    void release() {
        databases.lock().lock();
        try {
            holds--;
            closeUnlessUsed();
        } catch (SQLException e) {
            reportUnclean(e);
        } finally {
            databases.lock().unlock();
        }
    }

    /** Whether an application has it open, or another database is about to. */
    boolean isUsed() {
        return !sessions.isEmpty() || holds > 0;
    }

    private void closeUnlessUsed() throws SQLException {
        if (isUsed() || closed) {
            return;
        }
        int delay = closeDelay();
        if (delay == 0) {
            databases.closeIfUnused(this);
        } else if (delay > 0) {
            delayedClose.start(delay, this::closeIfStillUnused);
        }
    }

    /** DB_CLOSE_DELAY of the URL, or as SQL has set it. */
    private int closeDelay() {
        if (closeDelaySeconds != 0) {
            return closeDelaySeconds;
        }
        Setting setting = engine.database().findSetting("DB_CLOSE_DELAY");
        return setting == null ? 0 : setting.getIntValue();
    }

    private void closeIfStillUnused() {
        databases.lock().lock();
        try {
            if (!isUsed() && !closed) {
                databases.closeIfUnused(this);
            }
        } catch (SQLException e) {
            reportUnclean(e);
        } finally {
            databases.lock().unlock();
        }
    }

    Location location() {
        return openedWith.location();
    }

    /** The name that this database goes by among others, unless a topology gives it another one. */
    String nodeName() {
        String given = openedWith.value(ConnectionProperty.NODE);
        return given.isEmpty() ? DatabaseOpening.shortName(location()) : given;
    }

    String publicUrl() {
        return openedWith.publicUrl();
    }

    H2Engine engine() {
        return engine;
    }

    NodeActions actions() {
        return actions;
    }

    @Nullable
    OperationLog log() {
        return capture == null ? null : capture.log();
    }

    @Nullable
    Checkpoint checkpoint() {
        return capture == null ? null : capture.checkpoint();
    }

    /** This database as a node, null when it has no peers. */
    @Nullable
    LinkedNode node() {
        return capture == null ? null : capture.node().node();
    }

    boolean isNode(NodeId nodeId) {
        LinkedNode node = node();
        return node != null && node.state().nodeId().equals(nodeId);
    }

    /** What the statements and views need of a database that can be written. */
    DatabaseNode writable() throws SQLException {
        if (capture == null) {
            throw SqlState.READ_ONLY.error("The database file cannot be written, so it cannot be synced. Remedy: make "
                    + openedWith.location() + " writable.");
        }
        return capture.node();
    }

    /** Whether a query may call a function of the user's, which can write. */
    boolean queriesMayWrite() {
        return capture != null && capture.queriesMayWrite();
    }

    boolean isClosed() {
        return closed;
    }

    /** Throws when a commit is in the log that H2 could not make. */
    void checkUsable() throws SQLException {
        if (capture != null) {
            capture.checkUsable();
        }
    }

    SQLException explained(SQLException failure) {
        return capture == null || closed ? failure : capture.explained(failure);
    }

    /** What a statement of a session committed counts from here on. */
    void statementEnded(CaptureSession session) throws SQLException {
        if (capture != null) {
            capture.statementEnded(session);
        }
    }

    NodeStatus status(long pending, long parked) {
        long oldestNanos =
                sessions.stream().mapToLong(DatabaseSession::writingNanos).max().orElse(0);
        OperationLog log = log();
        Checkpoint checkpoint = checkpoint();
        return new NodeStatus(
                log == null ? 0 : log.firstLsn(),
                log == null ? 0 : log.endLsn(),
                checkpoint == null ? 0 : checkpoint.position(),
                oldestNanos / 1_000_000_000L,
                pending,
                parked);
    }

    /** Closes whatever the connections do. */
    void closeAtExit() {
        try {
            close();
        } catch (SQLException | RuntimeException e) {
            reportUnclean(e);
        }
    }

    private static void reportUnclean(Exception e) {
        System.getLogger("io.blazedb")
                .log(System.Logger.Level.ERROR, "The database did not close cleanly; the next open recovers it", e);
    }

    /** SHUTDOWN: closes for everybody. */
    void shutdown(int compactMode) throws SQLException {
        databases.lock().lock();
        try {
            databases.network().stopAll(this);
            engine.database().setCompactMode(compactMode);
            close();
        } finally {
            databases.lock().unlock();
        }
    }

    /** SHUTDOWN IMMEDIATELY: leaves everything as a kill of the process would; the next open recovers. */
    void stopImmediately() {
        databases.lock().lock();
        try {
            if (closed) {
                return;
            }
            databases.network().stopAll(this);
            closed = true;
            forget();
            if (capture == null) {
                engine.database().shutdownImmediately();
            } else {
                capture.stopCheckpoints();
                capture.stopImmediately();
            }
            wipeKeys();
        } finally {
            databases.lock().unlock();
        }
    }

    private void forget() {
        databases.closed(this);
        actions.connections().stop();
        Views.forget(engine.database());
    }

    /** Call with the lock of the databases held, and its links stopped. */
    void close() throws SQLException {
        if (closed) {
            return;
        }
        closed = true;
        forget();
        boolean clean = true;
        try {
            if (capture != null) {
                capture.stopCheckpoints();
            }
            for (DatabaseSession session : sessions) {
                session.h2Session().close();
            }
            if (capture != null) {
                clean = capture.finish();
            }
        } finally {
            closeStores(clean);
        }
    }

    private void closeStores(boolean clean) throws SQLException {
        try {
            if (clean) {
                engine.database().setCloseDelay(0);
                keeper.close();
            } else {
                engine.database().shutdownImmediately();
            }
        } finally {
            if (capture != null) {
                capture.closeLog(clean);
            }
            wipeKeys();
        }
    }

    private void wipeKeys() {
        if (keys != null) {
            keys.close();
        }
    }
}
