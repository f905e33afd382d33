package io.blazedb.sync.internal.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Reads the one HTTP request of a connection. It becomes a WebSocket for a database that is served, is answered if it
 * asks for the server's health, and anything else is not there, whatever is wrong with it.
 */
final class ServerUpgrade extends SimpleChannelInboundHandler<HttpObject> {
    static final String SUBPROTOCOL = "blazedb.v1";

    private final WebSocketServer server;
    private final BiConsumer<ChannelHandlerContext, String> agreed;
    private boolean asked;

    /** @param agreed what to do, with the handler's context and the database, once the WebSocket is agreed on */
    ServerUpgrade(WebSocketServer server, BiConsumer<ChannelHandlerContext, String> agreed) {
        this.server = server;
        this.agreed = agreed;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
        if (!(part instanceof HttpRequest request)) {
            return; // The end of the request.
        }
        if (asked) {
            var unused = context.close();
            return;
        }
        asked = true;
        if (!isPlainGet(request)) {
            answer(context, HttpResponseStatus.NOT_FOUND, "");
        } else if (request.uri().equals("/health")) {
            answerState(context, server.isHealthy(), "healthy");
        } else if (request.uri().equals("/ready")) {
            answerState(context, server.isReady(), "ready");
        } else {
            Optional<String> database = asksForOurProtocol(request.headers())
                    ? DatabasePath.decode(request.uri()).filter(server::serves)
                    : Optional.empty();
            database.ifPresentOrElse(
                    name -> agree(context, request, name), () -> answer(context, HttpResponseStatus.NOT_FOUND, ""));
        }
    }

    private static boolean isPlainGet(HttpRequest request) {
        return request.decoderResult().isSuccess()
                && request.method().equals(HttpMethod.GET)
                && request.protocolVersion().equals(HttpVersion.HTTP_1_1)
                && !HttpUtil.isTransferEncodingChunked(request)
                && HttpUtil.getContentLength(request, 0L) == 0;
    }

    private static boolean asksForOurProtocol(HttpHeaders headers) {
        return headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                && headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
                && headers.containsValue(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, SUBPROTOCOL, false)
                && headers.contains(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13", false);
    }

    private void agree(ChannelHandlerContext context, HttpRequest request, String database) {
        WebSocketDecoderConfig frames = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(server.limits().of(NetLimit.MESSAGE_BYTES_MAX))
                .closeOnProtocolViolation(false) // FrameReader says farewell.
                .withUTF8Validator(false) // Text is refused, whatever it says.
                .build();
        WebSocketServerHandshaker handshaker =
                new WebSocketServerHandshakerFactory("", SUBPROTOCOL, frames).newHandshaker(request);
        FullHttpRequest whole = new DefaultFullHttpRequest(
                request.protocolVersion(),
                request.method(),
                request.uri(),
                Unpooled.EMPTY_BUFFER,
                request.headers(),
                EmptyHttpHeaders.INSTANCE);
        try {
            handshaker.handshake(context.channel(), whole).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        } catch (WebSocketHandshakeException e) {
            answer(context, HttpResponseStatus.NOT_FOUND, ""); // A key that is none.
            return;
        }
        agreed.accept(context, database);
    }

    private static void answerState(ChannelHandlerContext context, boolean good, String state) {
        answer(
                context,
                good ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE,
                "{\"" + state + "\":" + good + "}\n");
    }

    private static void answer(ChannelHandlerContext context, HttpResponseStatus status, String json) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, Unpooled.copiedBuffer(json, StandardCharsets.UTF_8));
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        response.headers()
                .setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
        if (!json.isEmpty()) {
            response.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
            response.headers().set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
        }
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var unused = context.close(); // No TLS, an old one, or a connection that broke: nobody to tell, nothing begun.
    }
}
