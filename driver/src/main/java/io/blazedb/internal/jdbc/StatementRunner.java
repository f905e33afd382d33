package io.blazedb.internal.jdbc;

import io.blazedb.SqlState;
import io.blazedb.internal.statement.SpecialKind;
import io.blazedb.internal.statement.SqlPart;
import io.blazedb.internal.statement.SqlText;
import io.blazedb.internal.statement.StatementKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;
import org.h2.tools.SimpleResultSet;
import org.jspecify.annotations.Nullable;

/**
 * Runs the texts of one JDBC statement: what is H2's by H2, the rest by the session; and keeps the outcome for the
 * getters of the statement. A text with statements of both runs part by part, and gives the result of its first part,
 * as H2 does. For one thread.
 */
final class StatementRunner {
    /** Which of H2's methods runs a text. */
    @FunctionalInterface
    interface H2Call<T> {
        T run(String sql) throws SQLException;
    }

    /** What the caller's method can take. */
    enum Wanted {
        ROWS,
        COUNT,
        EITHER
    }

    private static final StatementOutcome NO_MORE = StatementOutcome.ofCount(-1);

    private final GuardedConnection connection;
    private final Session session;
    private final Statement h2;
    private final Statement owner;
    private final Results results;
    private final SessionWarnings sessionWarnings;
    private @Nullable StatementOutcome own;
    private @Nullable SQLWarning warning;

    StatementRunner(GuardedConnection connection, Statement h2, Statement owner) {
        this.connection = connection;
        this.session = connection.session();
        this.h2 = h2;
        this.owner = owner;
        this.results = new Results(connection, owner);
        this.sessionWarnings = new SessionWarnings(session);
    }

    GuardedConnection connection() {
        return connection;
    }

    /** H2 refuses when the statement is closed. */
    void checkOpen() throws SQLException {
        h2.getWarnings();
    }

    boolean execute(SqlText text, List<@Nullable Object> parameters, H2Call<Boolean> call) throws SQLException {
        Boolean byH2 = run(text, parameters, Wanted.EITHER, call);
        return byH2 == null ? ownOutcome().rows() != null : byH2;
    }

    ResultSet query(SqlText text, List<@Nullable Object> parameters) throws SQLException {
        ResultSet byH2 = run(text, parameters, Wanted.ROWS, h2::executeQuery);
        if (byH2 != null) {
            return results.wrap(byH2);
        }
        ResultSet rows = ownOutcome().rows();
        if (rows == null) {
            throw new IllegalStateException(
                    "The session gave no rows for a statement that returns some (expected: rows)");
        }
        return results.wrapOwn(rows);
    }

    int update(SqlText text, List<@Nullable Object> parameters, H2Call<Integer> call) throws SQLException {
        Integer byH2 = run(text, parameters, Wanted.COUNT, call);
        return byH2 == null ? toInt(ownOutcome().updateCount()) : byH2;
    }

    long largeUpdate(SqlText text, List<@Nullable Object> parameters, H2Call<Long> call) throws SQLException {
        Long byH2 = run(text, parameters, Wanted.COUNT, call);
        return byH2 == null ? ownOutcome().updateCount() : byH2;
    }

    /** A count too large for an int is not lost, only unknown, as in H2. */
    static int toInt(long count) {
        return count > Integer.MAX_VALUE ? Statement.SUCCESS_NO_INFO : (int) count;
    }

    /** H2's result, or null when the first part was ours: its outcome is then in {@link #own}. */
    private <T> @Nullable T run(SqlText text, List<@Nullable Object> parameters, Wanted wanted, H2Call<T> call)
            throws SQLException {
        closeOwn();
        warning = null;
        if (text.goesToH2()) {
            return runInH2(text.kind(), () -> call.run(text.sql()));
        }
        closeResults();
        check(text, parameters, wanted);
        List<SqlPart> parts = text.parts();
        SqlPart first = parts.get(0);
        T result = null;
        if (first.goesToH2()) {
            result = runInH2(first.kind(), () -> call.run(first.sql()));
        } else {
            own = runOwn(first, parameters);
        }
        for (SqlPart part : parts.subList(1, parts.size())) {
            runAside(part);
        }
        return result;
    }

    private <T> T runInH2(StatementKind kind, Guarded.Work<T> work) throws SQLException {
        T result = Guarded.run(session, kind, work);
        if (kind.isDefinition()) {
            warning = session.takeWarning();
        }
        return result;
    }

    private StatementOutcome ownOutcome() {
        return own == null ? NO_MORE : own;
    }

    private StatementOutcome runOwn(SqlPart part, List<@Nullable Object> parameters) throws SQLException {
        SpecialKind special = part.special().orElse(null);
        return special == null
                ? session.execute(part.sql(), parameters)
                : session.executeSpecial(part.sql(), special, parameters);
    }

    /** A later part of a text: its result is dropped. */
    private void runAside(SqlPart part) throws SQLException {
        if (part.goesToH2()) {
            try (Statement aside = session.h2().createStatement()) {
                Guarded.run(session, part.kind(), () -> aside.execute(part.sql()));
            }
            return;
        }
        StatementOutcome outcome = runOwn(part, List.of());
        if (outcome.rows() != null) {
            outcome.rows().close();
        }
    }

    private static void check(SqlText text, List<@Nullable Object> parameters, Wanted wanted) throws SQLException {
        if (text.parameterCount() != parameters.size()) {
            throw SqlState.SYNTAX.error("The statement has " + text.parameterCount()
                    + " parameters, but none has a value (expected: none; use prepareStatement)");
        }
        SqlPart first = text.parts().get(0);
        if (first.goesToH2() || wanted == Wanted.EITHER) {
            return;
        }
        if (wanted == Wanted.ROWS && !first.returnsRows()) {
            throw SqlState.BAD_ARGUMENT.error(
                    "executeQuery was called for a statement that gives no rows; use execute or executeUpdate");
        }
        if (wanted == Wanted.COUNT && first.returnsRows()) {
            throw SqlState.BAD_ARGUMENT.error(
                    "executeUpdate was called for a statement that gives rows; use execute or executeQuery");
        }
    }

    private void closeOwn() throws SQLException {
        StatementOutcome outcome = own;
        own = null;
        if (outcome != null && outcome.rows() != null) {
            outcome.rows().close();
        }
    }

    /** Also fails when the statement is closed. */
    private void closeResults() throws SQLException {
        ResultSet open = h2.getResultSet();
        if (open != null) {
            open.close();
        }
    }

    @Nullable
    ResultSet resultSet() throws SQLException {
        ResultSet byH2 = h2.getResultSet();
        if (own == null) {
            return byH2 == null ? null : results.wrap(byH2);
        }
        return own.rows() == null ? null : results.wrapOwn(own.rows());
    }

    /** A statement of ours generates none. */
    ResultSet generatedKeys() throws SQLException {
        ResultSet byH2 = h2.getGeneratedKeys();
        return new GuardedResultSet(session, owner, own == null ? byH2 : new SimpleResultSet());
    }

    int updateCount() throws SQLException {
        int byH2 = h2.getUpdateCount();
        return own == null ? byH2 : toInt(ownCount(own));
    }

    long largeUpdateCount() throws SQLException {
        long byH2 = h2.getLargeUpdateCount();
        return own == null ? byH2 : ownCount(own);
    }

    private static long ownCount(StatementOutcome outcome) {
        return outcome.rows() == null ? outcome.updateCount() : -1;
    }

    /** There is only one result; the next is none. */
    boolean moreResults(int current) throws SQLException {
        StatementOutcome outcome = own;
        if (outcome == null) {
            return h2.getMoreResults(current);
        }
        if (outcome.rows() != null && current != Statement.KEEP_CURRENT_RESULT) {
            outcome.rows().close();
        }
        own = NO_MORE;
        return false;
    }

    @Nullable
    SQLWarning warnings() throws SQLException {
        SQLWarning byH2 = h2.getWarnings();
        SQLWarning ours = own == null ? warning : own.warning();
        return sessionWarnings.with(ours == null ? byH2 : ours);
    }

    void clearWarnings() throws SQLException {
        h2.clearWarnings();
        sessionWarnings.clear();
        warning = null;
        if (own != null) {
            own = new StatementOutcome(own.rows(), own.updateCount(), null);
        }
    }

    void close() throws SQLException {
        closeOwn();
        h2.close();
    }
}
