package io.blazedb.sync.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a connection does while the peer takes nothing, with writes that end when the test says so. */
class FrameReaderTest {
    private static final NetLimits LIMITS = NetLimits.defaults()
            .with(NetLimit.MESSAGE_BYTES_MAX, 1_024)
            .with(NetLimit.BACKLOG_BYTES_MAX, 4 * (1_024 + NetLimit.FRAME_BYTES));

    private final List<Held> held = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel(new FullSystem());
    private final WebSocketConnection connection = new WebSocketConnection(channel, new byte[32], LIMITS, () -> {});
    private final Recorder recorder = new Recorder("orders", connection);

    private record Held(Object frame, ChannelPromise promise) {}

    /** A system whose buffers are full: writes wait. */
    private final class FullSystem extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext context, Object frame, ChannelPromise promise) {
            held.add(new Held(frame, promise));
        }
    }

    FrameReaderTest() {
        connection.listen(recorder);
        channel.pipeline().addLast(new FrameReader(connection, LIMITS, () -> {}));
    }

    @AfterEach
    void release() {
        held.forEach(write -> ReferenceCountUtil.release(write.frame()));
        channel.finishAndReleaseAll();
    }

    /** The peer takes the oldest frame. */
    private void takeOne() {
        Held write = held.remove(0);
        ReferenceCountUtil.release(write.frame());
        write.promise().setSuccess();
        channel.runPendingTasks();
    }

    private boolean send(int bytes) {
        boolean taken = connection.send(new byte[bytes]);
        channel.runPendingTasks();
        return taken;
    }

    private void idle() {
        channel.pipeline().fireUserEventTriggered(IdleStateEvent.READER_IDLE_STATE_EVENT);
        channel.runPendingTasks();
    }

    @Test
    void backlogIsTakenUpToItsLimitAndNotBeyond() {
        for (int i = 0; i < 3; i++) {
            assertThat(send(1_024)).isTrue();
        }
        assertThat(connection.isWritable()).isTrue();
        assertThat(send(1_023)).isTrue();
        assertThat(connection.isWritable()).isFalse();

        assertThat(send(1)).isFalse();

        assertThat(connection.backlogBytes()).isEqualTo(4 * (1_024 + NetLimit.FRAME_BYTES) - 1);
        assertThat(held).hasSize(4);
    }

    @Test
    void roomIsToldOnceHalfTheBacklogIsGone() {
        while (connection.isWritable()) {
            send(1_024);
        }
        takeOne();
        assertThat(recorder.writables).hasValue(0);
        takeOne();
        assertThat(recorder.writables).hasValue(1);
        takeOne();
        takeOne();

        assertThat(recorder.writables).hasValue(1);
        assertThat(connection.backlogBytes()).isZero();
    }

    @Test
    void roomIsNotToldToWhoDidNotAsk() {
        send(1_024);
        send(1_024);
        takeOne();
        takeOne();

        assertThat(recorder.writables).hasValue(0);
    }

    @Test
    void emptyMessagesCostRoomToo() {
        int taken = 0;
        while (send(0)) {
            taken++;
        }

        assertThat(taken).isEqualTo(4 * (1_024 + NetLimit.FRAME_BYTES) / NetLimit.FRAME_BYTES);
    }

    @Test
    void onePongAtATimeIsUnderWay() {
        for (int i = 0; i < 1_000; i++) {
            channel.writeInbound(new PingWebSocketFrame(Unpooled.EMPTY_BUFFER));
        }
        assertThat(held).hasSize(1);
        takeOne();
        channel.writeInbound(new PingWebSocketFrame(Unpooled.EMPTY_BUFFER));

        assertThat(held).hasSize(1);
        assertThat(held.get(0).frame()).isInstanceOf(PongWebSocketFrame.class);
    }

    @Test
    void peerThatTakesItsBacklogIsAlive() {
        for (int i = 0; i < 4; i++) {
            send(1_024);
        }
        for (int i = 0; i < 4; i++) {
            idle();
            takeOne(); // The message before the pings.
        }
        assertThat(channel.isOpen()).isTrue();
        idle(); // The last message left since the one before.
        assertThat(connection.isEnding()).isFalse();

        for (int i = 0; i < 4; i++) {
            idle();
        }
        assertThat(recorder.ending).isCompletedWithValueMatching(end -> end.reason() == CloseReason.SILENT);
    }

    @Test
    void messagesIntoTheSystemsOwnBuffersAreNoSignOfLife() {
        for (int i = 0; i < 3; i++) {
            send(10);
            takeOne();
            idle();
            takeOne(); // The ping, which the system takes as well.
        }
        assertThat(connection.isEnding()).isFalse();
        idle();

        assertThat(recorder.ending).isCompletedWithValueMatching(end -> end.reason() == CloseReason.SILENT);
    }

    @Test
    void pausedReaderPingsOneAtATimeAndDoesNotCount() {
        connection.pause();
        for (int i = 0; i < 10; i++) {
            idle();
        }
        assertThat(held).hasSize(1);
        assertThat(held.get(0).frame()).isInstanceOf(PingWebSocketFrame.class);

        takeOne();
        idle();

        assertThat(held).hasSize(1);
        assertThat(connection.isEnding()).isFalse();
    }

    @Test
    void messageOfManySmallFramesIsOne() {
        channel.writeInbound(new BinaryWebSocketFrame(false, 0, Unpooled.wrappedBuffer(new byte[] {0})));
        for (int i = 1; i < 1_023; i++) {
            channel.writeInbound(
                    new ContinuationWebSocketFrame(false, 0, Unpooled.wrappedBuffer(new byte[] {(byte) i})));
        }
        channel.writeInbound(new ContinuationWebSocketFrame(true, 0, Unpooled.EMPTY_BUFFER));

        byte[] message = recorder.messages.remove();
        assertThat(message).hasSize(1_023);
        for (int i = 0; i < message.length; i++) {
            assertThat(message[i]).isEqualTo((byte) i);
        }
    }
}
