package io.blazedb.sync.internal.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.timeout.IdleStateHandler;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Listens on one address for WebSockets of nodes, within {@link NetLimits}, and answers {@code GET /health} and
 * {@code GET /ready}. Any thread may call it but the network's own, on which {@link #close} would wait for itself.
 */
public final class WebSocketServer implements AutoCloseable {
    private static final int THREADS_MAX = 8;
    private static final int REQUEST_LINE_BYTES_MAX = 1_024;
    private static final int HEADERS_BYTES_MAX = 8_192;
    private static final int BODY_BYTES_MAX = 1_024;
    /** Connections that the system completed and nobody took up yet. */
    private static final int ACCEPT_QUEUE = 1_024;

    private final NetLimits limits;
    private final Endpoint endpoint;
    private final @Nullable SslContext tls;
    private final byte[] tlsBinding;
    private final Headcount headcount;
    /** Connections that are no WebSocket yet. */
    private final Set<Channel> upgrading = ConcurrentHashMap.newKeySet();

    private final Set<WebSocketConnection> open = ConcurrentHashMap.newKeySet();
    private final EventLoopGroup threads;
    private @Nullable Channel listening;
    private volatile boolean stopping;

    private WebSocketServer(NetLimits limits, Optional<TlsIdentity> identity, Endpoint endpoint) throws NetException {
        this.limits = limits;
        this.endpoint = endpoint;
        this.tls = identity.isPresent() ? Tls.server(identity.get()) : null;
        this.tlsBinding = identity.map(TlsIdentity::spkiHash).orElseGet(SpkiHash::none);
        this.headcount = new Headcount(limits);
        this.threads =
                NetThreads.start("blazedb-server", Math.min(Runtime.getRuntime().availableProcessors(), THREADS_MAX));
    }

    /**
     * Starts to listen.
     *
     * @param address port 0 means any free one
     * @param identity none means no TLS, which is for addresses of this machine only
     * @throws NetException if it cannot listen there
     */
    public static WebSocketServer start(
            NetLimits limits, InetSocketAddress address, Optional<TlsIdentity> identity, Endpoint endpoint)
            throws NetException {
        if (address.isUnresolved()) {
            throw new NetException("The host " + address.getHostString() + " has no address (expected: a name or an"
                    + " address of this machine)");
        }
        if (identity.isEmpty() && !address.getAddress().isLoopbackAddress()) {
            throw new NetException("Without TLS at " + WebSocketConnection.text(address)
                    + " (expected: a certificate, or a loopback address)");
        }
        WebSocketServer server = new WebSocketServer(limits, identity, endpoint);
        server.listen(address);
        return server;
    }

    private void listen(InetSocketAddress address) throws NetException {
        ChannelFuture bound = new ServerBootstrap()
                .group(threads)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, ACCEPT_QUEUE)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        prepare(channel);
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            NetThreads.stop(threads, limits.of(NetLimit.CLOSE_MILLIS_MAX));
            throw new NetException(
                    "Cannot listen at " + WebSocketConnection.text(address) + ": "
                            + bound.cause().getMessage() + " (expected: a free port of this machine)",
                    bound.cause());
        }
        listening = bound.channel();
    }

    private void prepare(SocketChannel channel) {
        upgrading.add(channel);
        channel.closeFuture().addListener(closed -> upgrading.remove(channel));
        HalfOpenGuard guard = new HalfOpenGuard(headcount, limits);
        channel.pipeline().addLast(guard);
        if (tls != null) {
            var handler = tls.newHandler(channel.alloc());
            handler.setHandshakeTimeoutMillis(limits.of(NetLimit.FIRST_MESSAGE_MILLIS_MAX));
            handler.setCloseNotifyFlushTimeoutMillis(limits.of(NetLimit.CLOSE_MILLIS_MAX));
            channel.pipeline().addLast(handler);
        }
        HttpDecoderConfig http = new HttpDecoderConfig()
                .setMaxInitialLineLength(REQUEST_LINE_BYTES_MAX)
                .setMaxHeaderSize(HEADERS_BYTES_MAX)
                .setMaxChunkSize(BODY_BYTES_MAX);
        channel.pipeline()
                .addLast(new IdleStateHandler(limits.of(NetLimit.PING_MILLIS), 0, 0, TimeUnit.MILLISECONDS))
                .addLast(new HttpServerCodec(http))
                .addLast(new ServerUpgrade(this, (context, database) -> accept(context, guard, database)));
    }

    private void accept(ChannelHandlerContext context, HalfOpenGuard guard, String database) {
        WebSocketConnection connection = new WebSocketConnection(context.channel(), tlsBinding, limits, guard::admit);
        open.add(connection);
        upgrading.remove(context.channel());
        context.channel().closeFuture().addListener(closed -> open.remove(connection));
        connection.listen(endpoint.accept(database, connection));
        context.pipeline().addLast(new FrameReader(connection, limits, guard::established));
        context.pipeline().remove(context.handler());
        if (stopping) {
            connection.stopping();
        }
    }

    NetLimits limits() {
        return limits;
    }

    boolean serves(String database) {
        return !stopping && endpoint.serves(database);
    }

    boolean isHealthy() {
        return endpoint.isHealthy();
    }

    boolean isReady() {
        return !stopping && endpoint.isReady();
    }

    /** Where it listens, with the port that was free. */
    public InetSocketAddress address() {
        if (listening == null) {
            throw new IllegalStateException("The server does not listen yet");
        }
        return (InetSocketAddress) listening.localAddress();
    }

    /** How many connections there are, half-open ones among them. */
    public int connections() {
        return headcount.connections();
    }

    /** How many connections have not sent a first message yet. */
    public int halfOpen() {
        return headcount.halfOpen();
    }

    /** Takes no new connections any more; those that are there go on. */
    public void stopAccepting() {
        stopping = true;
        if (listening != null) {
            listening.close().awaitUninterruptibly();
        }
    }

    /** On the channel's thread: else its client could hear that the WebSocket is agreed on, and then no goodbye. */
    private void closeUnlessAgreed(Channel channel) {
        if (upgrading.contains(channel)) {
            var unused = channel.close();
        }
    }

    /**
     * Stops accepting, tells every listener that it is {@link ConnectionListener#stopping}, gives them {@link
     * NetLimit#SHUTDOWN_MILLIS_MAX} to close, then closes what is left within {@link NetLimit#CLOSE_MILLIS_MAX}.
     */
    @Override
    public void close() {
        stopAccepting();
        upgrading.forEach(channel -> channel.eventLoop().execute(() -> closeUnlessAgreed(channel)));
        open.forEach(WebSocketConnection::stopping);
        try {
            headcount.awaitNone(limits.of(NetLimit.SHUTDOWN_MILLIS_MAX));
            open.forEach(connection -> connection.close(CloseReason.GOING_AWAY));
            headcount.awaitNone(limits.of(NetLimit.CLOSE_MILLIS_MAX));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // What is left ends with the threads.
        }
        open.forEach(WebSocketConnection::closeNow); // Threads that end leave some of them open.
        NetThreads.stop(threads, limits.of(NetLimit.CLOSE_MILLIS_MAX));
    }
}
