package io.blazedb.internal.listen;

import io.blazedb.ChangeListener;
import io.blazedb.ChangedRow;
import io.blazedb.NewConflict;
import io.blazedb.SyncListener;
import io.blazedb.internal.capture.WatchedChanges;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * A listener, and the connection that it ends with. One thread tells it; {@link #end} and {@link #misses} may come from
 * any.
 */
final class Registration {
    private final Subscriptions owner;
    private final Object listener;
    private final boolean local;
    private final Consumer<List<ChangedRow>> rows;
    private final Consumer<List<NewConflict>> conflicts;
    private final LongConsumer missed;
    private final AtomicLong untold = new AtomicLong();
    private volatile boolean ended;
    private boolean hasFailed;

    private Registration(
            Subscriptions owner,
            Object listener,
            boolean local,
            Consumer<List<ChangedRow>> rows,
            Consumer<List<NewConflict>> conflicts,
            LongConsumer missed) {
        this.owner = owner;
        this.listener = listener;
        this.local = local;
        this.rows = rows;
        this.conflicts = conflicts;
        this.missed = missed;
    }

    static Registration ofPeers(Subscriptions owner, SyncListener listener) {
        return new Registration(owner, listener, false, listener::changed, listener::conflicted, listener::missed);
    }

    static Registration ofThis(Subscriptions owner, ChangeListener listener) {
        return new Registration(owner, listener, true, listener::changed, conflicts -> {}, listener::missed);
    }

    boolean isOf(Subscriptions connection) {
        return owner == connection;
    }

    /** Whether it is one and the same listener, added on the same connection in the same role. */
    boolean isSame(Registration other) {
        return owner == other.owner && listener == other.listener && local == other.local;
    }

    /** Whether it hears of the rows of this database's own transactions; else of those of peers. */
    boolean isLocal() {
        return local;
    }

    void end() {
        ended = true;
    }

    void tell(WatchedChanges changes) {
        if (changes.local() == local && changes.rowCount() > 0) {
            call(() -> rows.accept(changes.rows()));
        }
        if (changes.conflictCount() > 0) {
            call(() -> conflicts.accept(changes.conflicts()));
        }
    }

    /** It will be told that it was not told of these. */
    void misses(WatchedChanges changes) {
        untold.addAndGet((changes.local() == local ? changes.rowCount() : 0) + (local ? 0 : changes.conflictCount()));
    }

    void tellMissed() {
        long count = untold.getAndSet(0);
        if (count > 0) {
            call(() -> missed.accept(count));
        }
    }

    /** Whatever an application's code throws, the others have to be told. */
    private void call(Runnable call) {
        if (ended) {
            return;
        }
        try {
            call.run();
        } catch (Throwable e) {
            if (!hasFailed) {
                hasFailed = true;
                System.getLogger("io.blazedb")
                        .log(
                                System.Logger.Level.ERROR,
                                "The listener " + listener.getClass().getName() + " threw "
                                        + e.getClass().getName()
                                        + ". It is told what comes next; what else it throws is not logged.",
                                e);
            }
        }
    }
}
