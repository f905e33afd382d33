package io.blazedb.sync.internal.net;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/** Serves every database but {@code absent}, and keeps who came. */
final class TestEndpoint implements Endpoint {
    private final BlockingQueue<Recorder> accepted = new LinkedBlockingQueue<>();
    private final BiFunction<String, Connection, Recorder> listeners;
    /** Whether who comes may send large messages at once. */
    volatile boolean admitting = true;

    volatile boolean healthy = true;
    volatile boolean ready = true;

    TestEndpoint() {
        this(Recorder::new);
    }

    TestEndpoint(BiFunction<String, Connection, Recorder> listeners) {
        this.listeners = listeners;
    }

    @Override
    public boolean serves(String database) {
        return !database.equals("absent");
    }

    @Override
    public ConnectionListener accept(String database, Connection connection) {
        Recorder recorder = listeners.apply(database, connection);
        if (admitting) {
            connection.admit();
        }
        accepted.add(recorder);
        return recorder;
    }

    @Override
    public boolean isHealthy() {
        return healthy;
    }

    @Override
    public boolean isReady() {
        return ready;
    }

    Recorder next() throws InterruptedException {
        Recorder recorder = accepted.poll(Await.SECONDS_MAX, TimeUnit.SECONDS);
        if (recorder == null) {
            throw new AssertionError("Nobody came within " + Await.SECONDS_MAX + " s");
        }
        return recorder;
    }

    int waiting() {
        return accepted.size();
    }
}
