package io.blazedb.sync.internal.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The first to see a connection: counts it, limits what its peer may send before the layer above admits it, and closes
 * it if its first message does not come in time. A connection that is refused learns no reason.
 */
final class HalfOpenGuard extends ChannelInboundHandlerAdapter {
    private final Headcount headcount;
    private final int handshakeBytesMax;
    private final int firstMessageMillisMax;
    private @Nullable InetAddress counted;
    private volatile boolean admitted;
    private boolean established;
    private long bytes;

    HalfOpenGuard(Headcount headcount, NetLimits limits) {
        this.headcount = headcount;
        handshakeBytesMax = limits.of(NetLimit.HANDSHAKE_BYTES_MAX);
        firstMessageMillisMax = limits.of(NetLimit.FIRST_MESSAGE_MILLIS_MAX);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        InetSocketAddress remote = (InetSocketAddress) context.channel().remoteAddress();
        if (remote == null || !headcount.enter(remote.getAddress())) {
            var unused = context.close();
            return;
        }
        counted = remote.getAddress();
        var unused = context.executor()
                .schedule(() -> closeIfHalfOpen(context), firstMessageMillisMax, TimeUnit.MILLISECONDS);
        context.fireChannelActive();
    }

    private void closeIfHalfOpen(ChannelHandlerContext context) {
        if (!established) {
            var unused = context.close();
        }
    }

    /** The layer above knows the peer: from here on the connection's own limits hold. Any thread. */
    void admit() {
        admitted = true;
    }

    /** The first message has come whole. */
    void established() {
        established = true;
        headcount.establish();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object input) {
        if (!admitted && input instanceof ByteBuf part) {
            bytes += part.readableBytes();
            if (bytes > handshakeBytesMax || counted == null) {
                ReferenceCountUtil.release(input);
                var unused = context.close();
                return;
            }
        }
        context.fireChannelRead(input);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        InetAddress address = counted;
        if (address != null) {
            counted = null;
            headcount.leave(address, !established);
        }
        context.fireChannelInactive();
    }
}
