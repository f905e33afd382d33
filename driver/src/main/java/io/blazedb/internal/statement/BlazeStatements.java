package io.blazedb.internal.statement;

import io.blazedb.SqlState;
import io.blazedb.internal.jdbc.StatementOutcome;
import io.blazedb.sql.BlazeSql;
import io.blazedb.sql.ConnectionStatement.Connect;
import io.blazedb.sql.ConnectionStatement.Disconnect;
import io.blazedb.sql.PolicyStatement;
import io.blazedb.sql.SqlSyntaxException;
import io.blazedb.sql.Statement;
import io.blazedb.sql.SyncStatement.Check;
import io.blazedb.sql.SyncStatement.Pause;
import io.blazedb.sql.SyncStatement.Repair;
import io.blazedb.sql.SyncStatement.ResolveConflict;
import io.blazedb.sql.SyncStatement.Resume;
import io.blazedb.sql.SyncStatement.Show;
import io.blazedb.sql.SyncStatement.ShowTopology;
import io.blazedb.sql.SyncStatement.Sync;
import io.blazedb.sql.TopologyStatement;
import io.blazedb.sql.Value;
import io.blazedb.sql.Winner;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs the statements of BlazeDB's own language. A statement that fails has changed nothing. Safe for use by several
 * threads, each with its own session.
 */
public final class BlazeStatements {
    private BlazeStatements() {}

    /** Parses, binds and runs one statement. */
    public static StatementOutcome execute(String sql, List<@Nullable Object> parameters, SessionFacts session)
            throws SQLException {
        return execute(bound(sql, parameters, session), session);
    }

    private static Statement bound(String sql, List<@Nullable Object> parameters, SessionFacts session)
            throws SQLException {
        try {
            return BlazeSql.parse(sql, session.rules()).bind(parameters);
        } catch (SqlSyntaxException | IllegalArgumentException e) {
            throw SqlState.SYNTAX.error(String.valueOf(e.getMessage()), e);
        }
    }

    private static StatementOutcome execute(Statement statement, SessionFacts session) throws SQLException {
        if (!isForAll(statement)) {
            checkAdmin(statement, session);
        }
        if (statement instanceof Show show) {
            return new ShowStatements(session).show(show.view());
        }
        if (statement instanceof ShowTopology show) {
            return new ShowStatements(session).showTopology(show);
        }
        if (statement instanceof Sync sync) {
            return new SyncStatements(session).sync(sync);
        }
        if (statement instanceof TopologyStatement topology) {
            return new TopologyStatements(session).execute(topology);
        }
        if (statement instanceof Connect connect) {
            return new ConnectStatement(session).connect(connect);
        }
        if (statement instanceof Disconnect disconnect) {
            return new DisconnectStatement(session).disconnect(disconnect);
        }
        if (statement instanceof Pause pause) {
            return new SyncStatements(session).pause(pause.node(), true);
        }
        if (statement instanceof Resume resume) {
            return new SyncStatements(session).pause(resume.node(), false);
        }
        if (statement instanceof Check check) {
            return new ComparisonStatements(session).check(check);
        }
        if (statement instanceof Repair repair) {
            return new ComparisonStatements(session).repair(repair);
        }
        if (statement instanceof ResolveConflict resolve) {
            session.actions().resolve(number(resolve), resolve.winner() == Winner.LOCAL);
            return StatementOutcome.ofCount(0);
        }
        if (statement instanceof PolicyStatement.CreateMergeRule create) {
            return new MergeRuleStatements(session).create(create);
        }
        if (statement instanceof PolicyStatement.DropMergeRule drop) {
            return new MergeRuleStatements(session).drop(drop);
        }
        throw SqlState.NOT_SUPPORTED.error(statement.name() + " is not supported. Nothing was done.");
    }

    /** Whether whoever may connect may run it: it shows, or waits. */
    private static boolean isForAll(Statement statement) {
        return statement instanceof Show || statement instanceof ShowTopology || statement instanceof Sync;
    }

    private static long number(ResolveConflict statement) throws SQLException {
        try {
            return statement.conflict() instanceof Value.Text text
                    ? Long.parseLong(text.text().strip())
                    : statement.conflict().asNumber();
        } catch (NumberFormatException | ArithmeticException e) {
            throw SqlState.CONFLICT.error(
                    "There is no conflict " + statement.conflict() + " (expected: an ID of BLAZE.CONFLICTS, a number).",
                    e);
        }
    }

    private static void checkAdmin(Statement statement, SessionFacts session) throws SQLException {
        if (!session.admin()) {
            throw SqlState.NO_RIGHT.error(statement.name() + " needs the ADMIN right, which user "
                    + session.credentials().user()
                    + " does not have. Remedy: sign in as a user with it, or ALTER USER ... ADMIN TRUE.");
        }
    }
}
