package io.blazedb.internal.jdbc;

import io.blazedb.internal.jdbc.forward.ForwardingPreparedStatement;
import io.blazedb.internal.statement.StatementKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import org.jspecify.annotations.Nullable;

/** A statement that H2 prepared, announced to the session when it runs. For one thread. */
final class GuardedPreparedStatement extends ForwardingPreparedStatement implements PreparedStatement {
    private final GuardedConnection connection;
    private final Session session;
    private final StatementKind ofText;
    private final Results results;
    private final SessionWarnings sessionWarnings;

    GuardedPreparedStatement(GuardedConnection connection, PreparedStatement h2, StatementKind ofText) {
        super(h2);
        this.connection = connection;
        this.session = connection.session();
        this.ofText = ofText;
        this.results = new Results(connection, this);
        this.sessionWarnings = new SessionWarnings(session);
    }

    @Override
    public int executeUpdate() throws SQLException {
        StatementKind kind = Guarded.effective(session, ofText);
        if (kind == StatementKind.READ) {
            return preparedStatement.executeUpdate();
        }
        session.before(kind);
        int count;
        try {
            count = preparedStatement.executeUpdate();
        } catch (Throwable failure) {
            Guarded.afterFailure(session, kind, failure);
            throw failure;
        }
        session.after(kind);
        return count;
    }

    @Override
    public boolean execute() throws SQLException {
        StatementKind kind = Guarded.effective(session, ofText);
        if (kind == StatementKind.READ) {
            return preparedStatement.execute();
        }
        session.before(kind);
        boolean rows;
        try {
            rows = preparedStatement.execute();
        } catch (Throwable failure) {
            Guarded.afterFailure(session, kind, failure);
            throw failure;
        }
        session.after(kind);
        return rows;
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
        StatementKind kind = Guarded.effective(session, ofText);
        if (kind == StatementKind.READ) {
            return results.wrap(preparedStatement.executeQuery());
        }
        return results.wrap(Guarded.run(session, kind, preparedStatement::executeQuery));
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        return Guarded.run(session, ofText, preparedStatement::executeLargeUpdate);
    }

    @Override
    public int[] executeBatch() throws SQLException {
        return Guarded.run(session, ofText, preparedStatement::executeBatch);
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        return Guarded.run(session, ofText, preparedStatement::executeLargeBatch);
    }

    @Override
    public @Nullable ResultSet getResultSet() throws SQLException {
        return results.wrapIfAny(preparedStatement.getResultSet());
    }

    @Override
    public ResultSet getGeneratedKeys() throws SQLException {
        return new GuardedResultSet(session, this, preparedStatement.getGeneratedKeys());
    }

    @Override
    public @Nullable SQLWarning getWarnings() throws SQLException {
        return sessionWarnings.with(preparedStatement.getWarnings());
    }

    @Override
    public void clearWarnings() throws SQLException {
        sessionWarnings.clear();
        preparedStatement.clearWarnings();
    }

    @Override
    public Connection getConnection() {
        return connection;
    }

    @Override
    public String toString() {
        return preparedStatement.toString();
    }
}
