package io.blazedb.internal.capture;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the commit point has to know about one session of H2. Used by one thread at a time, as the session is.
 */
public final class CaptureSession {
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

    Durability durability() {
        return durability;
    }

    /**
     * The commits that follow are one statement's, until {@link CommitLog#statementEnded}: they count together. Those of
     * the application always are.
     */
    public void beginStatement() {
        inStatement = true;
    }

    void endStatement() {
        inStatement = false;
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
}
