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
final class EngineSession implements AutoCloseable {
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

    SessionLocal h2() {
        return h2;
    }

    Connection connection() {
        return connection;
    }

    CaptureSession capture() {
        return capture;
    }

    /** Runs statements one by one, each committed. */
    synchronized void run(List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                capture.place().enter();
                try {
                    statement.execute(sql);
                } finally {
                    capture.place().leave();
                }
            }
        }
    }

    @Override
    public void close() {
        commits.detach(h2);
        h2.close();
    }
}
