package io.blazedb.internal.listen;

import io.blazedb.internal.capture.CommitWatch;
import io.blazedb.internal.capture.CommitWatch.Place;
import io.blazedb.internal.capture.WatchedChanges;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be told, in the order of the commits, and the thread that tells it while there are listeners. Safe for
 * use by several threads; none waits for a listener.
 */
final class EventQueue {
    /** Rows and conflicts that wait at most; what comes then is missed. */
    static final int EVENTS_MAX = CommitWatch.LISTED_MAX;

    private final String threadName;
    private final Supplier<List<Registration>> registered;
    private final Deque<Event> waiting = new ArrayDeque<>();
    private long events;
    private boolean anyMissed;
    private boolean running;
    private boolean stopped;

    EventQueue(String threadName, Supplier<List<Registration>> registered) {
        this.threadName = threadName;
        this.registered = registered;
    }

    /** One transaction, to be told to those who listened when it was about to commit. */
    private final class Event implements Place {
        private final WatchedChanges changes;
        private final List<Registration> listeners;
        private final boolean taken;
        private boolean decided;
        private boolean committed;

        Event(WatchedChanges changes, List<Registration> listeners, boolean taken) {
            this.changes = changes;
            this.listeners = listeners;
            this.taken = taken;
        }

        @Override
        public void ended(boolean newCommitted) {
            synchronized (EventQueue.this) {
                decided = true;
                committed = newCommitted;
                if (!taken && committed) {
                    listeners.forEach(listener -> listener.misses(changes));
                    anyMissed = true;
                }
                EventQueue.this.notifyAll();
            }
        }
    }

    private static long size(WatchedChanges changes) {
        return changes.rowCount() + changes.conflictCount();
    }

    /** Keeps its place until it is known whether the transaction is committed. */
    synchronized Place reserve(WatchedChanges changes, List<Registration> listeners) {
        boolean fits = events + size(changes) <= EVENTS_MAX;
        Event event = new Event(changes, listeners, fits);
        if (fits) {
            events += size(changes);
            waiting.add(event);
        }
        return event;
    }

    /** To be called when there is a listener more, or less. */
    synchronized void listenersChanged() {
        if (!running && !stopped && !registered.get().isEmpty()) {
            running = true;
            Thread thread = new Thread(this::run, threadName);
            thread.setDaemon(true);
            thread.start();
        }
        notifyAll();
    }

    /** Nothing is told from now on. Does not wait for a call under way: it may be what stops the database. */
    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    private void run() {
        while (awaitNext()) {
            registered.get().forEach(Registration::tellMissed);
            Event event = next();
            if (event != null) {
                event.listeners.forEach(listener -> listener.tell(event.changes));
            }
        }
    }

    /** Answers whether there is something to tell; false when the thread has to end. */
    private synchronized boolean awaitNext() {
        while (true) {
            if (stopped || registered.get().isEmpty()) {
                running = false;
                waiting.clear();
                events = 0;
                return false;
            }
            Event head = waiting.peek();
            if (anyMissed || (head != null && head.decided)) {
                anyMissed = false;
                return true;
            }
            try {
                wait();
            } catch (InterruptedException fromListener) {
                // A listener has interrupted its own thread, which is ours: there is nothing to break off.
            }
        }
    }

    /** The next one that was committed, null when none is known to be. */
    private synchronized @Nullable Event next() {
        while (true) {
            Event head = waiting.peek();
            if (head == null || !head.decided) {
                return null;
            }
            waiting.remove();
            events -= size(head.changes);
            if (head.committed) {
                return head;
            }
        }
    }
}
