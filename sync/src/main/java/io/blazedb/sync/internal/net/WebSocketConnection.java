package io.blazedb.sync.internal.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a connection, and its end. Messages wait in a queue that the channel's thread empties; many
 * senders so cause one wake-up and one flush. {@link FrameReader} is the receiving half.
 */
final class WebSocketConnection implements Connection {
    private final Channel channel;
    private final byte[] tlsBinding;
    private final Runnable admission;
    private final int messageBytesMax;
    private final long backlogBytesMax;
    private final int closeMillisMax;
    private final String remoteAddress;
    private final Queue<byte[]> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong backlogBytes = new AtomicLong();
    private final AtomicBoolean emptying = new AtomicBoolean();
    /** Somebody was told that there is no room, and must be told when there is. */
    private final AtomicBoolean awaited = new AtomicBoolean();

    private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();
    private volatile boolean paused;

    // These belong to the channel's thread.
    private @Nullable ConnectionListener listener;
    private boolean closed;
    private boolean saidFarewell;
    private long sentMessages;

    /** @param admission lifts what held for a peer that nobody knows */
    WebSocketConnection(Channel channel, byte[] tlsBinding, NetLimits limits, Runnable admission) {
        this.channel = channel;
        this.tlsBinding = tlsBinding;
        this.admission = admission;
        this.messageBytesMax = limits.of(NetLimit.MESSAGE_BYTES_MAX);
        this.backlogBytesMax = limits.of(NetLimit.BACKLOG_BYTES_MAX);
        this.closeMillisMax = limits.of(NetLimit.CLOSE_MILLIS_MAX);
        this.remoteAddress = text(channel.remoteAddress());
    }

    static String text(@Nullable SocketAddress address) {
        if (!(address instanceof InetSocketAddress internet)) {
            return String.valueOf(address); // None if the peer was gone before anybody asked.
        }
        String host = internet.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + internet.getPort();
    }

    /** To be called once, on the channel's thread, before anything is received. */
    void listen(ConnectionListener newListener) {
        listener = newListener;
    }

    @Override
    public boolean send(byte[] message) {
        if (message.length > messageBytesMax) {
            throw new IllegalArgumentException(
                    "A message of " + message.length + " bytes (allowed: " + messageBytesMax + ")");
        }
        long bytes = message.length + (long) NetLimit.FRAME_BYTES;
        do {
            if (ending.get() != null) {
                return false;
            }
            if (reserve(bytes)) {
                queue.add(message);
                startEmptying();
                return true;
            }
        } while (!await(bytes));
        return false;
    }

    @Override
    public boolean isWritable() {
        long bytes = messageBytesMax + (long) NetLimit.FRAME_BYTES;
        do {
            if (ending.get() != null) {
                return false;
            }
            if (hasRoomFor(bytes)) {
                return true;
            }
        } while (!await(bytes));
        return false;
    }

    private boolean reserve(long bytes) {
        long before = backlogBytes.get();
        while (before + bytes <= backlogBytesMax) {
            if (backlogBytes.compareAndSet(before, before + bytes)) {
                return true;
            }
            before = backlogBytes.get();
        }
        return false;
    }

    private boolean hasRoomFor(long bytes) {
        return backlogBytes.get() + bytes <= backlogBytesMax;
    }

    /** Asks to be told of room; false if room came meanwhile, so that nobody might tell. */
    private boolean await(long bytes) {
        awaited.set(true);
        return !hasRoomFor(bytes);
    }

    private void startEmptying() {
        if (!emptying.get() && emptying.compareAndSet(false, true)) {
            onChannelThread(this::empty);
        }
    }

    private void empty() {
        emptying.set(false);
        if (saidFarewell) {
            queue.clear(); // Came between close and its farewell, behind which nothing may follow.
            return;
        }
        boolean any = false;
        for (byte[] message = queue.poll(); message != null; message = queue.poll()) {
            int bytes = message.length + NetLimit.FRAME_BYTES;
            channel.write(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(message)))
                    .addListener(written -> release(bytes));
            any = true;
        }
        if (any) {
            channel.flush();
        }
    }

    /** A message is with the operating system, or lost with the connection. */
    private void release(int bytes) {
        sentMessages++;
        long left = backlogBytes.addAndGet(-bytes);
        if (left <= backlogBytesMax / 2 && ending.get() == null && awaited.getAndSet(false)) {
            tell(ConnectionListener::writable);
        }
    }

    /** How many messages left so far; for the channel's thread. */
    long sentMessages() {
        return sentMessages;
    }

    @Override
    public long backlogBytes() {
        return backlogBytes.get();
    }

    @Override
    public int messageBytesMax() {
        return messageBytesMax;
    }

    @Override
    public void admit() {
        admission.run();
    }

    @Override
    public void pause() {
        read(false);
    }

    @Override
    public void resume() {
        read(true);
    }

    private void read(boolean on) {
        if (channel.eventLoop().inEventLoop()) {
            readNow(on);
        } else {
            onChannelThread(() -> readNow(on));
        }
    }

    private void readNow(boolean on) {
        if (ending.get() == null) {
            paused = !on;
            channel.config().setAutoRead(on);
        }
    }

    boolean isPaused() {
        return paused;
    }

    @Override
    public void close(CloseReason reason) {
        end(new Ending(reason, "closed here"));
    }

    boolean isEnding() {
        return ending.get() != null;
    }

    /** Ends with a farewell to the peer if it can hear one, then waits for its own until the time is up. */
    void end(Ending why) {
        if (!ending.compareAndSet(null, why)) {
            return;
        }
        onChannelThread(() -> {
            if (!why.reason().isSent()) {
                closeNow();
                return;
            }
            channel.config().setAutoRead(true); // Else the peer's farewell is not heard.
            empty();
            saidFarewell = true;
            var unused = channel.writeAndFlush(
                    new CloseWebSocketFrame(why.reason().code(), why.reason().name()));
            closeNowLater();
        });
    }

    /** The peer said farewell: answers it, unless this was the answer, and closes. */
    void endByPeer(int code) {
        CloseReason reason = CloseReason.of(code);
        if (ending.compareAndSet(null, new Ending(reason, "closed by the peer with code " + code))) {
            empty();
            saidFarewell = true;
            channel.writeAndFlush(new CloseWebSocketFrame(CloseReason.NORMAL.code(), ""))
                    .addListener(ChannelFutureListener.CLOSE);
            closeNowLater();
        } else {
            var unused = channel.close();
        }
    }

    private void onChannelThread(Runnable task) {
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException e) {
            closeNow(); // The threads ended, and every channel before them: the listener knows.
        }
    }

    /** Closes past TLS, whose own farewell would wait for a peer that does not read. Any thread. */
    void closeNow() {
        closePastTls(channel);
    }

    /** Any thread. */
    static void closePastTls(Channel channel) {
        ChannelHandlerContext first = channel.pipeline().firstContext();
        if (first != null) {
            var unused = first.close();
        }
    }

    private void closeNowLater() {
        var unused = channel.eventLoop().schedule(this::closeNow, closeMillisMax, TimeUnit.MILLISECONDS);
    }

    /** The listener's turn, on the channel's thread: what it throws ends the connection. */
    void tell(Consumer<ConnectionListener> news) {
        if (listener == null) {
            return;
        }
        try {
            news.accept(listener);
        } catch (RuntimeException e) {
            if (isEnding()) {
                Thread thread = Thread.currentThread(); // Nobody else is left to hear of it.
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
            end(new Ending(CloseReason.INTERNAL, "the layer above failed: " + e));
        }
    }

    /** The server shuts down. Any thread. */
    void stopping() {
        onChannelThread(() -> {
            if (!isEnding()) {
                tell(ConnectionListener::stopping);
            }
        });
    }

    /** The channel is gone; on its thread. */
    void closed(String detail) {
        if (closed) {
            return;
        }
        closed = true;
        ending.compareAndSet(null, new Ending(CloseReason.LOST, detail));
        queue.clear();
        Ending why = ending.get();
        if (why != null) {
            tell(owner -> owner.closed(why.reason(), why.detail()));
        }
    }

    @Override
    public String remoteAddress() {
        return remoteAddress;
    }

    @Override
    public byte[] tlsBinding() {
        return tlsBinding.clone();
    }
}
