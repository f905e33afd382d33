package io.blazedb.internal.link;

import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.Dependency;
import io.blazedb.sync.HybridClock;
import io.blazedb.sync.VersionVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.h2.message.DbException;

/**
 * Has batches of operations applied: each when what it follows on is there, fewer at a time when other transactions are
 * in the way. For the thread of a link.
 */
final class Batches {
    /** An operation whose clock is further ahead waits until time has come closer to it. */
    private static final long DRIFT_MILLIS_MAX = 60_000;

    private static final long RETRY_MILLIS_MIN = 1;
    private static final long RETRY_MILLIS_MAX = 200;
    private static final long WAIT_SHOWN_MILLIS = 5_000;
    private static final long PARKED_LOOK_MILLIS = 100;

    private final Peer source;
    private final LinkedNode target;
    private final LinkProgress progress;
    private final BooleanSupplier stopped;

    Batches(Peer source, LinkedNode target, LinkProgress progress, BooleanSupplier stopped) {
        this.source = source;
        this.target = target;
        this.progress = progress;
        this.stopped = stopped;
    }

    /** Returns when all are applied. */
    void apply(List<ChangeSet> batch) throws InterruptedException {
        int from = 0;
        int size = batch.size();
        long retryMillis = RETRY_MILLIS_MIN;
        while (from < batch.size()) {
            awaitApplicable(batch.get(from));
            int until = Math.min(batch.size(), from + size);
            List<ChangeSet> part = applicable(batch.subList(from, until));
            try {
                target.applier().apply(source.nodeId(), new Blobs(source, target).movedAll(part));
                progress.delivered(part.size(), 0);
                progress.connected();
                from += part.size();
                size = batch.size();
                retryMillis = RETRY_MILLIS_MIN;
            } catch (DbException e) {
                if (!Blocked.is(e) || stopped.getAsBoolean()) {
                    throw e;
                }
                progress.failed(true, String.valueOf(e.getMessage()), WAIT_SHOWN_MILLIS);
                size = Math.max(1, part.size() / 4);
                progress.awaitStop(retryMillis, stopped);
                retryMillis = Math.min(RETRY_MILLIS_MAX, retryMillis * 2);
            }
        }
    }

    /** Those from the first on that can be applied together: each follows on the ones before it. */
    private List<ChangeSet> applicable(List<ChangeSet> batch) {
        VersionVector vector = target.state().vector();
        List<ChangeSet> part = new ArrayList<>();
        for (ChangeSet changeSet : batch) {
            if (missing(vector, changeSet).isPresent()) {
                break;
            }
            part.add(changeSet);
            vector = vector.with(changeSet.origin(), changeSet.seq());
        }
        return part;
    }

    /** Waits while an operation that this one follows on has not come by any link, or its time has not come. */
    private void awaitApplicable(ChangeSet changeSet) throws InterruptedException {
        Optional<String> missing = missing(target.state().vector(), changeSet);
        while (missing.isPresent() && !stopped.getAsBoolean()) {
            progress.parked(changeSet, missing.get());
            progress.awaitStop(PARKED_LOOK_MILLIS, stopped);
            missing = missing(target.state().vector(), changeSet);
        }
        progress.unparked();
        if (stopped.getAsBoolean()) {
            throw new IllegalStateException("stopped");
        }
    }

    /**
     * What the change set follows on and is not here. The source applied it, so it had all of that; what it has no more
     * is of a line that its author let go of, and will never come.
     */
    private Optional<String> missing(VersionVector vector, ChangeSet changeSet) {
        if (!vector.covers(changeSet.origin(), changeSet.seq() - 1)) {
            return Optional.of("operation " + (changeSet.seq() - 1) + " of " + changeSet.origin());
        }
        for (Dependency dependency : changeSet.dependencies()) {
            if (!vector.covers(dependency) && source.standing().vector().covers(dependency)) {
                return Optional.of("operation " + dependency.seq() + " of " + dependency.origin());
            }
        }
        return HybridClock.isAhead(changeSet.hlc(), System.currentTimeMillis(), DRIFT_MILLIS_MAX)
                ? Optional.of("the time " + HybridClock.millis(changeSet.hlc()) + " ms, from a clock that is ahead")
                : Optional.empty();
    }
}
