package io.blazedb.internal.database;

import io.blazedb.ConnectionProperty;
import io.blazedb.SqlState;
import io.blazedb.internal.capture.BlobAccess;
import io.blazedb.internal.capture.CaptureSession;
import io.blazedb.internal.capture.CaptureSession.Durability;
import io.blazedb.internal.capture.CaptureSession.Source;
import io.blazedb.internal.capture.CommitErrors;
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
import java.util.function.Supplier;
import org.h2.engine.SessionLocal;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
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
    private final String file;
    private final CommitLog commits;
    private final WatchedCommits watched;
    private final Listeners listeners;
    private final Gate gate = new Gate();
    private final DatabaseNode node;
    private final SessionLocal committed;
    private final @Nullable Lease lease;
    private final @Nullable Checkpoint checkpoint;
    private final @Nullable Checkpointer checkpointer;
    private volatile @Nullable Supplier<SQLException> failure;
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
        this.file = String.valueOf(location.path());
        BlobAccess blobs = BlobAccessOfLog.of(log);
        ValueCodec codec = new ValueCodec(blobs, engine.database().getLobStorage(), keeper);
        committed = engine.openSystemSession();
        commits = new CommitLog(log, blobs, engine, codec, committed, this::failed, this::schemaChanged);
        watched = new WatchedCommits(commits);
        listeners = new Listeners(watched, DatabaseOpening.shortName(location));
        node = new DatabaseNode(
                new LinkedNode.Host(engine, log, commits, gate, blobs, recovered.facts(), valueBytesMax(settings)),
                location,
                recovered.keys(),
                recovered.writtenWithoutUs(),
                listeners);
        Path path = location.path();
        lease = path == null ? null : new Lease(path);
        if (location.kind() == Location.Kind.FILE) {
            checkpoint = new Checkpoint(engine, log, commits, gate);
            checkpoint.contribute(node::save);
            checkpoint.follow(node);
            checkpointer = new Checkpointer(
                    DatabaseOpening.shortName(location), checkpoint, node::forgetOldConflicts, this::checkpointFailed);
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
        if (checkpoint.position() != log.endLsn() || !checkpoint.isOfLog()) {
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
    void statementEnded(CaptureSession session) throws SQLException {
        commits.statementEnded(session);
    }

    /** Throws when H2 and the log differ, or H2 has given up its file; the next opening makes it good. */
    void checkUsable() throws SQLException {
        Supplier<SQLException> error = failure;
        if (error != null) {
            throw error.get();
        }
    }

    private void failed(Throwable cause) {
        failure = () -> CommitErrors.closedAfterFailure(cause);
    }

    /** Where the log has failed, each commit says so itself. */
    private void checkpointFailed(RuntimeException cause) {
        if (log.isUsable()) {
            failure = () -> fileFailed(cause);
        }
        System.getLogger("io.blazedb").log(System.Logger.Level.ERROR, "The last checkpoint failed", cause);
    }

    /** H2 gives up a file that it could not write, and then says of everything that it is closed. */
    SQLException explained(SQLException error) {
        if (failure == null && (engine.hasFailed() || isFailedWrite(error))) {
            MVStoreException panic = engine.store().getPanicException();
            failure = () -> fileFailed(panic == null ? error : panic);
        }
        Supplier<SQLException> ours = failure;
        if (ours == null) {
            return error;
        }
        SQLException told = ours.get();
        told.addSuppressed(error);
        return told;
    }

    /** H2 tells a session of it a moment before it can be asked. */
    private static boolean isFailedWrite(SQLException error) {
        Throwable cause = error;
        while (cause != null) {
            if (cause instanceof MVStoreException store && store.getErrorCode() == DataUtils.ERROR_WRITING_FAILED) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private SQLException fileFailed(Throwable cause) {
        return SqlState.STORAGE.error(
                "The database file " + file + ".mv.db could not be written: " + reasonOf(cause) + ". What was not"
                        + " committed is rolled back, all else is in the log. Remedy: free space or replace the disk,"
                        + " then close all connections and open the database again.",
                cause);
    }

    private static String reasonOf(Throwable failure) {
        Throwable reason = failure;
        while (reason.getCause() != null) {
            reason = reason.getCause();
        }
        return String.valueOf(reason.getMessage());
    }

    /** Whether what H2 holds is the log up to its end, and may be saved. */
    private boolean isSound() {
        return failure == null && log.isUsable() && engine.store().getPanicException() == null;
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

    /** Waits for one that is under way. */
    void stopCheckpoints() {
        if (checkpointer != null) {
            checkpointer.stop();
        }
    }

    /** Stops as a kill of the process would; checkpoints have stopped. */
    void stopImmediately() {
        listeners.stop();
        engine.database().shutdownImmediately();
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
        if (isSound() && checkpoint != null) {
            writeSequences();
            checkpointNow(checkpoint);
        }
        return isSound();
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
    void closeLog(boolean clean) throws SQLException {
        boolean sound = clean && isSound();
        if (sound && checkpoint != null && log.endLsn() > log.firstLsn()) {
            log.appendLock().lock();
            try {
                log.publish(log.append(RecordType.CLOSE, new byte[0], 0, 0));
            } finally {
                log.appendLock().unlock();
            }
        }
        log.close();
        if (sound && lease != null) {
            lease.write();
        }
    }
}
