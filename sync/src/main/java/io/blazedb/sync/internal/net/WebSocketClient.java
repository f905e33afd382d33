package io.blazedb.sync.internal.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Connects to hubs: one thread for all connections of this client, and one that asks for addresses of names and ends
 * when idle. Any thread may call it but its own, on which {@link #close} would wait for itself.
 */
public final class WebSocketClient implements Connector, AutoCloseable {
    private static final int STATUS_LINE_BYTES_MAX = 1_024;
    private static final int HEADERS_BYTES_MAX = 8_192;
    private static final int BODY_BYTES_MAX = 1_024;
    private static final int LOOKUPS_MAX = 1_024;
    private static final long LOOKUP_IDLE_SECONDS = 1;

    private final NetLimits limits;
    private final SslContext tls;
    private final EventLoopGroup threads = NetThreads.start("blazedb-client", 1);
    private final ThreadPoolExecutor lookups;
    private final Map<Long, CompletableFuture<Connection>> attempts = new ConcurrentHashMap<>();
    private final Set<Channel> channels = ConcurrentHashMap.newKeySet();
    private final AtomicLong attemptNumber = new AtomicLong();

    /** @throws NetException if this JVM cannot set up TLS with this trust */
    public WebSocketClient(NetLimits limits, Trust trust) throws NetException {
        this.limits = limits;
        this.tls = Tls.client(trust);
        this.lookups = new ThreadPoolExecutor(
                1, 1, LOOKUP_IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(LOOKUPS_MAX), task -> {
                    Thread thread = new Thread(task, "blazedb-client-lookup");
                    thread.setDaemon(true);
                    return thread;
                });
        lookups.allowCoreThreadTimeOut(true);
    }

    /** The attempt ends within {@link NetLimit#CONNECT_MILLIS_MAX}, one way or the other. */
    @Override
    public CompletableFuture<Connection> connect(HubAddress hub, Function<Connection, ConnectionListener> opened) {
        CompletableFuture<Connection> result = new CompletableFuture<>();
        long number = attemptNumber.incrementAndGet();
        attempts.put(number, result);
        afterwards(result, failure -> attempts.remove(number));
        try {
            ScheduledFuture<?> deadline = threads.schedule(
                    () -> result.completeExceptionally(new NetException(
                            "No connection to " + hub + " within " + limits.of(NetLimit.CONNECT_MILLIS_MAX) + " ms")),
                    limits.of(NetLimit.CONNECT_MILLIS_MAX),
                    TimeUnit.MILLISECONDS);
            afterwards(result, failure -> deadline.cancel(false));
            lookups.execute(() -> lookUp(hub, opened, result));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(new NetException("No connection to " + hub + ": the client is closed", e));
        }
        return result;
    }

    private void lookUp(
            HubAddress hub, Function<Connection, ConnectionListener> opened, CompletableFuture<Connection> result) {
        try {
            InetAddress address = InetAddress.getByName(hub.host());
            if (!hub.encrypted() && !address.isLoopbackAddress()) {
                throw new NetException("No connection to " + hub + ": ws:// leads to " + address.getHostAddress()
                        + " (expected: wss://, or an address of this machine)");
            }
            open(hub, new InetSocketAddress(address, hub.port()), opened, result);
        } catch (UnknownHostException e) {
            result.completeExceptionally(
                    new NetException("No connection to " + hub + ": no address is known for " + hub.host(), e));
        } catch (NetException | RejectedExecutionException e) {
            result.completeExceptionally(e);
        }
    }

    private void open(
            HubAddress hub,
            InetSocketAddress address,
            Function<Connection, ConnectionListener> opened,
            CompletableFuture<Connection> result) {
        ChannelFuture connecting = new Bootstrap()
                .group(threads)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, limits.of(NetLimit.CONNECT_MILLIS_MAX))
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        prepare(channel, hub, opened, result);
                    }
                })
                .connect(address);
        connecting.addListener(connected -> {
            if (!connected.isSuccess()) {
                Throwable cause = connected.cause();
                result.completeExceptionally(
                        new NetException("No connection to " + hub + ": " + cause.getMessage(), cause));
            }
        });
        afterwards(result, failure -> {
            if (failure != null) {
                var unused = connecting.channel().close();
            }
        });
    }

    private static void afterwards(CompletableFuture<Connection> attempt, Consumer<@Nullable Throwable> task) {
        var unused = attempt.whenComplete((connection, failure) -> task.accept(failure));
    }

    private void prepare(
            SocketChannel channel,
            HubAddress hub,
            Function<Connection, ConnectionListener> opened,
            CompletableFuture<Connection> result) {
        channels.add(channel);
        channel.closeFuture().addListener(closed -> channels.remove(channel));
        if (hub.encrypted()) {
            var handler = tls.newHandler(channel.alloc(), hub.host(), hub.port());
            handler.setHandshakeTimeoutMillis(limits.of(NetLimit.CONNECT_MILLIS_MAX));
            handler.setCloseNotifyFlushTimeoutMillis(limits.of(NetLimit.CLOSE_MILLIS_MAX));
            channel.pipeline().addLast(handler);
        }
        HttpDecoderConfig http = new HttpDecoderConfig()
                .setMaxInitialLineLength(STATUS_LINE_BYTES_MAX)
                .setMaxHeaderSize(HEADERS_BYTES_MAX)
                .setMaxChunkSize(BODY_BYTES_MAX);
        channel.pipeline()
                .addLast(new IdleStateHandler(limits.of(NetLimit.PING_MILLIS), 0, 0, TimeUnit.MILLISECONDS))
                .addLast(new HttpClientCodec(http, false, false))
                .addLast(new ClientUpgrade(hub, limits, opened, result));
    }

    /** Time as this client's own thread tells it, for a {@link Dialer}. */
    public Timer timer() {
        return new Timer() {
            @Override
            public long nowMillis() {
                return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
            }

            @Override
            public Cancellable schedule(long delayMillis, Runnable task) {
                try {
                    ScheduledFuture<?> scheduled = threads.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
                    return () -> scheduled.cancel(false);
                } catch (RejectedExecutionException e) {
                    return () -> {}; // The client is closed: nothing happens any more.
                }
            }
        };
    }

    /** Ends all connections of this client; close them first for a farewell. */
    @Override
    public void close() {
        lookups.shutdownNow();
        channels.forEach(WebSocketConnection::closePastTls); // Threads that end leave some of them open.
        NetThreads.stop(threads, limits.of(NetLimit.CLOSE_MILLIS_MAX));
        attempts.values().forEach(attempt -> attempt.completeExceptionally(new NetException("The client was closed")));
    }
}
