package io.blazedb.internal.link;

import io.blazedb.internal.apply.Applier;
import io.blazedb.internal.capture.CaptureSession;
import io.blazedb.internal.capture.CaptureSession.Durability;
import io.blazedb.internal.capture.CaptureSession.Source;
import io.blazedb.internal.capture.CommitLog;
import io.blazedb.internal.capture.Gate;
import io.blazedb.internal.capture.H2Engine;
import io.blazedb.internal.catalog.Catalog;
import io.blazedb.internal.catalog.WriteGuard;
import io.blazedb.internal.schema.ForeignKeyActions.Replacement;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.h2.engine.SessionLocal;
import org.h2.message.DbException;
import org.h2.mvstore.db.MVTable;
import org.h2.table.Table;

/** A connection of the engine's own, with all rights; what it writes is logged and not sent. Threads take turns. */
public final class EngineSession implements AutoCloseable, WriteGuard {
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

    /**
     * Puts one foreign key in the place of another in one transaction, with both tables held alone: nobody sees the
     * table without any.
     */
    synchronized void replace(MVTable table, MVTable parent, Replacement replacement) throws SQLException {
        capture.place().enter();
        capture.beginStatement();
        h2.lock();
        try {
            h2.getDatabase().lockMeta(h2);
            table.lock(h2, Table.EXCLUSIVE_LOCK);
            parent.lock(h2, Table.EXCLUSIVE_LOCK);
            h2.prepare(replacement.drop()).update();
            addOrRestore(replacement);
            h2.commit(true);
        } catch (DbException e) {
            h2.rollback();
            throw DbException.toSQLException(e);
        } finally {
            h2.unlock();
            end();
        }
    }

    private void addOrRestore(Replacement replacement) {
        try {
            h2.prepare(replacement.add()).update();
        } catch (DbException e) {
            h2.prepare(replacement.restore()).update();
            h2.commit(true);
            throw e;
        }
    }

    /** Makes the tables of the schema BLAZE that are not there, all or none. */
    synchronized void makeTables() throws SQLException {
        before();
        try {
            Catalog.create(connection);
            Applier.createTable(connection);
        } finally {
            after();
        }
    }

    /** What is committed from here to {@link #after} counts only as a whole. */
    @Override
    public void before() {
        capture.beginStatement();
    }

    @Override
    public void after() throws SQLException {
        end();
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
