package io.blazedb.sync.internal.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The receiving half of a connection: makes whole messages of frames, answers pings, and notices a silent peer. */
final class FrameReader extends ChannelInboundHandlerAdapter {
    private final WebSocketConnection connection;
    private final int messageBytesMax;
    private final int missedPingsMax;
    private final Runnable firstMessage;
    /** What came so far of a message in several frames, with room to grow; null between messages. */
    private byte @Nullable [] parts;

    private int partsLength;
    private boolean anyMessage;
    private int missedPings;
    private boolean answering;
    private boolean pinging;
    private boolean backlogBefore;
    private long sentBefore;
    private String lastFailure = "the peer ended without a farewell";

    FrameReader(WebSocketConnection connection, NetLimits limits, Runnable firstMessage) {
        this.connection = connection;
        this.messageBytesMax = limits.of(NetLimit.MESSAGE_BYTES_MAX);
        this.missedPingsMax = limits.of(NetLimit.MISSED_PINGS_MAX);
        this.firstMessage = firstMessage;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object input) {
        try {
            if (input instanceof WebSocketFrame frame) {
                missedPings = 0;
                read(context, frame);
            }
        } finally {
            ReferenceCountUtil.release(input); // What else comes is the end of the HTTP request or response.
        }
    }

    private void read(ChannelHandlerContext context, WebSocketFrame frame) {
        if (frame instanceof CloseWebSocketFrame close) {
            connection.endByPeer(close.statusCode());
        } else if (connection.isEnding()) {
            parts = null; // Only the farewell counts now.
        } else if (frame instanceof PingWebSocketFrame) {
            pong(context, frame);
        } else if (frame instanceof BinaryWebSocketFrame || frame instanceof ContinuationWebSocketFrame) {
            readPart(frame);
        } else if (frame instanceof TextWebSocketFrame) {
            connection.end(new Ending(CloseReason.NOT_BINARY, "the peer sent a text frame"));
        } else if (!(frame instanceof PongWebSocketFrame)) {
            connection.end(new Ending(CloseReason.PROTOCOL, "the peer sent a frame of an unknown kind"));
        }
    }

    private void readPart(WebSocketFrame frame) {
        ByteBuf content = frame.content();
        int before = parts == null ? 0 : partsLength;
        int length = before + content.readableBytes();
        if (content.readableBytes() > messageBytesMax - before) {
            parts = null;
            connection.end(new Ending(
                    CloseReason.TOO_LARGE, "the peer sent a message of more than " + messageBytesMax + " bytes"));
            return;
        }
        byte[] grown = parts == null ? new byte[length] : withRoom(parts, length);
        content.readBytes(grown, before, length - before);
        if (!frame.isFinalFragment()) {
            parts = grown;
            partsLength = length;
            return;
        }
        parts = null;
        byte[] bytes = grown.length == length ? grown : Arrays.copyOf(grown, length);
        if (!anyMessage) {
            anyMessage = true;
            firstMessage.run();
        }
        connection.tell(listener -> listener.received(bytes));
    }

    /** Doubles, so that a message of many small frames is not copied for each. */
    private static byte[] withRoom(byte[] bytes, int length) {
        return length <= bytes.length ? bytes : Arrays.copyOf(bytes, Math.max(length, 2 * bytes.length));
    }

    /** One answer at a time is under way: a peer that asks and does not read the answers cannot pile them up here. */
    private void pong(ChannelHandlerContext context, WebSocketFrame ping) {
        if (answering) {
            return;
        }
        answering = true;
        context.channel()
                .writeAndFlush(new PongWebSocketFrame(ping.content().retain()))
                .addListener(written -> answering = false);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (!(event instanceof IdleStateEvent) || connection.isEnding()) {
            return;
        }
        if (connection.isPaused()) {
            ping(context); // Cannot hear answers, but fails if the peer is gone, and tells it that this side is not.
            return;
        }
        // Where messages wait, the system's buffers are full; that one leaves means that the peer took some.
        boolean moved = backlogBefore && connection.sentMessages() != sentBefore;
        backlogBefore = connection.backlogBytes() > 0;
        sentBefore = connection.sentMessages();
        missedPings = moved ? 0 : missedPings + 1;
        if (missedPings > missedPingsMax) {
            connection.end(new Ending(CloseReason.SILENT, "the peer left " + missedPingsMax + " pings unanswered"));
        } else {
            ping(context);
        }
    }

    /** One is under way at a time: a peer that reads nothing cannot pile them up here. */
    private void ping(ChannelHandlerContext context) {
        if (pinging) {
            return;
        }
        pinging = true;
        context.channel()
                .writeAndFlush(new PingWebSocketFrame(Unpooled.EMPTY_BUFFER))
                .addListener(written -> pinging = false);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        lastFailure = cause.toString();
        if (cause instanceof CorruptedWebSocketFrameException corrupted) {
            boolean tooLarge = corrupted.closeStatus().equals(WebSocketCloseStatus.MESSAGE_TOO_BIG);
            connection.end(new Ending(tooLarge ? CloseReason.TOO_LARGE : CloseReason.PROTOCOL, lastFailure));
        } else {
            var unused = context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        parts = null;
        connection.closed(lastFailure);
    }
}
