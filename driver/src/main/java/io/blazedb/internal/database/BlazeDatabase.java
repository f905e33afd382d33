package io.blazedb.internal.database;

import io.blazedb.ConnectionProperty;
import io.blazedb.SqlState;
import io.blazedb.internal.capture.BlobAccess;
import io.blazedb.internal.capture.CaptureSession;
import io.blazedb.internal.capture.CaptureSession.Durability;
import io.blazedb.internal.capture.CaptureSession.Source;
import io.blazedb.internal.capture.CommitLog;
import io.blazedb.internal.capture.Gate;
import io.blazedb.internal.capture.H2Engine;
import io.blazedb.internal.capture.ValueCodec;
import io.blazedb.internal.jdbc.Session;
import io.blazedb.internal.jdbc.url.ConnectionSettings;
import io.blazedb.internal.jdbc.url.Location;
import io.blazedb.sync.internal.log.OperationLog;
import io.blazedb.sync.internal.log.RecordType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.engine.SessionLocal;
import org.h2.engine.Setting;
import org.h2.schema.Schema;
import org.h2.schema.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * One open database: H2's engine, the log, and what keeps them together, for as long as a connection is open. Safe for
 * use by several threads.
 */
public final class BlazeDatabase {
    private final ConnectionSettings openedWith;
    private final Databases.Slot slot;
    private final H2Engine engine;
    private final SessionLocal keeper;
    private final Gate gate = new Gate();
    private final @Nullable OperationLog log;
    private final @Nullable CommitLog commits;
    private final @Nullable Checkpoint checkpoint;
    private final @Nullable Checkpointer checkpointer;
    private final Set<DatabaseSession> sessions = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    private volatile @Nullable Throwable failure;
    private int closeDelaySeconds;
    private @Nullable Thread delayedClose;

    private BlazeDatabase(ConnectionSettings settings, Databases.Slot slot, H2Engine engine, @Nullable OperationLog log)
            throws SQLException {
        this.openedWith = settings;
        this.slot = slot;
        this.engine = engine;
        this.log = log;
        this.keeper = engine.openSystemSession();
        this.closeDelaySeconds = settings.closeDelaySeconds().orElse(0);
        if (log == null) {
            commits = null;
            checkpoint = null;
            checkpointer = null;
            return;
        }
        BlobAccess blobs = BlobAccessOfLog.of(log);
        ValueCodec codec = new ValueCodec(blobs, engine.database().getLobStorage(), keeper);
        commits = new CommitLog(log, blobs, engine, codec, this::failed, this::schemaChanged);
        if (settings.location().kind() == Location.Kind.FILE) {
            checkpoint = new Checkpoint(engine, log, commits, gate);
            checkpointer = new Checkpointer(DatabaseOpening.shortName(settings.location()), checkpoint);
        } else {
            checkpoint = null;
            checkpointer = null;
        }
    }

    /** A database whose file cannot be written: H2 reads it, and there is nothing to log. */
    static BlazeDatabase readOnly(ConnectionSettings settings, Databases.Slot slot, H2Engine engine)
            throws SQLException {
        return new BlazeDatabase(settings, slot, engine, null);
    }

    /** A database that is as the end of its log says. */
    static BlazeDatabase start(ConnectionSettings settings, Databases.Slot slot, H2Engine engine, OperationLog log)
            throws SQLException {
        BlazeDatabase database = new BlazeDatabase(settings, slot, engine, log);
        database.startCapture();
        return database;
    }

    private void startCapture() throws SQLException {
        if (commits == null || log == null) {
            return;
        }
        if (checkpoint == null || checkpointer == null) {
            commits.pause();
            engine.install(commits);
            return;
        }
        if (checkpoint.position() != log.endLsn()) {
            checkpointNow();
        }
        engine.install(commits);
        checkpointer.start();
    }

    private void checkpointNow() throws SQLException {
        try {
            if (checkpoint != null && !checkpoint.tryNow(Gate.WAIT_MILLIS_MAX)) {
                throw new IllegalStateException("A write transaction is open while nobody has the database");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SqlState.TRY_AGAIN.error("Interrupted while the database was being opened or closed", e);
        }
    }

    /** Another connection. */
    Session join(ConnectionSettings settings) throws SQLException {
        checkSame(ConnectionProperty.NODE, settings);
        checkSame(ConnectionProperty.ENCRYPT, settings);
        checkUsable();
        Connection connection = DatabaseOpening.connect(settings);
        settings.closeDelaySeconds().ifPresent(seconds -> closeDelaySeconds = seconds);
        Thread delayed = delayedClose;
        if (delayed != null) {
            delayed.interrupt();
            delayedClose = null;
        }
        return session(connection, settings);
    }

    private void checkSame(ConnectionProperty property, ConnectionSettings settings) throws SQLException {
        String open = openedWith.value(property);
        String wanted = settings.given(property).orElse(open);
        if (!open.equalsIgnoreCase(wanted)) {
            throw SqlState.SETTING_DIFFERS.error("The database is open with " + property.name() + "=" + open
                    + ", this connection wants " + wanted + ". Remedy: leave the setting away, or close the others.");
        }
    }

    DatabaseSession session(Connection connection, ConnectionSettings settings) throws SQLException {
        SessionLocal h2 = H2Engine.sessionOf(connection);
        Durability durability = Durability.valueOf(settings.value(ConnectionProperty.DURABILITY));
        CaptureSession capture = new CaptureSession(Source.APPLICATION, durability, gate);
        if (commits != null) {
            commits.attach(h2, capture);
        }
        DatabaseSession session = new DatabaseSession(this, connection, h2, capture, settings.publicUrl());
        sessions.add(session);
        return session;
    }

    H2Engine engine() {
        return engine;
    }

    Gate gate() {
        return gate;
    }

    @Nullable
    OperationLog log() {
        return log;
    }

    @Nullable
    Checkpoint checkpoint() {
        return checkpoint;
    }

    boolean isClosed() {
        return closed;
    }

    /** Throws when a commit is in the log that H2 could not make. */
    void checkUsable() throws SQLException {
        Throwable cause = failure;
        if (cause != null) {
            throw CommitLog.closedAfterFailure(cause);
        }
    }

    private void failed(Throwable cause) {
        failure = cause;
    }

    private void schemaChanged() {
        if (checkpointer != null) {
            checkpointer.soon();
        }
    }

    /** A connection was closed. */
    void left(DatabaseSession session) throws SQLException {
        synchronized (slot) {
            if (!sessions.remove(session)) {
                return;
            }
            if (commits != null) {
                commits.detach(session.h2Session());
            }
            if (!sessions.isEmpty() || closed) {
                return;
            }
            int delay = closeDelay();
            if (delay == 0) {
                close();
            } else if (delay > 0) {
                closeAfter(delay);
            }
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

    private void closeAfter(int seconds) {
        Thread thread = new Thread(
                () -> {
                    try {
                        Thread.sleep(seconds * 1000L);
                        closeIfUnused();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "blazedb-close-delay");
        thread.setDaemon(true);
        delayedClose = thread;
        thread.start();
    }

    private void closeIfUnused() {
        synchronized (slot) {
            if (sessions.isEmpty() && !closed) {
                closeAtExit();
            }
        }
    }

    /** Closes whatever the connections do; errors go to the log of the JVM's default handler. */
    void closeAtExit() {
        synchronized (slot) {
            try {
                close();
            } catch (SQLException | RuntimeException e) {
                System.getLogger("io.blazedb")
                        .log(
                                System.Logger.Level.ERROR,
                                "The database did not close cleanly; the" + " next open recovers it",
                                e);
            }
        }
    }

    /** With the slot's monitor held. */
    void close() throws SQLException {
        if (closed) {
            return;
        }
        closed = true;
        slot.emptied(this);
        try {
            if (checkpointer != null) {
                stopCheckpoints();
            }
            for (DatabaseSession session : sessions) {
                session.h2Session().close();
            }
            if (failure == null && checkpoint != null) {
                writeSequences();
                checkpointNow();
            }
        } finally {
            closeStores();
        }
    }

    /** SHUTDOWN: closes for everybody. */
    void shutdown(int compactMode) throws SQLException {
        synchronized (slot) {
            engine.database().setCompactMode(compactMode);
            close();
        }
    }

    /** SHUTDOWN IMMEDIATELY: leaves everything as a kill of the process would; the next open recovers. */
    void stopImmediately() {
        synchronized (slot) {
            if (closed) {
                return;
            }
            closed = true;
            slot.emptied(this);
            engine.database().shutdownImmediately();
            if (checkpointer != null) {
                checkpointer.stopLater();
            }
            if (log != null) {
                log.close();
            }
        }
    }

    private void stopCheckpoints() throws SQLException {
        try {
            if (checkpointer != null) {
                checkpointer.stop();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SqlState.TRY_AGAIN.error("Interrupted while the database was being closed", e);
        }
    }

    /** What H2 would do while it closes, done before the last checkpoint so that nothing is left to redo. */
    private void writeSequences() {
        for (Schema schema : engine.database().getAllSchemas()) {
            for (Sequence sequence : schema.getAllSequences()) {
                if (!sequence.isTemporary()) {
                    sequence.flushWithoutMargin();
                }
            }
        }
    }

    private void closeStores() {
        try {
            if (failure == null) {
                engine.database().setCloseDelay(0);
                keeper.close();
            } else {
                engine.database().shutdownImmediately();
            }
        } finally {
            if (log != null) {
                closeLog(log);
            }
        }
    }

    private void closeLog(OperationLog open) {
        if (failure == null && checkpoint != null && open.endLsn() > open.firstLsn()) {
            open.appendLock().lock();
            try {
                open.publish(open.append(RecordType.CLOSE, new byte[0], 0, 0));
            } finally {
                open.appendLock().unlock();
            }
        }
        open.close();
    }

    /** The sessions of the application, by the session of H2 below. */
    Map<SessionLocal, DatabaseSession> sessionsByH2() {
        Map<SessionLocal, DatabaseSession> all = new ConcurrentHashMap<>();
        sessions.forEach(session -> all.put(session.h2Session(), session));
        return all;
    }
}
