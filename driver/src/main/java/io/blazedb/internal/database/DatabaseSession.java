package io.blazedb.internal.database;

import io.blazedb.internal.capture.CaptureSession;
import io.blazedb.internal.capture.CommitErrors;
import io.blazedb.internal.capture.Gate;
import io.blazedb.internal.jdbc.Session;
import io.blazedb.internal.jdbc.StatementOutcome;
import io.blazedb.internal.link.LinkedNode;
import io.blazedb.internal.listen.Subscriptions;
import io.blazedb.internal.node.Credentials;
import io.blazedb.internal.node.LinkStatus;
import io.blazedb.internal.statement.BlazeStatements;
import io.blazedb.internal.statement.SessionFacts;
import io.blazedb.internal.statement.SpecialKind;
import io.blazedb.internal.statement.StatementKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.List;
import org.h2.engine.SessionLocal;
import org.jspecify.annotations.Nullable;

/** One connection of the application to an open database. For the thread that uses the connection. */
final class DatabaseSession implements Session {
    /** The SQLSTATE of warnings. */
    private static final String WARNING = "01000";

    private final BlazeDatabase database;
    private final Connection connection;
    private final SessionLocal h2;
    private final CaptureSession capture;
    private final Credentials credentials;
    private final String publicUrl;
    private long conflictsTold;
    private List<String> unsynced = List.of();
    private final LocalWrites localWrites;
    private volatile @Nullable Subscriptions subscriptions;

    DatabaseSession(
            BlazeDatabase database,
            Connection connection,
            SessionLocal h2,
            CaptureSession capture,
            Credentials credentials,
            String publicUrl) {
        this.database = database;
        this.connection = connection;
        this.h2 = h2;
        this.capture = capture;
        this.credentials = credentials;
        this.publicUrl = publicUrl;
        this.conflictsTold = conflictsFound();
        this.localWrites = new LocalWrites(database, h2, capture);
    }

    @Override
    public Connection h2() {
        return connection;
    }

    SessionLocal h2Session() {
        return h2;
    }

    BlazeDatabase database() {
        return database;
    }

    @Override
    public boolean queriesMayWrite() {
        return database.queriesMayWrite();
    }

    @Override
    public boolean makeViews() throws SQLException {
        database.writable().catalog().createIfAbsent();
        return true;
    }

    @Override
    public void before(StatementKind kind) throws SQLException {
        database.checkUsable();
        LinkedNode node = database.node();
        if (node != null && !capture.place().isInside()) {
            node.awaitPeers();
        }
        capture.place().enter();
        localWrites.begin();
        if (kind.isDefinition()) {
            capture.beginDefinition(h2.hasPendingTransaction());
            beginDefinition(kind, node != null);
        }
    }

    private void beginDefinition(StatementKind kind, boolean linked) throws SQLException {
        Gate.Place place = capture.place();
        if (linked || kind == StatementKind.ALTERATION) {
            place.takeTurn();
        }
        int waitMillis = h2.getLockTimeout();
        if (kind == StatementKind.ALTERATION && !place.shutWithin(waitMillis)) {
            place.endTurn();
            capture.endDefinition();
            if (!h2.hasPendingTransaction()) {
                place.leave();
            }
            throw CommitErrors.othersWrite(waitMillis);
        }
    }

    @Override
    public void after(StatementKind kind) throws SQLException {
        LinkedNode node = database.node();
        localWrites.end();
        try {
            database.statementEnded(capture);
            if (node != null && kind.isDefinition() && (h2.isClosed() || !h2.hasPendingTransaction())) {
                unsynced = node.schemaChanged();
            }
        } finally {
            capture.place().endTurn(); // others write to a table when it counts, and when it is known what it is now
        }
        if (capture.takeRefused()) {
            letGoOfLocks();
        }
        if (!h2.isClosed() && h2.hasPendingTransaction()) {
            return;
        }
        capture.place().leave();
        if (node != null) {
            if (kind.isDefinition()) {
                node.settle();
            }
            node.committed();
        }
    }

    @Override
    public SQLException explained(SQLException failure) {
        return database.explained(failure);
    }

    @Override
    public @Nullable SQLWarning takeWarning() {
        List<String> reasons = unsynced;
        unsynced = List.of();
        return reasons.isEmpty()
                ? null
                : new SQLWarning(String.join(" ", reasons) + " The statement was run.", WARNING);
    }

    private void letGoOfLocks() {
        h2.lock();
        try {
            if (!h2.isClosed() && !h2.hasPendingTransaction()) {
                h2.rollback();
            }
        } finally {
            h2.unlock();
        }
    }

    @Override
    public @Nullable SQLWarning takeConflictWarning() {
        long found = conflictsFound();
        long fresh = found - conflictsTold;
        conflictsTold = found;
        return fresh <= 0
                ? null
                : new SQLWarning(fresh + " conflicts with concurrent writes since; see BLAZE.CONFLICTS", WARNING);
    }

    @Override
    public @Nullable SQLWarning takeStaysHereWarning() {
        return localWrites.take() ? new SQLWarning(LocalWrites.MESSAGE, WARNING) : null;
    }

    @Override
    public synchronized Subscriptions subscriptions() throws SQLException {
        Subscriptions known = subscriptions;
        if (known == null) {
            known = database.writable().listeners().ofConnection();
            subscriptions = known;
        }
        return known;
    }

    @Override
    public void endSubscriptions() {
        Subscriptions known = subscriptions;
        if (known != null) {
            known.end();
        }
    }

    private long conflictsFound() {
        LinkedNode node = database.node();
        return node == null ? 0 : node.applier().conflictsFound();
    }

    /** The definition that has begun writes rows as the application's own: listeners hear of them. */
    void definitionWritesRows() {
        capture.endDefinition();
    }

    /** Whether a transaction with changes is open: then no checkpoint can be written. */
    boolean isWriting() {
        return capture.place().isInside();
    }

    /** How long a write transaction has been open, 0 when none is. */
    long writingNanos() {
        return isWriting() ? System.nanoTime() - capture.place().sinceNanos() : 0;
    }

    @Override
    public StatementOutcome execute(String sql, List<@Nullable Object> parameters) throws SQLException {
        database.checkUsable();
        return BlazeStatements.execute(sql, parameters, SessionFacts.of(connection, database.actions(), credentials));
    }

    @Override
    public StatementOutcome executeSpecial(String sql, SpecialKind kind, List<@Nullable Object> parameters)
            throws SQLException {
        return new SpecialStatements(this).execute(sql, kind, parameters);
    }

    @Override
    public long divergenceRepaired() {
        return database.actions().links().stream()
                .mapToLong(LinkStatus::divergenceRepaired)
                .sum();
    }

    @Override
    public String publicUrl() {
        return publicUrl;
    }

    @Override
    public void close() throws SQLException {
        endSubscriptions();
        try {
            connection.close();
        } finally {
            database.left(this);
        }
    }

    @Override
    public void abort() throws SQLException {
        close();
    }
}
