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
import io.blazedb.internal.capture.WatchedCommits;
import io.blazedb.internal.jdbc.url.ConnectionSettings;
import io.blazedb.internal.jdbc.url.Location;
import io.blazedb.internal.link.LinkedNode;
import io.blazedb.internal.listen.Listeners;
import io.blazedb.sync.internal.log.OperationLog;
import io.blazedb.sync.internal.log.RecordType;
import java.nio.file.Path;
import java.sql.SQLException;
import org.h2.engine.SessionLocal;
import org.h2.schema.Schema;
import org.h2.schema.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * What a database that can be written has beside H2: the log, the commit point, checkpoints, and the node. Started once
 * and finished once, under the lock of {@link Databases}; the rest is safe for use by several threads.
 */
final class CaptureEngine {
    private final H2Engine engine;
    private final OperationLog log;
    private final CommitLog commits;
    private final WatchedCommits watched;
    private final Listeners listeners;
    private final Gate gate = new Gate();
    private final DatabaseNode node;
    private final SessionLocal committed;
    private final @Nullable Lease lease;
    private final @Nullable Checkpoint checkpoint;
    private final @Nullable Checkpointer checkpointer;
    private volatile @Nullable Throwable failure;
    private volatile boolean hasFunctions;

    CaptureEngine(
            H2Engine engine,
            SessionLocal keeper,
            OperationLog log,
            DatabaseOpening.Recovered recovered,
            ConnectionSettings settings)
            throws SQLException {
        Location location = settings.location();
        this.engine = engine;
        this.log = log;
        BlobAccess blobs = BlobAccessOfLog.of(log);
        ValueCodec codec = new ValueCodec(blobs, engine.database().getLobStorage(), keeper);
        committed = engine.openSystemSession();
        commits = new CommitLog(log, blobs, engine, codec, committed, this::failed, this::schemaChanged);
        watched = new WatchedCommits(commits);
        listeners = new Listeners(watched, DatabaseOpening.shortName(location));
        node = new DatabaseNode(
                new LinkedNode.Host(engine, log, commits, gate, blobs, recovered.facts(), valueBytesMax(settings)),
                location,
                recovered.writtenWithoutUs(),
                listeners);
        Path path = location.path();
        lease = path == null ? null : new Lease(path);
        if (location.kind() == Location.Kind.FILE) {
            checkpoint = new Checkpoint(engine, log, commits, gate);
            checkpoint.contribute(node::save);
            checkpoint.keepFrom(node::keptFrom);
            checkpointer = new Checkpointer(DatabaseOpening.shortName(location), checkpoint, node::forgetOldConflicts);
        } else {
            checkpoint = null;
            checkpointer = null;
        }
    }

    private static long valueBytesMax(ConnectionSettings settings) {
        return Long.parseLong(settings.value(ConnectionProperty.SYNC_VALUE_MAX));
    }

    /** From now on commits pass through the log. */
    void start() throws SQLException {
        hasFunctions = findsFunctions();
        if (checkpoint == null || checkpointer == null) {
            commits.pause();
            engine.install(watched);
            return;
        }
        if (checkpoint.position() != log.endLsn()) {
            checkpointNow(checkpoint);
        }
        engine.install(watched);
        checkpointer.start();
    }

    private static void checkpointNow(Checkpoint checkpoint) throws SQLException {
        try {
            if (!checkpoint.tryNow(Gate.WAIT_MILLIS_MAX)) {
                throw new IllegalStateException("A write transaction is open while nobody has the database");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SqlState.TRY_AGAIN.error("Interrupted while the database was being opened or closed", e);
        }
    }

    OperationLog log() {
        return log;
    }

    DatabaseNode node() {
        return node;
    }

    /** Null for a database in memory, which has nothing to save. */
    @Nullable
    Checkpoint checkpoint() {
        return checkpoint;
    }

    CaptureSession attach(SessionLocal h2, Durability durability) {
        CaptureSession session = new CaptureSession(Source.APPLICATION, durability, gate);
        commits.attach(h2, session);
        return session;
    }

    void detach(SessionLocal h2) {
        commits.detach(h2);
    }

    /** What a statement of a session committed counts from here on. */
    void statementEnded(CaptureSession session) {
        commits.statementEnded(session);
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

    boolean queriesMayWrite() {
        return hasFunctions;
    }

    private void schemaChanged() {
        hasFunctions = findsFunctions();
        LinkedNode linked = node.node();
        if (linked != null) {
            linked.numbering().apply(); // the next statement may draw from a new sequence
        }
        if (checkpointer != null) {
            checkpointer.soon();
        }
    }

    /** Functions of the user's, and triggers, which may be on SELECT; those of our views only read. */
    private boolean findsFunctions() {
        for (Schema schema : engine.database().getAllSchemas()) {
            boolean ours = schema.getName().equalsIgnoreCase("BLAZE");
            if (!ours
                    && !(schema.getAllFunctionsAndAggregates().isEmpty()
                            && schema.getAllTriggers().isEmpty())) {
                return true;
            }
        }
        return false;
    }

    void stopCheckpoints() throws SQLException {
        try {
            if (checkpointer != null) {
                checkpointer.stop();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SqlState.TRY_AGAIN.error("Interrupted while the database was being closed", e);
        }
    }

    /** Stops as a kill of the process would. */
    void stopImmediately() {
        listeners.stop();
        if (checkpointer != null) {
            checkpointer.stopLater();
        }
        log.close();
    }

    /**
     * Saves what is to be saved; no session may be open.
     *
     * @return whether H2 may save once more while it closes, instead of leaving all to the next recovery
     */
    boolean finish() throws SQLException {
        listeners.stop();
        node.close();
        committed.close();
        if (failure == null && checkpoint != null) {
            writeSequences();
            checkpointNow(checkpoint);
        }
        return failure == null;
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

    /** Ends the log, with a mark that says that all went well if it did. After H2 has closed its file. */
    void closeLog() throws SQLException {
        if (failure == null && checkpoint != null && log.endLsn() > log.firstLsn()) {
            log.appendLock().lock();
            try {
                log.publish(log.append(RecordType.CLOSE, new byte[0], 0, 0));
            } finally {
                log.appendLock().unlock();
            }
        }
        log.close();
        if (failure == null && lease != null) {
            lease.write();
        }
    }
}
