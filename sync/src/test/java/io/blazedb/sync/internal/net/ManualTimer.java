package io.blazedb.sync.internal.net;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A time that passes when the test says so, and runs what is due on the test's thread. */
public final class ManualTimer implements Timer {
    private final List<Task> tasks = new ArrayList<>();
    private long now = 1_000_000;

    private record Task(long due, Runnable work) {}

    @Override
    public long nowMillis() {
        return now;
    }

    @Override
    public Cancellable schedule(long delayMillis, Runnable work) {
        Task task = new Task(now + delayMillis, work);
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    public int tasks() {
        return tasks.size();
    }

    public void pass(long millis) {
        now += millis;
    }

    /** Lets time pass until the next task, and runs it. */
    public void runNext() {
        Task task = tasks.stream()
                .min(Comparator.comparingLong(Task::due))
                .orElseThrow(() -> new AssertionError("Nothing is to come"));
        tasks.remove(task);
        now = Math.max(now, task.due());
        task.work().run();
    }
}
