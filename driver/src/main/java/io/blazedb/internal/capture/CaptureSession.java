package io.blazedb.internal.capture;

import java.util.ArrayList;
import java.util.List;
import org.h2.engine.SessionLocal;
import org.h2.mvstore.tx.TransactionStore.RollbackListener;
import org.jspecify.annotations.Nullable;

/**
 * What the commit point has to know about one session of H2. Used by one thread at a time, as the session is.
 */
public final class CaptureSession {
    /** H2 opens two sessions of its own first, for the catalogue and for large objects. */
    private static final int H2_SESSIONS = 2;

    /** What a return of COMMIT promises. */
    public enum Durability {
        /** On the disk. */
        FULL,
        /** With the operating system: survives a kill of the process, and is on the disk within 20 ms. */
        NORMAL,
        /** Survives a kill of the process; on the disk at the next checkpoint. */
        OFF
    }

    /** Whose changes the session's transactions are. */
    public enum Source {
        /** The application's: they are operations that peers get. */
        APPLICATION,
        /** A peer's: {@link #remote(RemoteBatch)} gives the change sets that the next commit applies. */
        PEER,
        /** The engine's own: logged for recovery, never sent. */
        ENGINE
    }

    private final Source source;
    private final Durability durability;
    private final Gate.Place place;
    private @Nullable RemoteBatch remote;
    private final List<Long> unpublished = new ArrayList<>();
    private long statement;
    private boolean inStatement;
    private boolean refused;
    private boolean definition;
    private boolean definitionNext;
    private boolean wroteOperation;

    public CaptureSession(Source source, Durability durability, Gate gate) {
        this.source = source;
        this.durability = durability;
        this.place = gate.new Place();
    }

    public Gate.Place place() {
        return place;
    }

    Source source() {
        return source;
    }

    /** A session that did not come through us is the application's too, but for H2's own. */
    static boolean isApplication(RollbackListener owner, @Nullable CaptureSession session) {
        if (session != null) {
            return session.source() == Source.APPLICATION;
        }
        return owner instanceof SessionLocal h2 && h2.getId() > H2_SESSIONS;
    }

    Durability durability() {
        return durability;
    }

    /**
     * The commits that follow are one statement's, until {@link CommitLog#statementEnded}: they count together. Those
     * of the application always are.
     */
    public void beginStatement() {
        inStatement = true;
    }

    void endStatement() {
        inStatement = false;
        endDefinition();
    }

    /** Whether somebody will say when the running statement has ended. */
    boolean isInStatement() {
        return inStatement || source == Source.APPLICATION;
    }

    /** The name of the running statement, 0 before it has changed the schema. */
    long statement() {
        return statement;
    }

    void statement(long name) {
        statement = name;
    }

    /** Operations of the running statement that nobody may see before it ends. */
    List<Long> unpublished() {
        return unpublished;
    }

    /** A commit was refused, and what it would have committed was taken back. */
    void refused() {
        refused = true;
    }

    /** Whether a commit was refused since this was last asked: then H2 may have kept the locks of its tables. */
    public boolean takeRefused() {
        boolean taken = refused;
        refused = false;
        return taken;
    }

    /** What the next commit of this session applies. */
    public void remote(RemoteBatch batch) {
        remote = batch;
    }

    @Nullable
    RemoteBatch takeRemote() {
        RemoteBatch taken = remote;
        remote = null;
        return taken;
    }

    /** Whether the next commit applies what this node writes by itself, below SQL. */
    boolean writesItsOwn() {
        RemoteBatch next = remote;
        return next != null && next.isNumbered();
    }

    /**
     * A statement begins that changes the schema: the rows that it writes are no changes of the application.
     *
     * @param open whether H2 commits a transaction of the application first
     */
    public void beginDefinition(boolean open) {
        definition = !open;
        definitionNext = open;
    }

    /** The statement writes rows as any other, or has ended. */
    public void endDefinition() {
        definition = false;
        definitionNext = false;
    }

    /** Whether the rows of this commit are a change of the schema's. */
    boolean commitsDefinition(boolean changesSchema) {
        boolean now = definition || changesSchema;
        definition = now || definitionNext;
        return now;
    }

    void wroteOperation() {
        wroteOperation = true;
    }

    /** Whether a transaction on synced tables was committed since this was last asked. */
    public boolean takeWroteOperation() {
        boolean taken = wroteOperation;
        wroteOperation = false;
        return taken;
    }
}
