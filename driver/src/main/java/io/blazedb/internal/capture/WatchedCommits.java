package io.blazedb.internal.capture;

import io.blazedb.internal.capture.CaptureSession.Source;
import java.util.function.Consumer;
import org.h2.mvstore.tx.ChangeVisitor;
import org.h2.mvstore.tx.CommitPoint;
import org.h2.mvstore.tx.TransactionStore.RollbackListener;
import org.jspecify.annotations.Nullable;

/**
 * The commit point of a database of which an application may want to hear: looks at what a transaction changed before
 * the {@link CommitLog} gets it, and says afterwards whether it was committed. Costs one volatile read while nobody
 * listens. Safe for use by several threads.
 */
public final class WatchedCommits implements CommitPoint {
    private final CommitLog commits;
    private volatile @Nullable CommitWatch watch;

    public WatchedCommits(CommitLog commits) {
        this.commits = commits;
    }

    /** The log behind it. */
    public CommitLog commits() {
        return commits;
    }

    /** Who hears of commits from now on; null when nobody does. */
    public void watch(@Nullable CommitWatch newWatch) {
        watch = newWatch;
    }

    /** The ticket of the log, and the place of those who listen. */
    private record Ticket(Object ofLog, CommitWatch.Place place) {}

    @Override
    public void firstChange(RollbackListener owner) {
        commits.firstChange(owner);
    }

    @Override
    public RuntimeException fileClosed() {
        return commits.fileClosed();
    }

    @Override
    public void ended(RollbackListener owner) {
        commits.ended(owner);
    }

    @Override
    public Object beforeCommit(RollbackListener owner, Consumer<ChangeVisitor> changes) {
        CommitWatch current = watch;
        CommitWatch.Place place = current == null ? null : look(current, owner, changes);
        if (place == null) {
            return commits.beforeCommit(owner, changes);
        }
        try {
            return new Ticket(commits.beforeCommit(owner, changes), place);
        } catch (Throwable e) {
            place.ended(false);
            throw e;
        }
    }

    private CommitWatch.@Nullable Place look(
            CommitWatch current, RollbackListener owner, Consumer<ChangeVisitor> changes) {
        CaptureSession session = commits.sessions.get(owner);
        boolean application = CaptureSession.isApplication(owner, session);
        boolean applier = session != null && session.source() == Source.PEER;
        boolean local = application || (session != null && session.writesItsOwn());
        if (!(application || applier) || !(current.wants(local) || (applier && current.wants(false)))) {
            return null;
        }
        ChangeCollector collector = new ChangeCollector(commits.tables);
        changes.accept(collector);
        boolean definition = collector.changesSchema();
        if (session != null) {
            definition = session.commitsDefinition(definition);
        }
        WatchedChanges found = collector.found(local, definition);
        return found.rowCount() + found.conflictCount() == 0 ? null : current.reserve(found);
    }

    @Override
    public void afterCommit(Object ticket, boolean committed) {
        if (!(ticket instanceof Ticket watched)) {
            commits.afterCommit(ticket, committed);
            return;
        }
        try {
            commits.afterCommit(watched.ofLog(), committed);
        } finally {
            watched.place().ended(committed);
        }
    }
}
