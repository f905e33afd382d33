package io.blazedb.internal.database;

import io.blazedb.SqlState;
import io.blazedb.internal.capture.Gate;
import io.blazedb.internal.capture.Truncation;
import io.blazedb.internal.jdbc.StatementOutcome;
import io.blazedb.internal.statement.SpecialKind;
import io.blazedb.internal.statement.StatementKind;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.command.CommandInterface;
import org.h2.engine.SessionLocal;
import org.h2.message.DbException;
import org.jspecify.annotations.Nullable;

/** Runs the statements of H2's language that must not reach H2 as they are. For the thread of its session. */
final class SpecialStatements {
    private static final int BACKUP_WAIT_MILLIS_MAX = 10_000;
    private static final Pattern SETTING = Pattern.compile("(?is)^\\s*SET\\s+\"?(\\w+)\"?.*");
    private static final Set<String> SETTINGS_OF_THE_ENGINE =
            Set.of("WRITE_DELAY", "RETENTION_TIME", "CLUSTER", "EXCLUSIVE");

    private final DatabaseSession session;
    private final BlazeDatabase database;

    SpecialStatements(DatabaseSession session) {
        this.session = session;
        this.database = session.database();
    }

    StatementOutcome execute(String sql, SpecialKind kind, List<@Nullable Object> parameters) throws SQLException {
        database.checkUsable();
        return switch (kind) {
            case TRUNCATE -> truncate(sql);
            case CHECKPOINT -> checkpoint();
            case SHUTDOWN -> shutdown(sql);
            case BACKUP -> backup(sql, parameters);
            case RUNSCRIPT -> inH2(sql, parameters);
            case DROP_ALL_OBJECTS -> dropAllObjects(sql, parameters);
            case SET -> set(sql, parameters);
            case PREPARED_DEFINITION ->
                throw refused("PREPARE of a statement that is neither a query nor a change of rows is not supported:"
                        + " EXECUTE would hide it from the log. Remedy: run the statement itself.");
            case TWO_PHASE_COMMIT ->
                throw refused(
                        "Two-phase commit (" + firstWords(sql) + ") is not supported: a prepared transaction would"
                                + " be in H2's file and not in the log. Remedy: COMMIT, in one phase.");
        };
    }

    private StatementOutcome dropAllObjects(String sql, List<@Nullable Object> parameters) throws SQLException {
        if (database.node() != null) {
            throw SqlState.NOT_SUPPORTED.error("DROP ALL OBJECTS is not supported in a database that syncs: it would"
                    + " take away the schema BLAZE, where the connections are kept. Nothing was done. Remedy: drop the"
                    + " tables one by one.");
        }
        return inH2(sql, parameters);
    }

    private StatementOutcome truncate(String sql) throws SQLException {
        session.before(StatementKind.DEFINITION);
        session.definitionWritesRows();
        try {
            return StatementOutcome.ofCount(new Truncation(session.h2Session()).run(sql));
        } finally {
            session.after(StatementKind.DEFINITION);
        }
    }

    private StatementOutcome inH2(String sql, List<@Nullable Object> parameters) throws SQLException {
        session.before(StatementKind.DEFINITION);
        try (PreparedStatement statement = session.h2().prepareStatement(sql)) {
            for (int i = 0; i < parameters.size(); i++) {
                statement.setObject(i + 1, parameters.get(i));
            }
            boolean rows = statement.execute();
            return StatementOutcome.ofCount(rows ? 0 : statement.getLargeUpdateCount());
        } finally {
            session.after(StatementKind.DEFINITION);
        }
    }

    /** What is committed is in the log already; forced, it is as durable as H2's own checkpoint would make it. */
    private StatementOutcome checkpoint() throws SQLException {
        checkAdmin();
        var log = database.log();
        Checkpoint checkpoint = database.checkpoint();
        if (log != null && checkpoint != null && log.endLsn() > log.firstLsn()) {
            log.force(log.endLsn() - 1);
            if (!session.isWriting()) {
                alone(checkpoint, Gate.WAIT_MILLIS_MAX);
            }
        }
        return StatementOutcome.ofCount(0);
    }

    private static boolean alone(Checkpoint checkpoint, int waitMillis) throws SQLException {
        try {
            return checkpoint.tryNow(waitMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private StatementOutcome shutdown(String sql) throws SQLException {
        checkAdmin();
        String form = sql.strip().toUpperCase(Locale.ROOT);
        int compact = form.endsWith("COMPACT")
                ? CommandInterface.SHUTDOWN_COMPACT
                : form.endsWith("DEFRAG") ? CommandInterface.SHUTDOWN_DEFRAG : 0;
        if (form.endsWith("IMMEDIATELY")) {
            database.stopImmediately();
        } else {
            database.shutdown(compact);
        }
        return StatementOutcome.ofCount(0);
    }

    private StatementOutcome backup(String sql, List<@Nullable Object> parameters) throws SQLException {
        Checkpoint checkpoint = database.checkpoint();
        if (checkpoint == null) {
            return inH2(sql, parameters);
        }
        checkAdmin();
        if (session.isWriting()) {
            throw SqlState.TRY_AGAIN.error("BACKUP while this connection has an open write transaction would wait for"
                    + " itself. Remedy: COMMIT or ROLLBACK first.");
        }
        if (!alone(checkpoint, BACKUP_WAIT_MILLIS_MAX)) {
            throw SqlState.TRY_AGAIN.error(
                    "BACKUP waited " + BACKUP_WAIT_MILLIS_MAX + " ms for other connections to end"
                            + " their write transactions. Nothing was written. Remedy: end them, or try again.");
        }
        return inH2(sql, parameters);
    }

    private StatementOutcome set(String sql, List<@Nullable Object> parameters) throws SQLException {
        Matcher matcher = SETTING.matcher(sql);
        String name = matcher.matches() ? matcher.group(1).toUpperCase(Locale.ROOT) : "";
        if (SETTINGS_OF_THE_ENGINE.contains(name)) {
            throw SqlState.BAD_SETTING.error("SET " + name + " is not allowed: when the file is saved, and who may open"
                    + " it, is what makes a crash harmless, and BlazeDB decides it. Nothing was changed. Remedy: leave"
                    + " the statement away; DURABILITY=FULL in the URL makes each commit durable.");
        }
        if (name.equals("REFERENTIAL_INTEGRITY") && database.node() != null) {
            throw SqlState.BAD_SETTING.error("SET REFERENTIAL_INTEGRITY is not allowed in a database that syncs: rows"
                    + " without parents would be sent to others. Nothing was changed. Remedy: DISCONNECT first, or"
                    + " write parents before children.");
        }
        return inH2(sql, parameters);
    }

    private void checkAdmin() throws SQLException {
        SessionLocal h2 = session.h2Session();
        try {
            h2.getUser().checkAdmin();
        } catch (DbException e) {
            throw DbException.toSQLException(e);
        }
    }

    private static SQLException refused(String why) {
        return SqlState.NOT_SUPPORTED.error(why + " Nothing was done.");
    }

    private static String firstWords(String sql) {
        String[] words = sql.strip().split("\\s+", 3);
        return words.length < 2 ? words[0] : words[0] + " " + words[1];
    }
}
