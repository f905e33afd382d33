package io.blazedb.internal.database;

import io.blazedb.SqlState;
import io.blazedb.internal.capture.H2Engine;
import io.blazedb.internal.capture.Redo;
import io.blazedb.internal.capture.TransactionRecord;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Properties;
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

    /** The shutdown hook is ours. */
    private static final String FILE_SETTINGS = ";DB_CLOSE_ON_EXIT=FALSE";

    private DatabaseOpening() {}

    static Databases.OpenedDatabase open(ConnectionSettings settings, Databases databases) throws SQLException {
        Path path = settings.location().path();
        Lease lease = path == null ? null : new Lease(path);
        boolean written = lease != null && lease.isBroken();
        Connection first = connectFirst(settings, written ? null : lease);
        try {
            H2Engine engine = H2Engine.of(first);
            if (engine.database().isReadOnly()) {
                BlazeDatabase database = BlazeDatabase.readOnly(settings, databases, engine);
                return new Databases.OpenedDatabase(database, database.session(first, settings));
            }
            engine.saveOnlyWhenTold(SELF_SAVE_BYTES);
            OperationLog log = openLog(settings.location(), engine);
            try {
                Recovered recovered = recover(settings, engine, log, first, written);
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
                throw SqlState.LOG.error(
                        "The log in " + (path == null ? "memory" : logDirectory(path)) + " cannot be used: "
                                + damaged.getMessage(),
                        damaged);
            }
            throw e;
        }
    }

    /** A user who is refused has made H2 open and close its file, which is no writing without us. */
    private static Connection connectFirst(ConnectionSettings settings, @Nullable Lease lease) throws SQLException {
        try {
            return connect(settings);
        } catch (SQLException e) {
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
     * @param writtenWithoutUs whether somebody opened the file with plain H2 since it was closed
     */
    record Recovered(H2Engine engine, Connection first, Facts facts, boolean writtenWithoutUs) {}

    private static Recovered recover(
            ConnectionSettings settings, H2Engine engine, OperationLog log, Connection first, boolean writtenWithoutUs)
            throws SQLException {
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
        Connection[] current = {first};
        Redo redo = new Redo(engine, BlobAccessOfLog.of(log), before -> restart(before, settings, current));
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
        return new Recovered(recovered, current[0], facts, writtenWithoutUs);
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

    private static H2Engine restart(H2Engine before, ConnectionSettings settings, Connection[] current) {
        before.database().shutdownImmediately();
        try {
            current[0].close(); // H2 writes about a connection that is garbage into the next database's trace file
            current[0] = connect(settings);
            H2Engine engine = H2Engine.of(current[0]);
            engine.saveOnlyWhenTold(SELF_SAVE_BYTES);
            return engine;
        } catch (SQLException e) {
            throw new IllegalStateException("H2 does not open after its catalogue was redone: " + e.getMessage(), e);
        }
    }

    private static OperationLog openLog(Location location, H2Engine engine) throws SQLException {
        Path path = location.path();
        LogDirectory directory =
                path == null ? new MemoryLogDirectory() : new FileLogDirectory(directoryOf(path, engine));
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
            return OperationLog.open(directory, LogOptions.defaults(), position);
        } catch (IOException e) {
            throw SqlState.STORAGE.error("The log in " + directory + " cannot be opened: " + e.getMessage(), e);
        }
    }

    /** A log beside a file that was made just now belongs to a file that somebody deleted: it is kept aside. */
    private static Path directoryOf(Path path, H2Engine engine) throws SQLException {
        Path directory = logDirectory(path);
        if (Checkpoint.readPosition(engine) >= 0 || !Files.isDirectory(directory)) {
            return directory;
        }
        Path aside = path.resolveSibling(path.getFileName() + ".blaze.aside-" + System.currentTimeMillis());
        try {
            Files.move(directory, aside);
        } catch (IOException e) {
            throw SqlState.STORAGE.error(
                    "The log directory " + directory + " belongs to another database file and" + " cannot be moved to "
                            + aside + ": " + e.getMessage(),
                    e);
        }
        return directory;
    }

    /** Where the log of a file is. */
    static Path logDirectory(Path path) {
        return path.resolveSibling(path.getFileName() + ".blaze");
    }

    static Connection connect(ConnectionSettings settings) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", settings.user());
        char[] password = settings.password().copy();
        properties.put("password", password);
        try {
            Connection connection = new org.h2.Driver().connect(url(settings), properties);
            if (connection == null) {
                throw new IllegalStateException("H2's driver does not take " + settings.publicUrl());
            }
            return connection;
        } catch (SQLException e) {
            throw e.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1 ? held(settings, e) : e;
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static String url(ConnectionSettings settings) {
        Location location = settings.location();
        StringBuilder url = new StringBuilder("jdbc:h2:");
        switch (location.kind()) {
            case FILE -> url.append("async:").append(escape(String.valueOf(location.path())));
            case MEMORY -> url.append("mem:").append(escape(location.name()));
            case UNNAMED_MEMORY -> url.append("mem:");
        }
        url.append(settings.h2SettingsText());
        settings.init().ifPresent(sql -> url.append(";INIT=").append(escape(sql)));
        if (settings.ifExists()) {
            url.append(";IFEXISTS=TRUE");
        }
        if (location.kind() == Location.Kind.FILE) {
            url.append(FILE_SETTINGS);
        }
        return url.toString();
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace(";", "\\;");
    }

    private static SQLException held(ConnectionSettings settings, SQLException cause) {
        return SqlState.DATABASE_HELD.error(
                "The database " + settings.publicUrl() + " is open in another process. Remedy: close it there, or open"
                        + " a database of your own and share tables with CONNECT TO SHARE.",
                cause);
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
