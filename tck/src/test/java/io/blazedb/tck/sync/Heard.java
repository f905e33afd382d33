package io.blazedb.tck.sync;

import io.blazedb.ChangeListener;
import io.blazedb.ChangedRow;
import io.blazedb.NewConflict;
import io.blazedb.SyncListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A listener that keeps what it hears, one text an event. Safe for use by several threads. */
final class Heard implements SyncListener, ChangeListener {
    private static final long WAIT_NANOS_MAX = TimeUnit.SECONDS.toNanos(30);

    private final List<String> events = new ArrayList<>();

    private synchronized void add(String event) {
        events.add(event);
        notifyAll();
    }

    @Override
    public void changed(List<ChangedRow> rows) {
        add(rows.stream().map(Heard::text).collect(Collectors.joining(", ")));
    }

    private static String text(ChangedRow row) {
        return row.kind() + " " + row.schema() + "." + row.table() + " " + row.key();
    }

    @Override
    public void conflicted(List<NewConflict> conflicts) {
        add(conflicts.stream()
                .map(one -> one.kind() + " " + one.id() + " " + one.schema() + "." + one.table() + " " + one.key() + " "
                        + one.column())
                .collect(Collectors.joining(", ")));
    }

    @Override
    public void missed(long count) {
        add("missed " + count);
    }

    /** So many events, or fewer when no more come in time. */
    synchronized List<String> await(int count) throws InterruptedException {
        long end = System.nanoTime() + WAIT_NANOS_MAX;
        while (events.size() < count && System.nanoTime() < end) {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, end - System.nanoTime()));
        }
        return List.copyOf(events);
    }

    /** What was heard up to now. */
    synchronized List<String> now() {
        return List.copyOf(events);
    }
}
