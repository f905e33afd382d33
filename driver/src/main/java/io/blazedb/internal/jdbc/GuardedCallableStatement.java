package io.blazedb.internal.jdbc;

import io.blazedb.internal.jdbc.forward.ForwardingCallableStatement;
import io.blazedb.internal.statement.StatementKind;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A call that H2 prepared, announced to the session when it runs. For one thread. */
final class GuardedCallableStatement extends ForwardingCallableStatement implements CallableStatement {
    private final GuardedConnection connection;
    private final Session session;
    private final StatementKind ofText;
    private final Results results;

    GuardedCallableStatement(GuardedConnection connection, CallableStatement h2, StatementKind ofText) {
        super(h2);
        this.connection = connection;
        this.session = connection.session();
        this.ofText = ofText;
        this.results = new Results(connection, this);
    }

    @Override
    public int executeUpdate() throws SQLException {
        StatementKind kind = Guarded.effective(session, ofText);
        if (kind == StatementKind.READ) {
            return callableStatement.executeUpdate();
        }
        session.before(kind);
        int count;
        try {
            count = callableStatement.executeUpdate();
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
            return callableStatement.execute();
        }
        session.before(kind);
        boolean rows;
        try {
            rows = callableStatement.execute();
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
            return results.wrap(callableStatement.executeQuery());
        }
        return results.wrap(Guarded.run(session, kind, callableStatement::executeQuery));
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        return Guarded.run(session, ofText, callableStatement::executeLargeUpdate);
    }

    @Override
    public int[] executeBatch() throws SQLException {
        return Guarded.run(session, ofText, callableStatement::executeBatch);
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        return Guarded.run(session, ofText, callableStatement::executeLargeBatch);
    }

    @Override
    public @Nullable ResultSet getResultSet() throws SQLException {
        return results.wrapIfAny(callableStatement.getResultSet());
    }

    @Override
    public ResultSet getGeneratedKeys() throws SQLException {
        return new GuardedResultSet(session, this, callableStatement.getGeneratedKeys());
    }

    @Override
    public Connection getConnection() {
        return connection;
    }

    @Override
    public String toString() {
        return callableStatement.toString();
    }
}
