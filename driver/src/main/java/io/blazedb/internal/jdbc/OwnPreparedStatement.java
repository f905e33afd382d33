package io.blazedb.internal.jdbc;

import io.blazedb.SqlState;
import io.blazedb.internal.jdbc.forward.ForwardingPreparedStatement;
import io.blazedb.internal.statement.SqlText;
import java.sql.Connection;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A prepared statement that H2 does not run. Its parameters are those of a {@code VALUES (?, ...)} that H2 prepared: so
 * every setter converts, checks and fails as H2's do, and running that query gives the values back. For one thread.
 */
final class OwnPreparedStatement extends ForwardingPreparedStatement implements PreparedStatement {
    private final SqlText text;
    private final Statement h2;
    private final StatementRunner runner;
    private final List<List<@Nullable Object>> batch = new ArrayList<>();

    private OwnPreparedStatement(GuardedConnection owner, SqlText text, PreparedStatement values, Statement h2) {
        super(values);
        this.text = text;
        this.h2 = h2;
        this.runner = new StatementRunner(owner, h2, this);
    }

    static PreparedStatement prepare(GuardedConnection owner, Connection h2, SqlText text) throws SQLException {
        int count = text.parameterCount();
        if (count > 0 && text.parts().size() > 1) {
            throw SqlState.NOT_SUPPORTED.error(
                    "A text with " + text.parts().size() + " statements, not all of them H2's," + " has " + count
                            + " parameters (expected: none); prepare each statement alone");
        }
        String values = count == 0 ? "VALUES (1)" : "VALUES (?" + ", ?".repeat(count - 1) + ')';
        return new OwnPreparedStatement(owner, text, h2.prepareStatement(values), h2.createStatement());
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
        return runner.query(text, parameters());
    }

    @Override
    public boolean execute() throws SQLException {
        return runner.execute(text, parameters(), h2::execute);
    }

    @Override
    public int executeUpdate() throws SQLException {
        return runner.update(text, parameters(), h2::executeUpdate);
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        return runner.largeUpdate(text, parameters(), h2::executeLargeUpdate);
    }

    /** The values that were set; fails when one is missing, or when the statement is closed. */
    private List<@Nullable Object> parameters() throws SQLException {
        List<@Nullable Object> parameters = new ArrayList<>();
        try (ResultSet values = preparedStatement.executeQuery()) {
            values.next();
            for (int i = 1; i <= text.parameterCount(); i++) {
                parameters.add(values.getObject(i));
            }
        }
        return Collections.unmodifiableList(parameters);
    }

    @Override
    public void addBatch() throws SQLException {
        batch.add(parameters());
    }

    @Override
    public void clearBatch() throws SQLException {
        batch.clear();
        preparedStatement.clearBatch();
    }

    @Override
    public int[] executeBatch() throws SQLException {
        return OwnBatch.toInts(executeLargeBatch());
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        List<List<@Nullable Object>> entries = List.copyOf(batch);
        batch.clear();
        return OwnBatch.run(entries, entry -> runner.largeUpdate(text, entry, h2::executeLargeUpdate));
    }

    /** What the statement gives is known when it has run. */
    @Override
    public @Nullable ResultSetMetaData getMetaData() throws SQLException {
        runner.checkOpen();
        return null;
    }

    @Override
    public ParameterMetaData getParameterMetaData() throws SQLException {
        runner.checkOpen();
        return new OwnParameterMetaData(text.parameterCount());
    }

    @Override
    public @Nullable ResultSet getResultSet() throws SQLException {
        return runner.resultSet();
    }

    @Override
    public int getUpdateCount() throws SQLException {
        return runner.updateCount();
    }

    @Override
    public long getLargeUpdateCount() throws SQLException {
        return runner.largeUpdateCount();
    }

    @Override
    public boolean getMoreResults() throws SQLException {
        return runner.moreResults(CLOSE_CURRENT_RESULT);
    }

    @Override
    public boolean getMoreResults(int current) throws SQLException {
        return runner.moreResults(current);
    }

    @Override
    public ResultSet getGeneratedKeys() throws SQLException {
        return runner.generatedKeys();
    }

    @Override
    public @Nullable SQLWarning getWarnings() throws SQLException {
        return runner.warnings();
    }

    @Override
    public void clearWarnings() throws SQLException {
        runner.clearWarnings();
    }

    @Override
    public Connection getConnection() {
        return runner.connection();
    }

    @Override
    public void close() throws SQLException {
        batch.clear();
        try {
            runner.close();
        } finally {
            preparedStatement.close();
        }
    }

    /** Without the text: it may hold a password. */
    @Override
    public String toString() {
        return "BlazePreparedStatement[" + text.kind() + ", " + text.parameterCount() + " parameters]";
    }
}
