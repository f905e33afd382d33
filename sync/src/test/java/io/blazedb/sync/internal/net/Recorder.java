package io.blazedb.sync.internal.net;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** A listener that keeps what it is told, for the thread of the test to look at. */
class Recorder implements ConnectionListener {
    final String database;
    final Connection connection;
    final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
    final AtomicInteger writables = new AtomicInteger();
    final CompletableFuture<Ending> ending = new CompletableFuture<>();
    final CompletableFuture<Boolean> stopping = new CompletableFuture<>();

    Recorder(String database, Connection connection) {
        this.database = database;
        this.connection = connection;
    }

    @Override
    public void received(byte[] message) {
        messages.add(message);
    }

    @Override
    public void writable() {
        writables.incrementAndGet();
    }

    @Override
    public void stopping() {
        stopping.complete(true);
    }

    @Override
    public void closed(CloseReason reason, String detail) {
        if (!ending.complete(new Ending(reason, detail))) {
            throw new AssertionError("closed twice");
        }
    }

    byte[] message() throws InterruptedException {
        byte[] message = messages.poll(Await.SECONDS_MAX, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("No message within " + Await.SECONDS_MAX + " s");
        }
        return message;
    }

    CloseReason reason() throws InterruptedException, ExecutionException, TimeoutException {
        return ending.get(Await.SECONDS_MAX, TimeUnit.SECONDS).reason();
    }
}
