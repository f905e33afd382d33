package io.blazedb.sync.internal.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker13;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Asks the server for a WebSocket once there is TLS, and hands the connection to its listener when it is agreed on. */
final class ClientUpgrade extends SimpleChannelInboundHandler<HttpObject> {
    private final HubAddress hub;
    private final NetLimits limits;
    private final Function<Connection, ConnectionListener> opened;
    private final CompletableFuture<Connection> result;
    private final WebSocketClientHandshaker handshaker;
    private byte[] tlsBinding = SpkiHash.none();

    ClientUpgrade(
            HubAddress hub,
            NetLimits limits,
            Function<Connection, ConnectionListener> opened,
            CompletableFuture<Connection> result) {
        this.hub = hub;
        this.limits = limits;
        this.opened = opened;
        this.result = result;
        this.handshaker = new WebSocketClientHandshaker13(
                hub.uri(),
                WebSocketVersion.V13,
                ServerUpgrade.SUBPROTOCOL,
                false,
                new DefaultHttpHeaders(),
                limits.of(NetLimit.MESSAGE_BYTES_MAX),
                true,
                false);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (!hub.encrypted()) {
            ask(context);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws SSLPeerUnverifiedException {
        if (!(event instanceof SslHandshakeCompletionEvent completion)) {
            return;
        }
        if (completion.isSuccess()) {
            tlsBinding = SpkiHash.of(context.pipeline()
                    .get(SslHandler.class)
                    .engine()
                    .getSession()
                    .getPeerCertificates()[0]);
            ask(context);
        } else {
            fail(context, completion.cause());
        }
    }

    private void ask(ChannelHandlerContext context) {
        handshaker.handshake(context.channel()).addListener(sent -> {
            if (!sent.isSuccess()) {
                fail(context, sent.cause());
            }
        });
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) throws NetException {
        if (!(part instanceof HttpResponse response) || result.isDone()) {
            return;
        }
        if (!response.decoderResult().isSuccess()
                || !response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            throw new NetException("The server answered "
                    + (response.decoderResult().isSuccess() ? response.status().code() : "no HTTP")
                    + " (expected: 101; is there a database of this name?)");
        }
        FullHttpResponse whole = new DefaultFullHttpResponse(
                response.protocolVersion(),
                response.status(),
                Unpooled.EMPTY_BUFFER,
                response.headers(),
                EmptyHttpHeaders.INSTANCE);
        handshaker.finishHandshake(context.channel(), whole);
        WebSocketConnection connection = new WebSocketConnection(context.channel(), tlsBinding, limits, () -> {});
        connection.listen(opened.apply(connection));
        context.pipeline().addLast(new FrameReader(connection, limits, () -> {}));
        context.pipeline().remove(this);
        result.complete(connection);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(context, cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(context, new NetException("The server closed the connection before it was agreed on"));
    }

    private void fail(ChannelHandlerContext context, Throwable cause) {
        result.completeExceptionally(new NetException("No connection to " + hub + ": " + cause.getMessage(), cause));
        var unused = context.close();
    }
}
