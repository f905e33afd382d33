package io.blazedb.internal.database;

import io.blazedb.SqlState;
import io.blazedb.internal.capture.H2Engine;
import io.blazedb.internal.capture.Redo;
import io.blazedb.internal.capture.TransactionRecord;
import io.blazedb.internal.crypt.Encryption;
import io.blazedb.internal.crypt.FileKeys;
import io.blazedb.internal.jdbc.url.ConnectionSettings;
import io.blazedb.internal.jdbc.url.Location;
import io.blazedb.internal.node.Facts;
import io.blazedb.internal.node.NodeState;
import io.blazedb.sync.internal.log.FileLogDirectory;
import io.blazedb.sync.internal.log.LogDirectory;
import io.blazedb.sync.internal.log.LogException;
import io.blazedb.sync.internal.log.LogOptions;
import io.blazedb.sync.internal.log.LogReader;
import io.blazedb.sync.internal.log.LogRecord;
import io.blazedb.sync.internal.log.MemoryLogDirectory;
import io.blazedb.sync.internal.log.OperationLog;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.h2.api.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Opens a database: H2's file, then the log, then what is in the log and not in the file. */
final class DatabaseOpening {
    /**
     * H2 saves on its own above a quarter of the heap, as a valve: our checkpoints come much earlier, unless one
     * transaction fills that much.
     */
    private static final int SELF_SAVE_BYTES =
            (int) Math.max(32L << 20, Math.min(384L << 20, Runtime.getRuntime().maxMemory() / 4));

    private DatabaseOpening() {}

    static Databases.OpenedDatabase open(ConnectionSettings settings, Databases databases) throws SQLException {
        Path path = settings.location().path();
        Lease lease = path == null ? null : new Lease(path);
        FileKeys keys = path == null ? null : keys(settings, path);
        try {
            return open(settings, databases, lease, keys);
        } catch (SQLException | RuntimeException e) {
            if (keys != null) {
                keys.close();
            }
            throw e;
        }
    }

    /** Null unless the database is encrypted. What is not there and may not be made is left to H2 to refuse. */
    private static @Nullable FileKeys keys(ConnectionSettings settings, Path path) throws SQLException {
        Encryption encryption = encryption(path);
        if (!Encryption.isWanted(settings)) {
            encryption.requirePlain();
            return null;
        }
        if (!encryption.isNew()) {
            return encryption.open(settings.encryptionPassword());
        }
        if (settings.ifExists()) {
            return null;
        }
        LogPlace.putAside(path);
        return encryption.create(settings.encryptionPassword());
    }

    static Encryption encryption(Path path) {
        return new Encryption(path.resolveSibling(path.getFileName() + ".mv.db"), logDirectory(path));
    }

    private static Databases.OpenedDatabase open(
            ConnectionSettings settings, Databases databases, @Nullable Lease lease, @Nullable FileKeys keys)
            throws SQLException {
        boolean written = lease != null && lease.isBroken();
        Connection first = connectFirst(settings, keys, written ? null : lease);
        try {
            H2Engine engine = H2Engine.of(first);
            if (engine.database().isReadOnly()) {
                BlazeDatabase database = BlazeDatabase.readOnly(settings, databases, engine, keys);
                return new Databases.OpenedDatabase(database, database.session(first, settings));
            }
            engine.saveOnlyWhenTold(SELF_SAVE_BYTES);
            OperationLog log = openLog(settings.location(), engine, keys);
            try {
                Recovered recovered = recover(settings, new Found(engine, first, keys, written), log);
                if (lease != null) {
                    lease.end();
                }
                BlazeDatabase database = BlazeDatabase.start(settings, databases, recovered, log);
                return new Databases.OpenedDatabase(database, database.session(recovered.first(), settings));
            } catch (SQLException | RuntimeException e) {
                log.close();
                throw e;
            }
        } catch (SQLException | RuntimeException e) {
            abandon(first);
            if (e instanceof LogException damaged) {
                Path path = settings.location().path();
                throw SqlState.LOG.error(
                        "The log in " + (path == null ? "memory" : logDirectory(path)) + " cannot be used: "
                                + damaged.getMessage(),
                        damaged);
            }
            throw e;
        }
    }

    /** A user who is refused has made H2 open and close its file, which is no writing without us. */
    private static Connection connectFirst(ConnectionSettings settings, @Nullable FileKeys keys, @Nullable Lease lease)
            throws SQLException {
        try {
            return H2Connections.connect(settings, keys);
        } catch (SQLException e) {
            Path path = settings.location().path();
            if (path != null && keys != null && e.getErrorCode() == ErrorCode.FILE_ENCRYPTION_ERROR_1) {
                throw encryption(path).doesNotFit(e);
            }
            if (e.getErrorCode() == ErrorCode.FILE_CORRUPTED_1) {
                throw unreadable(settings, e);
            }
            if (lease != null && e.getErrorCode() == ErrorCode.WRONG_USER_OR_PASSWORD) {
                lease.write();
            }
            throw e;
        }
    }

    /** H2 alone keeps what a checkpoint wrote; the log has what came after it. */
    private static SQLException unreadable(ConnectionSettings settings, SQLException cause) {
        return SqlState.STORAGE.error(
                "The file " + settings.location().path() + ".mv.db is damaged, and H2 cannot open it (nothing was"
                        + " changed): " + cause.getMessage()
                        + ". Remedy: put back a copy of this file alone, the log beside it brings it up to date; or"
                        + " move the file and the directory .blaze away, open an empty database and CONNECT it again:"
                        + " the peers' rows come back, and what no peer has is in the directory.",
                cause);
    }

    /**
     * After redo, H2 may be another instance and the application's connection another one.
     *
     * @param keys of an encrypted database
     * @param writtenWithoutUs whether somebody opened the file with plain H2 since it was closed
     */
    record Recovered(
            H2Engine engine,
            Connection first,
            Facts facts,
            @Nullable FileKeys keys,
            boolean writtenWithoutUs) {}

    /** As H2 has opened it. */
    private record Found(
            H2Engine engine, Connection first, @Nullable FileKeys keys, boolean writtenWithoutUs) {}

    private static Recovered recover(ConnectionSettings settings, Found found, OperationLog log) throws SQLException {
        H2Engine engine = found.engine();
        requireSameLog(settings, Checkpoint.readLog(engine), log.identity());
        long position = Checkpoint.readPosition(engine);
        long from = Math.max(position, log.firstLsn());
        if (position > log.endLsn()) {
            throw SqlState.LOG.error("The log of " + settings.publicUrl() + " ends at " + log.endLsn()
                    + ", before the position " + position + " that the database file was saved at: it is an older copy."
                    + " Remedy: put back the log directory that belongs to the file, or move the directory away to"
                    + " open the file as it is.");
        }
        if (position >= 0 && position < log.firstLsn()) {
            throw SqlState.LOG.error("The database file of " + settings.publicUrl() + " was saved at position "
                    + position
                    + " of the log, which begins at " + log.firstLsn() + " (expected: a file that the log reaches back"
                    + " to): it is an older copy. Remedy: put back a newer copy of the file; or move the directory"
                    + " .blaze away to open the file as it is: what is newer comes back from the peers that have it.");
        }
        Facts facts = new Facts(log);
        facts.load(engine.state());
        Connection[] current = {found.first()};
        Redo redo =
                new Redo(engine, BlobAccessOfLog.of(log), before -> restart(before, settings, found.keys(), current));
        try (LogReader reader = log.recoveryReader(from)) {
            for (LogRecord record = reader.next(); record != null; record = reader.next()) {
                switch (record.type()) {
                    case OPEN -> redo.piece(bytesOf(record));
                    case TXN_LOCAL, TXN_REMOTE, STATE_MERGE, EFFECT, DDL ->
                        redo.transaction(record.lsn(), TransactionRecord.read(bytesOf(record)));
                    case FACT -> facts.replay(bytesOf(record));
                    default -> {}
                }
            }
        }
        redo.voidOperations().forEach(lsn -> facts.put(NodeState.VOID + lsn, new byte[0]));
        H2Engine recovered = redo.rows() == 0 ? engine : redo.finish();
        return new Recovered(recovered, current[0], facts, found.keys(), found.writtenWithoutUs());
    }

    /** A database that was never saved names no log, and an empty log has no name. */
    private static void requireSameLog(ConnectionSettings settings, String saved, String found) throws SQLException {
        Path path = settings.location().path();
        if (path != null && !saved.isEmpty() && !found.isEmpty() && !saved.equals(found)) {
            throw SqlState.LOG.error("The log " + found + " in " + logDirectory(path) + " is of another database"
                    + " (expected: " + saved + ", which the file " + path + ".mv.db was saved with). Nothing was"
                    + " changed. Remedy: put back the directory that belongs to the file, or move this one away to open"
                    + " the file as it is.");
        }
    }

    private static byte[] bytesOf(LogRecord record) {
        byte[] bytes = new byte[record.payload().remaining()];
        record.payload().duplicate().get(bytes);
        return bytes;
    }

    private static H2Engine restart(
            H2Engine before, ConnectionSettings settings, @Nullable FileKeys keys, Connection[] current) {
        before.database().shutdownImmediately();
        try {
            current[0].close(); // H2 writes about a connection that is garbage into the next database's trace file
            current[0] = H2Connections.connect(settings, keys);
            H2Engine engine = H2Engine.of(current[0]);
            engine.saveOnlyWhenTold(SELF_SAVE_BYTES);
            return engine;
        } catch (SQLException e) {
            throw new IllegalStateException("H2 does not open after its catalogue was redone: " + e.getMessage(), e);
        }
    }

    private static OperationLog openLog(Location location, H2Engine engine, @Nullable FileKeys keys)
            throws SQLException {
        Path path = location.path();
        LogDirectory directory =
                path == null ? new MemoryLogDirectory() : new FileLogDirectory(LogPlace.of(path, engine));
        try {
            long position = Checkpoint.readPosition(engine);
            if (position > OperationLog.BEGINNING && directory.list().isEmpty()) {
                System.getLogger("io.blazedb")
                        .log(
                                System.Logger.Level.WARNING,
                                "The log directory of {0} is gone. The database is as it was last saved; what was"
                                        + " committed after that comes back from the peers that have it.",
                                path);
            }
            return OperationLog.open(directory, LogOptions.defaults(), position, keys == null ? null : keys.logKey());
        } catch (IOException e) {
            throw SqlState.STORAGE.error("The log in " + directory + " cannot be opened: " + e.getMessage(), e);
        }
    }

    /** Where the log of a file is. */
    static Path logDirectory(Path path) {
        return path.resolveSibling(path.getFileName() + ".blaze");
    }

    /** H2 would write while it closes. */
    private static void abandon(Connection connection) throws SQLException {
        if (!connection.isClosed()) {
            H2Engine.of(connection).database().shutdownImmediately();
            connection.close();
        }
    }

    static String shortName(Location location) {
        Path path = location.path();
        return path == null ? location.name() : String.valueOf(path.getFileName());
    }
}
