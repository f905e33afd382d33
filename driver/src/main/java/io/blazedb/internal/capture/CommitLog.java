package io.blazedb.internal.capture;

import io.blazedb.internal.capture.CaptureSession.Durability;
import io.blazedb.internal.capture.CaptureSession.Source;
import io.blazedb.sync.internal.log.LogFailedException;
import io.blazedb.sync.internal.log.OperationLog;
import io.blazedb.sync.internal.log.RecordType;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.h2.engine.SessionLocal;
import org.h2.message.DbException;
import org.h2.mvstore.tx.ChangeVisitor;
import org.h2.mvstore.tx.CommitPoint;
import org.h2.mvstore.tx.TransactionStore.RollbackListener;
import org.jspecify.annotations.Nullable;

/**
 * The commit point of one open database: a transaction is appended to the log before H2 commits it, and readers of the
 * log see it after.
 *
 * <p>Append and commit together hold the <em>cut</em> lock shared; who holds it exclusively sees a state of H2 that is
 * exactly the log up to its end. The log's own append lock is held for the append alone. Safe for use by several
 * threads.
 */
public final class CommitLog implements CommitPoint {
    /** A write that did not come through a session of ours waits this long for a checkpoint at most. */
    private static final int LATE_ENTRY_MILLIS_MAX = 100;

    private final OperationLog log;
    private final BlobAccess blobs;
    final TableDirectory tables;
    private final KeyLatches keys;
    private final SpareEncoders encoders;
    private final ThreadLocal<CommitTicket> tickets = ThreadLocal.withInitial(CommitTicket::new);
    private final ReentrantReadWriteLock cut = new ReentrantReadWriteLock();
    final ConcurrentHashMap<RollbackListener, CaptureSession> sessions = new ConcurrentHashMap<>();
    private final Consumer<Throwable> onFailure;
    private final Runnable onSchemaChange;
    private volatile @Nullable OperationNumbers numbers;
    private volatile @Nullable Throwable failure;
    private volatile boolean paused;
    private long lastTag = System.nanoTime();

    /**
     * Stands between an open database and its log.
     *
     * @param committed a session that is for looking at what is committed, and for nothing else
     * @param onFailure told once when a transaction is in the log that H2 could not commit
     * @param onSchemaChange told after each commit that changed the schema, by the committing thread
     */
    public CommitLog(
            OperationLog log,
            BlobAccess blobs,
            H2Engine engine,
            ValueCodec codec,
            SessionLocal committed,
            Consumer<Throwable> onFailure,
            Runnable onSchemaChange) {
        this.log = log;
        this.blobs = blobs;
        this.tables = new TableDirectory(engine.database(), engine.catalogue());
        this.keys = new KeyLatches(tables, committed);
        this.encoders = new SpareEncoders(() -> new TransactionEncoder(tables, codec, this::appendPiece));
        this.onFailure = onFailure;
        this.onSchemaChange = onSchemaChange;
    }

    /** Logs nothing until {@link #resume}: a database in memory needs no log before it has a peer. */
    public void pause() {
        paused = true;
    }

    /** Logs from here on. Call with the cut lock held alone. */
    public void resume() {
        paused = false;
    }

    /** From now on transactions on synced tables are operations with numbers. Call with the cut lock held alone. */
    public void number(OperationNumbers newNumbers, SyncedTables synced) {
        tables.synced(synced);
        numbers = newNumbers;
    }

    /** To be called when the set of synced tables, or the definition of one, is another. */
    public void forgetTables() {
        tables.forget();
    }

    public void attach(SessionLocal h2, CaptureSession session) {
        sessions.put(h2, session);
    }

    public void detach(SessionLocal h2) {
        CaptureSession session = sessions.remove(h2);
        if (session != null) {
            session.place().leave();
        }
    }

    /** Held alone, it keeps every commit out: H2's state is the log up to its end. */
    public Lock cutAlone() {
        return cut.writeLock();
    }

    @Override
    public void firstChange(RollbackListener owner) {
        CaptureSession session = sessions.get(owner);
        if (session != null) {
            session.place().enterWithin(LATE_ENTRY_MILLIS_MAX);
        }
    }

    @Override
    public void ended(RollbackListener owner) {
        CaptureSession session = sessions.get(owner);
        if (session != null && session.source() == Source.ENGINE && !session.isInStatement()) {
            session.place().leave();
        }
    }

    @Override
    public Object beforeCommit(RollbackListener owner, Consumer<ChangeVisitor> changes) {
        Throwable failed = failure;
        if (failed != null) {
            throw DbException.convert(CommitErrors.closedAfterFailure(failed));
        }
        CaptureSession session = sessions.get(owner);
        CommitTicket ticket = tickets.get();
        cut.readLock().lock();
        try {
            ticket.begin(session);
            if (paused) {
                return ticket;
            }
            encode(ticket, owner, session, changes);
            return ticket;
        } catch (LogFailedException e) {
            refused(ticket, session);
            throw DbException.convert(CommitErrors.refused(e));
        } catch (Throwable e) {
            refused(ticket, session);
            throw e;
        }
    }

    private void encode(
            CommitTicket ticket,
            RollbackListener owner,
            @Nullable CaptureSession session,
            Consumer<ChangeVisitor> changes) {
        TransactionEncoder encoder = encoders.take();
        try {
            encoder.begin(RecordLayout.HEADER_BYTES, CaptureSession.isApplication(owner, session));
            changes.accept(encoder);
            RemoteBatch remote = session == null ? null : session.takeRemote();
            if (encoder.isEmpty() && remote == null) {
                return;
            }
            if (owner instanceof SessionLocal h2) {
                ticket.held = keys.enter(encoder.touches(), h2, session, changes::accept);
            }
            ticket.statement = statementOf(encoder, session);
            append(ticket, encoder, remote, CaptureSession.isApplication(owner, session));
            if (ticket.operation && session != null) {
                session.wroteOperation();
            }
        } finally {
            encoders.giveBack(encoder);
        }
    }

    private void refused(CommitTicket ticket, @Nullable CaptureSession session) {
        keys.leave(ticket.held);
        ticket.clear();
        blobs.forget();
        cut.readLock().unlock();
        if (session != null) {
            session.refused();
        }
    }

    @Override
    public RuntimeException fileClosed() {
        return DbException.convert(CommitErrors.fileClosed());
    }

    /** The statement that a commit is a part of, from its first change of the schema on. */
    private long statementOf(TransactionEncoder encoder, @Nullable CaptureSession session) {
        if (session == null || !session.isInStatement()) {
            return 0;
        }
        if (session.statement() == 0 && encoder.changesSchema()) {
            session.statement(nextTag());
        }
        return session.statement();
    }

    private long nextTag() {
        log.appendLock().lock();
        try {
            return ++lastTag;
        } finally {
            log.appendLock().unlock();
        }
    }

    /** To be called when a statement has ended, well or not: what it committed counts from here on. */
    public void statementEnded(CaptureSession session) throws SQLException {
        session.endStatement();
        long statement = session.statement();
        if (statement == 0) {
            return;
        }
        RecordBuffer record = new RecordBuffer(RecordLayout.HEADER_BYTES + 1);
        record.length(RecordLayout.HEADER_BYTES);
        RecordLayout.writeHeader(record, 0, -1, RecordLayout.FLAG_END_OF_STATEMENT);
        record.putLongAt(RecordLayout.STATEMENT_AT, statement);
        record.putVarint(RecordLayout.END_OF_BODY);
        long lsn;
        log.appendLock().lock();
        try {
            lsn = log.append(RecordType.DDL, record.array(), 0, record.length());
            session.unpublished().forEach(log::publish);
            log.publish(lsn);
        } catch (LogFailedException e) {
            fail(e);
            throw CommitErrors.notEnded(e);
        } finally {
            log.appendLock().unlock();
        }
        session.unpublished().clear();
        session.statement(0);
        settle(lsn, session.durability());
    }

    private void settle(long lsn, Durability durability) {
        try {
            switch (durability) {
                case FULL -> log.force(lsn);
                case NORMAL -> log.forceSoon();
                case OFF -> {}
            }
        } catch (LogFailedException e) {
            throw DbException.convert(CommitErrors.notForced(e));
        }
    }

    private void append(
            CommitTicket ticket, TransactionEncoder encoder, @Nullable RemoteBatch remote, boolean application) {
        ticket.schemaChanged = encoder.changesSchema();
        RecordBuffer record = encoder.end();
        blobs.force();
        if (remote == null || !remote.isNumbered()) {
            appendRecord(ticket, encoder, record, remote, application);
        } else {
            log.appendLock().lock();
            try {
                appendRecord(ticket, encoder, record, remote, application);
            } finally {
                log.appendLock().unlock();
            }
        }
        blobs.named(ticket.lsn);
    }

    private void appendRecord(
            CommitTicket ticket,
            TransactionEncoder encoder,
            RecordBuffer record,
            @Nullable RemoteBatch remote,
            boolean application) {
        RecordBuffer trailer = remote == null ? null : remote.content().get();
        int trailerFrom = trailer == null ? 0 : appendTrailerPieces(ticket, trailer);
        RecordLayout.writeHeader(
                record, ticket.tag, ticket.first, encoder.changesSchema() ? RecordLayout.FLAG_SCHEMA : 0);
        record.putLongAt(RecordLayout.STATEMENT_AT, ticket.statement);
        OperationNumbers current = numbers;
        boolean operation = current != null && remote == null && application && encoder.changesSynced();
        if (trailer != null) {
            record.putBytes(trailer.array(), trailerFrom, trailer.length() - trailerFrom);
        }
        RecordType type = remote != null
                ? remote.type()
                : operation ? RecordType.TXN_LOCAL : ticket.schemaChanged ? RecordType.DDL : RecordType.EFFECT;
        log.appendLock().lock();
        try {
            if (operation && current != null) {
                record.putLongAt(RecordLayout.SEQ_AT, current.nextSeq());
                record.putLongAt(RecordLayout.HLC_AT, current.nextClock());
                current.writeDependencies(record);
            }
            ticket.lsn = log.append(type, record.array(), 0, record.length());
            if (remote != null) {
                remote.appended().run();
            }
        } finally {
            log.appendLock().unlock();
        }
        ticket.appended = true;
        ticket.operation = operation;
    }

    /** Logs change sets that changed no row here. */
    public void appendWithoutEffect(RemoteBatch remote) {
        cut.readLock().lock();
        try {
            CommitTicket ticket = tickets.get();
            ticket.begin(null);
            TransactionEncoder encoder = encoders.take();
            try {
                encoder.begin(RecordLayout.HEADER_BYTES, false);
                append(ticket, encoder, remote, false);
            } finally {
                encoders.giveBack(encoder);
            }
            log.publish(ticket.lsn);
            ticket.clear();
        } finally {
            cut.readLock().unlock();
        }
        log.forceSoon();
    }

    private void appendPiece(RecordBuffer piece) {
        appendPiece(tickets.get(), piece, 0);
    }

    private void appendPiece(CommitTicket ticket, RecordBuffer piece, int flags) {
        log.appendLock().lock();
        try {
            if (ticket.tag == 0) {
                ticket.tag = ++lastTag;
            }
            RecordLayout.writeHeader(piece, ticket.tag, -1, flags);
            long lsn = log.append(RecordType.OPEN, piece.array(), 0, piece.length());
            if (ticket.first < 0) {
                ticket.first = lsn;
            }
            log.publish(lsn);
        } finally {
            log.appendLock().unlock();
        }
    }

    /** Change sets too long for one record go ahead in pieces. Answers where the rest begins. */
    private int appendTrailerPieces(CommitTicket ticket, RecordBuffer trailer) {
        int from = 0;
        while (trailer.length() - from > TransactionEncoder.PIECE_BYTES) {
            RecordBuffer piece = new RecordBuffer(TransactionEncoder.PIECE_BYTES + RecordLayout.HEADER_BYTES);
            piece.length(RecordLayout.HEADER_BYTES);
            piece.putBytes(trailer.array(), from, TransactionEncoder.PIECE_BYTES);
            appendPiece(ticket, piece, RecordLayout.FLAG_TRAILER);
            from += TransactionEncoder.PIECE_BYTES;
        }
        return from;
    }

    @Override
    public void afterCommit(Object given, boolean committed) {
        CommitTicket ticket = (CommitTicket) given;
        boolean appended = ticket.appended;
        boolean schemaChanged = ticket.schemaChanged;
        Durability durability = ticket.durability;
        long lsn = ticket.lsn;
        CaptureSession session = ticket.operation && ticket.statement != 0 ? ticket.session : null;
        keys.leave(ticket.held);
        ticket.clear();
        try {
            if (appended && committed && session != null) {
                session.unpublished().add(lsn);
            } else if (appended && committed) {
                log.publish(lsn);
            } else if (appended) {
                fail(new IllegalStateException("H2 did not commit the transaction at log position " + lsn));
            }
        } finally {
            cut.readLock().unlock();
        }
        if (!appended || !committed) {
            return;
        }
        if (schemaChanged) {
            tables.forget();
            onSchemaChange.run();
        }
        settle(lsn, durability);
    }

    private void fail(Throwable cause) {
        failure = cause;
        onFailure.accept(cause);
    }
}
