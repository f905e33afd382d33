package io.blazedb.sync.internal.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.sync.internal.net.CloseReason;
import io.blazedb.sync.internal.net.NetLimit;
import io.blazedb.sync.internal.net.NetLimits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What two nodes have once they know each other. */
class ChannelTest {
    private static final NetLimits LIMITS =
            NetLimits.defaults().with(NetLimit.SHUTDOWN_MILLIS_MAX, 50).with(NetLimit.CLOSE_MILLIS_MAX, 500);
    private static final int TYPE = 20;
    private static final int MEBIBYTE = 1 << 20;

    private final TestHub hub;
    private final TestNode node;
    private final ChannelClient client;
    private final Recorder here;
    private final Recorder there;
    private final SecureChannel up;
    private final SecureChannel down;

    ChannelTest() throws Exception {
        hub = new TestHub(LIMITS);
        node = new TestNode(LIMITS, hub.trust()).with(hub.token());
        client = node.dial(hub.address());
        here = node.next();
        there = hub.next();
        up = here.channel();
        down = there.channel();
    }

    @AfterEach
    void close() {
        node.close();
        hub.close();
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static void send(SecureChannel channel, byte[] payload) {
        Await.until("room", () -> channel.send(TYPE, payload));
    }

    @Test
    void bothEndsKnowEachOtherAndShareSecrets() {
        assertThat(down.peer().node()).isEqualTo(node.keys.nodeId());
        assertThat(up.peer().dhPublicKey()).isNotEqualTo(down.peer().dhPublicKey());
        assertThat(up.grant()).isEqualTo(MemoryAuthority.GRANT).isEqualTo(down.grant());
        assertThat(up.terms()).isEqualTo(down.terms());
        assertThat(up.sessionId()).isEqualTo(down.sessionId());
        assertThat(up.export("a purpose", 32))
                .isEqualTo(down.export("a purpose", 32))
                .isNotEqualTo(down.export("another", 32));
        assertThat(up.remoteAddress()).endsWith(":" + hub.server.address().getPort());
    }

    @Test
    void enrolledNodeComesBackAsMember() throws Exception {
        there.channel().close(CloseReason.NORMAL);

        Recorder again = node.next();

        assertThat(again.channel().grant()).isEqualTo(MemoryAuthority.GRANT);
        assertThat(again.channel().sessionId()).isNotEqualTo(up.sessionId());
        assertThat(node.refusals).isEmpty();
    }

    @Test
    void framesOfAllSizesPassBothWaysInOrder() throws Exception {
        List<Integer> sizes = List.of(0, 1, 65_468, 65_469, 65_535, 65_536, MEBIBYTE, 1, 3 * MEBIBYTE, 0);

        Thread sender = new Thread(() -> sizes.forEach(size -> send(up, bytes(size))));
        sender.start();
        sizes.forEach(size -> send(down, bytes(size)));

        for (int size : sizes) {
            assertThat(there.frame().payload()).isEqualTo(bytes(size));
            assertThat(here.frame().payload()).isEqualTo(bytes(size));
        }
        sender.join();
    }

    @Test
    void framesOfManySendersStayWhole() throws Exception {
        int threads = 6;
        int frames = 40;
        List<Thread> senders = new ArrayList<>();

        for (int i = 0; i < threads; i++) {
            int sender = i;
            senders.add(new Thread(() -> {
                for (int number = 0; number < frames; number++) {
                    byte[] payload = new byte[number % 4 == 0 ? 200_000 : 100];
                    Arrays.fill(payload, (byte) sender);
                    ByteBuffer.wrap(payload).putInt(number);
                    send(up, payload);
                }
            }));
        }
        senders.forEach(Thread::start);

        int[] next = new int[threads];
        for (int i = 0; i < threads * frames; i++) {
            byte[] payload = there.frame().payload();
            int sender = payload[payload.length - 1];
            assertThat(ByteBuffer.wrap(payload).getInt()).isEqualTo(next[sender]++);
            byte[] rest = new byte[payload.length - 4];
            Arrays.fill(rest, (byte) sender);
            assertThat(Arrays.copyOfRange(payload, 4, payload.length)).isEqualTo(rest);
        }
        for (Thread sender : senders) {
            sender.join();
        }
    }

    @Test
    void pausedPeerHoldsTheSenderBackAndWritableReleasesIt() throws Exception {
        down.pause();
        byte[] payload = bytes(MEBIBYTE);
        int taken = 0;
        while (taken < 64 && up.send(TYPE, payload)) {
            taken++;
            Await.until("a decision", () -> up.isWritable() || here.writables.get() == 0);
        }
        int held = taken;
        assertThat(held).isLessThan(64);

        down.resume();

        for (int i = 0; i < held; i++) {
            assertThat(there.frame().payload()).isEqualTo(payload);
        }
        Await.until("told of room", () -> here.writables.get() > 0);
        assertThat(up.send(TYPE, payload)).isTrue();
    }

    @Test
    void frameBeyondTheTermsIsTheCallersFault() {
        byte[] tooLong = new byte[up.terms().frameBytesMax() + 1];

        assertThatThrownBy(() -> up.send(TYPE, tooLong)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> up.send(15, new byte[0])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void closeSendsWhatWasTakenAndThenTheEnd() throws Exception {
        byte[] payload = bytes(3 * MEBIBYTE);
        send(up, payload);
        up.close(CloseReason.GOING_AWAY);

        assertThat(there.frame().payload()).isEqualTo(payload);
        assertThat(there.end().inOrder()).isTrue();
        assertThat(there.end().reason()).isEqualTo(CloseReason.GOING_AWAY);
        assertThat(here.end().reason()).isEqualTo(CloseReason.GOING_AWAY);
        assertThat(up.send(TYPE, payload)).isFalse();
        assertThatThrownBy(() -> up.export("a purpose", 32)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closedClientSaysTheEndAndDoesNotComeBack() throws Exception {
        byte[] payload = bytes(2 * MEBIBYTE);
        send(up, payload);
        client.close();

        assertThat(there.frame().payload()).isEqualTo(payload);
        assertThat(there.end().inOrder()).isTrue();
        assertThat(here.end().reason()).isEqualTo(CloseReason.GOING_AWAY);
        assertThat(node.pauses).isEmpty();
    }

    @Test
    void serverThatStopsLetsItsOwnerSayTheEnd() throws Exception {
        Thread closer = new Thread(hub.server::close);
        closer.start();
        there.stopping.get();
        down.close(CloseReason.GOING_AWAY);

        assertThat(here.end())
                .isEqualTo(new Recorder.Ended(CloseReason.GOING_AWAY, here.end().detail(), true));
        closer.join();
    }

    @Test
    void listenerThatThrowsEndsTheChannelOutOfOrder() throws Exception {
        up.close(CloseReason.NORMAL);
        for (Supplier<Recorder> faulty : List.<Supplier<Recorder>>of(ThrowingAtFrame::new, ThrowingAtOpen::new)) {
            hub.listeners = faulty;
            Recorder next = hub.next();
            var unused = next.channel();
            Recorder client = next instanceof ThrowingAtFrame ? node.next() : next;
            if (next instanceof ThrowingAtFrame) {
                send(client.channel(), bytes(1));
                assertThat(client.end().inOrder()).isFalse();
            }

            assertThat(next.end().reason()).isEqualTo(CloseReason.INTERNAL);
            assertThat(next.end().inOrder()).isFalse();
            assertThat(next.end().detail()).contains("on purpose");
        }
    }

    private static final class ThrowingAtFrame extends Recorder {
        @Override
        public void received(int type, byte[] payload) {
            throw new IllegalStateException("on purpose");
        }
    }

    private static final class ThrowingAtOpen extends Recorder {
        ThrowingAtOpen() {
            super(channel -> {
                throw new IllegalStateException("on purpose");
            });
        }
    }

    @Test
    void whatIsSaidAtOnceArrivesAfterTheHandshake() throws Exception {
        hub.listeners = () -> new Recorder(channel -> {
            assertThat(channel.send(TYPE, bytes(5))).isTrue();
            assertThat(channel.send(TYPE, bytes(MEBIBYTE))).isTrue();
            assertThat(channel.send(TYPE, bytes(5))).isFalse();
        });
        down.close(CloseReason.NORMAL);

        Recorder again = node.next();
        Recorder greeting = hub.next();
        assertThat(again.frame().payload()).isEqualTo(bytes(5));
        assertThat(again.frame().payload()).isEqualTo(bytes(MEBIBYTE));
        Await.until("told of room", () -> greeting.writables.get() > 0);
    }
}
