package io.blazedb.internal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import javax.sql.StatementEventListener;
import org.jspecify.annotations.Nullable;

/**
 * A session that outlives the connections an application closes. One connection of it is open at a time: taking a new
 * one closes the last. Safe for use by several threads.
 */
final class PooledSession implements PooledConnection {
    private final Session session;
    private final List<ConnectionEventListener> listeners = new CopyOnWriteArrayList<>();
    private @Nullable GuardedConnection handedOut;

    PooledSession(Session session) {
        this.session = session;
    }

    @Override
    public synchronized Connection getConnection() throws SQLException {
        if (handedOut != null) {
            handedOut.detach();
            endTransaction();
        }
        GuardedConnection connection = new GuardedConnection(session, this);
        handedOut = connection;
        return connection;
    }

    /** Called by the connection that is closed. */
    void giveBack(GuardedConnection connection) throws SQLException {
        synchronized (this) {
            connection.detach();
            if (handedOut != connection) {
                return;
            }
            handedOut = null;
            endTransaction();
        }
        ConnectionEvent event = new ConnectionEvent(this);
        for (ConnectionEventListener listener : listeners) {
            listener.connectionClosed(event);
        }
    }

    private void endTransaction() throws SQLException {
        Connection h2 = session.h2();
        if (!h2.isClosed() && !h2.getAutoCommit()) {
            Guarded.write(session, h2::rollback);
            h2.setAutoCommit(true);
        }
    }

    @Override
    public void close() throws SQLException {
        session.close();
    }

    @Override
    public void addConnectionEventListener(ConnectionEventListener listener) {
        listeners.add(listener);
    }

    @Override
    public void removeConnectionEventListener(ConnectionEventListener listener) {
        listeners.remove(listener);
    }

    /** Statements are not pooled, so there is nothing to tell. */
    @Override
    public void addStatementEventListener(StatementEventListener listener) {}

    @Override
    public void removeStatementEventListener(StatementEventListener listener) {}
}
