package io.blazedb.internal.link;

import io.blazedb.internal.capture.CaptureSession;
import io.blazedb.internal.capture.CaptureSession.Durability;
import io.blazedb.internal.capture.CaptureSession.Source;
import io.blazedb.internal.capture.CommitLog;
import io.blazedb.internal.capture.Gate;
import io.blazedb.internal.capture.H2Engine;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.h2.engine.SessionLocal;

/** A connection of the engine's own, with all rights; what it writes is logged and not sent. Threads take turns. */
public final class EngineSession implements AutoCloseable {
    private final SessionLocal h2;
    private final Connection connection;
    private final CaptureSession capture;
    private final CommitLog commits;

    EngineSession(H2Engine engine, CommitLog commits, Gate gate, Source source) throws SQLException {
        this.h2 = engine.openSystemSession();
        this.connection = engine.connectionOf(h2);
        this.capture = new CaptureSession(source, Durability.NORMAL, gate);
        this.commits = commits;
        commits.attach(h2, capture);
    }

    /** A session whose writes are logged and not sent. */
    public static EngineSession open(LinkedNode.Host host) throws SQLException {
        return new EngineSession(host.engine(), host.commits(), host.gate(), Source.ENGINE);
    }

    SessionLocal h2() {
        return h2;
    }

    /** Not to be closed: {@link #close} is. */
    public Connection connection() {
        return connection;
    }

    CaptureSession capture() {
        return capture;
    }

    /** Runs statements one by one, each committed; what one of them commits counts only as a whole. */
    synchronized void run(List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                capture.place().enter();
                capture.beginStatement();
                try {
                    statement.execute(sql);
                } finally {
                    end();
                }
            }
        }
    }

    private void end() throws SQLException {
        try {
            commits.statementEnded(capture);
        } finally {
            capture.place().leave();
        }
    }

    @Override
    public void close() {
        commits.detach(h2);
        h2.close();
    }
}
