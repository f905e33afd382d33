package io.blazedb.internal.link;

import io.blazedb.internal.node.LinkStatus;
import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.Dependency;
import io.blazedb.sync.HybridClock;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.VersionVector;
import io.blazedb.sync.internal.log.LogTrimmedException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Brings everything from one database to another one: first a copy of the rows, then each operation
 * when it is committed. One thread a link and direction; others may ask how it is doing.
 */
final class Link {
    /** Operations that one H2 transaction of the target applies at most. */
    private static final int BATCH_OPERATIONS_MAX = 1_000;

    private static final int BATCH_ROWS_MAX = 5_000;

    private static final long RETRY_MILLIS_MIN = 1;
    private static final long RETRY_MILLIS_MAX = 200;
    /** The target remembers its position after so much of the source's log. */
    private static final long TAKEN_BYTES = 1L << 20;

    private static final long WAIT_SHOWN_MILLIS = 5_000;

    /** A wake-up that never comes must be made good by the anti-entropy round; tests switch all of them off. */
    private static final boolean LOSE_PUSHES = Boolean.getBoolean("blazedb.fault.losePushes");

    private final Peer source;
    private final LinkedNode target;
    private final int intervalSeconds;
    private final boolean bothWays;
    private final LinkProgress progress = new LinkProgress();
    private final IdleRounds rounds;
    private final RowCopying copying;
    private final Batches batches;
    private final Restoring restoring;
    private final Hearing hearing;
    private final Thread thread;
    private volatile boolean stopped;
    private volatile boolean asked;
    private volatile long startedAt;
    private volatile long taken;

    /** @param bothWays whether another link brings everything back */
    Link(String name, Peer source, LinkedNode target, int intervalSeconds, boolean bothWays) {
        this.source = source;
        this.target = target;
        this.intervalSeconds = intervalSeconds;
        this.bothWays = bothWays;
        this.rounds = new IdleRounds(origin -> target.state().wholeOrigins().contains(origin));
        this.copying = new RowCopying(source, target, progress, () -> stopped);
        this.restoring = new Restoring(source, target, copying, bothWays);
        this.hearing = new Hearing(source, target, intervalSeconds);
        this.batches = new Batches(source, target, progress, () -> stopped);
        this.thread = new Thread(this::run, "blazedb-sync-" + name);
        thread.setDaemon(true);
    }

    void start() {
        startedAt = startPosition();
        taken = startedAt;
        source.taken(taken);
        progress.position(startedAt);
        source.opened(this);
        target.links().addIncoming(this);
        Lines.opened(this);
        thread.start();
    }

    Peer source() {
        return source;
    }

    LinkedNode target() {
        return target;
    }

    LinkProgress progress() {
        return progress;
    }

    /** Stops and waits until the thread has ended; what is being applied is finished or taken back. */
    void stop() {
        stopped = true;
        Lines.closed(this);
        source.closed(this);
        target.links().removeIncoming(this);
        progress.wake();
        ThreadEnd.await(thread);
    }

    boolean isStopped() {
        return stopped;
    }

    private long startPosition() {
        Progress copied = Progress.of(target.facts(), source.nodeId());
        if (copied == null) {
            return source.standing().end();
        }
        long position = Taken.resume(target, source, copied);
        if (position < 0) {
            Progress.copyAgain(source, target);
            return source.standing().end();
        }
        return position;
    }

    private void run() {
        long retryMillis = RETRY_MILLIS_MIN;
        boolean forked = false;
        boolean trimmed = false;
        while (!stopped) {
            try {
                if (trimmed) {
                    Progress.copyAgain(source, target);
                }
                trimmed = false;
                if (forked) {
                    Heads.meet(target, source);
                    progress.position(startPosition());
                }
                forked = false;
                pass(progress.position());
                Heads.prepare(target, source, bothWays);
                copying.run();
                follow();
                retryMillis = RETRY_MILLIS_MIN;
            } catch (LogTrimmedException e) {
                trimmed = true; // asks the source, which may fail and be tried again
                pause(retryMillis);
                retryMillis = Math.min(RETRY_MILLIS_MAX, retryMillis * 2);
            } catch (ForkedException e) {
                forked = true; // meets the peer again, which may fail and be tried again
            } catch (SQLException | RuntimeException e) {
                if (stopped) {
                    return;
                }
                boolean blocked = Blocked.is(e);
                progress.failed(blocked, String.valueOf(e.getMessage()), WAIT_SHOWN_MILLIS);
                pause(blocked ? retryMillis : intervalSeconds * 1000L);
                retryMillis = Math.min(RETRY_MILLIS_MAX, retryMillis * 2);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void pause(long millis) {
        try {
            progress.awaitStop(millis, () -> stopped);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() throws SQLException, InterruptedException {
        target.learnOwners(source.owners());
        target.learn(source.definitions());
        hearing.learnFloors();
        try (ItemStream stream = source.stream(progress.position(), Heads.needsOwn(target, source))) {
            progress.connected();
            while (!stopped && isCopied()) {
                asked = false;
                if (restoring.run()) {
                    progress.wake(); // who waits for it looks at nothing else that moves
                }
                boolean any = deliverSome(stream, pass(stream.position()));
                if (!any) {
                    hearing.run();
                }
                if (!any && isIdle(stream) && !isComplete()) {
                    return;
                }
            }
        } finally {
            take();
        }
    }

    private boolean isAsked() {
        return stopped || asked || !isCopied();
    }

    /** Not any more when another link has found that the rows have to be merged once more. */
    private boolean isCopied() {
        return Progress.isDone(target.facts(), source.nodeId());
    }

    /** Waits while the line is cut, or as long as everything is on its way. Answers up to where it has come. */
    private long pass(long position) throws InterruptedException {
        Lines.Line line = Lines.between(source.nodeId(), target);
        if (line == null) {
            return Long.MAX_VALUE;
        }
        if (line.cut()) {
            progress.offline("the line is cut by a test");
            progress.await(Long.MAX_VALUE >> Integer.SIZE, () -> {
                Lines.Line now = Lines.between(source.nodeId(), target);
                return stopped || now == null || !now.cut();
            });
            progress.connected();
            return Long.MAX_VALUE;
        }
        long end = source.standing().end();
        if (end > position) {
            progress.awaitStop(line.delayMillis(), () -> stopped);
        }
        return end;
    }

    /** Waits for more. Answers whether nothing has come in the whole interval. */
    private boolean isIdle(ItemStream stream) throws InterruptedException {
        if (asked) {
            asked = false;
            return false;
        }
        if (LOSE_PUSHES) {
            progress.awaitStop(intervalSeconds * 1000L, () -> stopped);
            return !stream.hasMore();
        }
        return !stream.await(TimeUnit.SECONDS.toNanos(intervalSeconds), this::isAsked);
    }

    /** One round of looking whether all that the source has is there; when not, where to read is set back. */
    private boolean isComplete() {
        Standing standing = source.standing();
        switch (rounds.round(standing.vector(), target.state().vector())) {
            case READ_AGAIN -> progress.position(standing.first());
            case COPY_AGAIN -> Progress.copyAgain(source, target);
            case NOTHING -> {
                return true;
            }
        }
        return false;
    }

    /** Delivers a batch of what stands before a position. Answers whether there was anything to read. */
    private boolean deliverSome(ItemStream stream, long until) throws SQLException, InterruptedException {
        List<ChangeSet> batch = new ArrayList<>();
        Set<Dependency> names = new HashSet<>();
        int rows = 0;
        boolean any = false;
        while (batch.size() < BATCH_OPERATIONS_MAX && rows < BATCH_ROWS_MAX && stream.position() < until && !stopped) {
            List<Item> items = stream.next();
            if (items == null) {
                break;
            }
            any = true;
            for (Item item : items) {
                if (item instanceof Item.Changes changes) {
                    if (isWanted(changes.changeSet(), names)) {
                        batch.add(changes.changeSet());
                        rows += changes.changeSet().changes().size();
                    }
                } else {
                    batches.apply(batch);
                    batch.clear();
                    names.clear();
                    deliver(item);
                }
            }
        }
        batches.apply(batch);
        if (any) {
            progress.position(stream.position());
            if (stream.position() - taken > TAKEN_BYTES) {
                take();
            }
        }
        return any;
    }

    /** Lets the target remember how far it is; the source keeps its log from here on. */
    private void take() {
        long position = progress.position();
        if (position != taken && isCopied()) {
            Taken.put(target, source, position, source.standing().timeline());
            taken = position;
            source.taken(position);
        }
    }

    /**
     * Not applied there yet. Those of one origin come in order, so the first one missing is the next one.
     *
     * @throws ForkedException if another operation of this number is applied there
     */
    private boolean isWanted(ChangeSet changeSet, Set<Dependency> batch) {
        if (target.state().vector().covers(changeSet.origin(), changeSet.seq())) {
            Heads.check(target, changeSet);
            return false;
        }
        return batch.add(new Dependency(changeSet.origin(), changeSet.seq()));
    }

    private void deliver(Item item) throws SQLException, InterruptedException {
        if (item instanceof Item.Definition definition) {
            target.learn(Map.of(definition.origin(), List.of(definition.table())));
            target.takeKey(definition.table());
        } else if (item instanceof Item.Rows rows) {
            copying.copyNamed(rows);
        } else if (item instanceof Item.Filled filled) {
            copying.copyFilled(filled.table());
        } else if (item instanceof Item.Author) {
            target.learnOwners(source.owners());
            target.schemas().learn(source.definitions());
        } else if (item instanceof Item.Contained contained) {
            target.state().learnPasts(source.pasts());
            source.horizon().teach(target.state());
            target.contained(contained.vector());
        }
    }

    /** Joins rows of the source that are not the same at the target. For any thread. */
    void repair(TableDifference difference) throws InterruptedException {
        copying.repair(difference);
    }

    /** Whether it has brought everything, and does so at once when there is more. */
    boolean isIdle() {
        return progress.state() == LinkStatus.State.CONNECTED && isBeyond(source.lastEnd());
    }

    /** How many operations of the source are not at the target. */
    long pending() {
        VersionVector there = target.state().vector();
        long pending = 0;
        for (Dependency entry : source.lastStanding().vector().entries()) {
            pending += Math.max(0, entry.seq() - there.seq(entry.origin()));
        }
        return pending;
    }

    /** Bytes of the source's log that went over the link since it was started. */
    long bytes() {
        return Math.max(0, progress.position() - startedAt);
    }

    /** How long the oldest operation that is not at the target has waited; 0 when none has. */
    long lagMillis() {
        if (pending() == 0) {
            return 0;
        }
        OriginId origin = source.lastStanding().origin();
        long hlc = source.clockAfter(origin, target.state().vector().seq(origin));
        return hlc == 0 ? 0 : Math.max(0, System.currentTimeMillis() - HybridClock.millis(hlc));
    }

    /** Whether the target has got what it lost, as far as the source has it. */
    boolean isRestored(Returned returned) {
        return restoring.isDone(returned);
    }

    /** The target has something to ask the source for. */
    void look() {
        asked = true;
        source.wake();
    }

    /** Whether everything before a position of the source's log is applied, the copy included. */
    boolean isBeyond(long position) {
        Progress copied = Progress.of(target.facts(), source.nodeId());
        return copied != null && copied.done() && progress.position() >= position && restoring.isDone();
    }

    /** Bytes of the source's log that are not taken over. */
    long waiting() {
        return source.lastEnd() - progress.position();
    }

    /** Waits until less than so much log waits, if the target is taking it at all. */
    void awaitBacklog(long bytes, int waitMillis) {
        try {
            progress.await(
                    waitMillis, () -> stopped || progress.state() != LinkStatus.State.CONNECTED || waiting() <= bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
