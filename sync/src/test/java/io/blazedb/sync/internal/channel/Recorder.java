package io.blazedb.sync.internal.channel;

import io.blazedb.sync.internal.net.CloseReason;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A listener that keeps what it is told, for the thread of the test to look at. */
class Recorder implements ChannelListener {
    final CompletableFuture<SecureChannel> opened = new CompletableFuture<>();
    final BlockingQueue<Received> frames = new LinkedBlockingQueue<>();
    final AtomicInteger writables = new AtomicInteger();
    final CompletableFuture<Boolean> stopping = new CompletableFuture<>();
    final CompletableFuture<Ended> ended = new CompletableFuture<>();
    private final Consumer<SecureChannel> first;

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Received(int type, byte[] payload) {}

    record Ended(CloseReason reason, String detail, boolean inOrder) {}

    Recorder() {
        this(channel -> {});
    }

    /** @param first what to do with the channel at once */
    Recorder(Consumer<SecureChannel> first) {
        this.first = first;
    }

    @Override
    public void opened(SecureChannel channel) {
        opened.complete(channel);
        first.accept(channel);
    }

    @Override
    public void received(int type, byte[] payload) {
        frames.add(new Received(type, payload));
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
    public void closed(CloseReason reason, String detail, boolean inOrder) {
        if (!ended.complete(new Ended(reason, detail, inOrder))) {
            throw new AssertionError("closed twice");
        }
    }

    SecureChannel channel() throws Exception {
        return opened.get(Await.SECONDS_MAX, TimeUnit.SECONDS);
    }

    Received frame() throws InterruptedException {
        return Await.next("a frame", frames);
    }

    Ended end() throws Exception {
        return ended.get(Await.SECONDS_MAX, TimeUnit.SECONDS);
    }
}
