package org.h2.mvstore.tx;

import io.blazedb.internal.capture.CaptureSession;
import io.blazedb.internal.capture.CommitLog;
import io.blazedb.internal.capture.Gate;
import io.blazedb.internal.capture.H2Engine;
import io.blazedb.internal.capture.WatchedCommits;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;

/**
 * A fault: writes to an open database so that no operation says so, as a bug or a damaged disk would. Used by one
 * thread.
 */
public final class BelowCapture implements AutoCloseable {
    private final CommitLog commits;
    private final SessionLocal session;
    private final Connection connection;

    /** Beside a connection of BlazeDB's driver. */
    public BelowCapture(Connection blaze) throws SQLException {
        H2Engine engine = H2Engine.of(blaze.unwrap(JdbcConnection.class));
        CapturingTransactionStore store =
                (CapturingTransactionStore) engine.database().getStore().getTransactionStore();
        commits = ((WatchedCommits) store.commitPoint()).commits();
        session = engine.openSystemSession();
        commits.attach(
                session,
                new CaptureSession(CaptureSession.Source.ENGINE, CaptureSession.Durability.NORMAL, new Gate()));
        connection = engine.connectionOf(session);
    }

    /** Runs statements, each committed. */
    public void execute(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Override
    public void close() {
        commits.detach(session);
        session.close();
    }
}
