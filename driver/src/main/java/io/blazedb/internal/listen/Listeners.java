package io.blazedb.internal.listen;

import io.blazedb.internal.capture.CommitWatch;
import io.blazedb.internal.capture.WatchedChanges;
import io.blazedb.internal.capture.WatchedCommits;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The listeners of one open database. Commits are looked at only while there are some. Safe for use by several threads.
 */
public final class Listeners implements CommitWatch {
    private final WatchedCommits commits;
    private final EventQueue queue;
    private volatile List<Registration> registered = List.of();

    /** @param database its name, for the name of the thread that tells */
    public Listeners(WatchedCommits commits, String database) {
        this.commits = commits;
        this.queue = new EventQueue("blazedb-listeners-" + database, () -> registered);
    }

    /** For a connection. */
    public Subscriptions ofConnection() {
        return new Subscriptions(this);
    }

    /** The database closes. */
    public void stop() {
        remove(registration -> true);
        queue.stop();
    }

    synchronized void add(Registration added) {
        if (registered.stream().noneMatch(added::isSame)) {
            List<Registration> all = new ArrayList<>(registered);
            all.add(added);
            changed(all);
        }
    }

    synchronized void remove(Predicate<Registration> ended) {
        List<Registration> left = new ArrayList<>();
        for (Registration registration : registered) {
            if (ended.test(registration)) {
                registration.end();
            } else {
                left.add(registration);
            }
        }
        if (left.size() < registered.size()) {
            changed(left);
        }
    }

    private void changed(List<Registration> all) {
        registered = List.copyOf(all);
        commits.watch(all.isEmpty() ? null : this);
        queue.listenersChanged();
    }

    @Override
    public boolean wants(boolean local) {
        return registered.stream().anyMatch(registration -> registration.isLocal() == local);
    }

    @Override
    public Place reserve(WatchedChanges changes) {
        return queue.reserve(changes, registered);
    }
}
