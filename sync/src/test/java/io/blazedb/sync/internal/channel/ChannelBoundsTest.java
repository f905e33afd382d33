package io.blazedb.sync.internal.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.sync.internal.crypto.Initiator;
import io.blazedb.sync.internal.crypto.Messages;
import io.blazedb.sync.internal.crypto.Terms;
import io.blazedb.sync.internal.net.ChaosProxy;
import io.blazedb.sync.internal.net.CloseReason;
import io.blazedb.sync.internal.net.HubAddress;
import io.blazedb.sync.internal.net.NetLimit;
import io.blazedb.sync.internal.net.NetLimits;
import io.blazedb.sync.internal.net.SelfSignedCertificate;
import io.blazedb.sync.internal.net.WebSocketServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits of channels, at the last value that passes and the first that does not. */
class ChannelBoundsTest {
    private static final NetLimits LIMITS =
            NetLimits.defaults().with(NetLimit.SHUTDOWN_MILLIS_MAX, 50).with(NetLimit.CLOSE_MILLIS_MAX, 500);

    private final List<AutoCloseable> open = new ArrayList<>();
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void close() throws Exception {
        gate.countDown();
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private TestHub hub(NetLimits limits) throws Exception {
        TestHub hub = new TestHub(limits);
        open.add(hub);
        return hub;
    }

    private TestNode node(NetLimits limits, TestHub hub) throws Exception {
        TestNode node = new TestNode(limits, hub.trust()).with(hub.token());
        open.add(node);
        return node;
    }

    @ParameterizedTest
    @CsvSource({"HANDSHAKE_MILLIS_MAX, 10, 600000", "HANDSHAKE_THREADS_MAX, 1, 64", "HANDSHAKE_QUEUE_MAX, 1, 1000000"})
    void settingIsInItsRange(NetLimit limit, int least, int most) {
        assertThat(LIMITS.with(limit, least).of(limit)).isEqualTo(least);
        assertThat(LIMITS.with(limit, most).of(limit)).isEqualTo(most);
        for (int beyond : new int[] {least - 1, most + 1}) {
            assertThatThrownBy(() -> LIMITS.with(limit, beyond))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(limit.setting() + ": " + beyond);
        }
    }

    /** A peer whose third message is sent. */
    private static RawPeer claimed(TestHub hub, TestNode node) throws Exception {
        RawPeer peer = RawPeer.connect(node.network, hub.address());
        Initiator initiator = node.initiator(peer.connection);
        peer.send(initiator.begin());
        peer.send(initiator.answer(peer.message()));
        return peer;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void asManyHandshakesAreWorkedOnAsThereAreThreads(int threads) throws Exception {
        TestHub hub = hub(LIMITS.with(NetLimit.HANDSHAKE_THREADS_MAX, threads));
        TestNode node = node(LIMITS, hub);
        AtomicInteger atWork = new AtomicInteger();
        hub.authority.obstacle = () -> {
            atWork.incrementAndGet();
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted at work", e);
            }
        };
        for (int i = 1; i <= threads; i++) {
            var unused = claimed(hub, node);
            int expected = i;
            Await.until("it is judged", () -> atWork.get() == expected);
        }
        RawPeer waiting = RawPeer.connect(node.network, hub.address());
        waiting.send(node.initiator(waiting.connection).begin());
        Await.until("its message is there", () -> hub.server.halfOpen() == 0);

        assertThat(waiting.messages).isEmpty();
        gate.countDown();

        assertThat(waiting.message()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void asManyHandshakesWaitAsTheQueueHolds(int queue) throws Exception {
        TestHub hub = hub(LIMITS.with(NetLimit.HANDSHAKE_THREADS_MAX, 1).with(NetLimit.HANDSHAKE_QUEUE_MAX, queue));
        TestNode node = node(LIMITS, hub);
        CountDownLatch working = new CountDownLatch(1);
        hub.authority.obstacle = () -> {
            working.countDown();
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted at work", e);
            }
        };
        var unused = claimed(hub, node);
        working.await();
        List<RawPeer> waiting = new ArrayList<>();
        for (int i = 0; i <= queue; i++) {
            RawPeer peer = RawPeer.connect(node.network, hub.address());
            peer.send(node.initiator(peer.connection).begin());
            Await.until("its message is there", () -> hub.server.halfOpen() == 0);
            waiting.add(peer);
        }

        assertThat(waiting.remove(queue).end()).startsWith("TRY_AGAIN");
        gate.countDown();
        for (RawPeer peer : waiting) {
            assertThat(peer.message()).isNotEmpty();
        }
        assertThat(hub.refusals).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {Messages.HANDSHAKE_BYTES_MAX, Messages.HANDSHAKE_BYTES_MAX + 1})
    void answerOfTheHubIsReadUpToItsLimit(int length) throws Exception {
        var accepted = new LinkedBlockingQueue<RawPeer>();
        var identity = SelfSignedCertificate.create(List.of(), Instant.now(), TestHub.RANDOM);
        var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        WebSocketServer server =
                WebSocketServer.start(LIMITS, anyPort, Optional.of(identity), new RawEndpoint(accepted));
        open.add(server);
        TestNode node = node(LIMITS, hub(LIMITS));
        var unused = node.dial(RawEndpoint.address(server));
        RawPeer hub = Await.next("the node", accepted);
        var unusedToo = hub.message();

        hub.send(new byte[length]);

        String why = Await.next("a pause", node.pauses);
        assertThat(why).startsWith("MALFORMED");
        assertThat(why.contains("of " + length + " bytes")).isEqualTo(length > Messages.HANDSHAKE_BYTES_MAX);
    }

    @Test
    void frameMayBeAsLongAsTheHubStates() throws Exception {
        TestHub hub = hub(LIMITS);
        hub.frameBytesMax = Terms.FRAME_BYTES_LEAST;
        TestNode node = node(LIMITS, hub);
        var unused = node.dial(hub.address());
        Recorder here = node.next();
        Recorder there = hub.next();

        assertThat(here.channel().send(20, new byte[Terms.FRAME_BYTES_LEAST])).isTrue();
        assertThat(there.channel().send(20, new byte[Terms.FRAME_BYTES_LEAST])).isTrue();

        assertThat(there.frame().payload()).hasSize(Terms.FRAME_BYTES_LEAST);
        assertThat(here.frame().payload()).hasSize(Terms.FRAME_BYTES_LEAST);
        for (SecureChannel channel : List.of(here.channel(), there.channel())) {
            assertThatThrownBy(() -> channel.send(20, new byte[Terms.FRAME_BYTES_LEAST + 1]))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void hubThatStatesTooShortFramesOpensNoChannel() throws Exception {
        TestHub hub = hub(LIMITS);
        hub.frameBytesMax = Terms.FRAME_BYTES_LEAST - 1;
        TestNode node = node(LIMITS, hub);
        var unused = node.dial(hub.address());

        assertThat(hub.refusal()).contains("this side failed").contains("65535");
        assertThat(node.channels).isEmpty();
    }

    @Test
    void hubThatIsSilentAfterTheThirdMessageIsGivenUp() throws Exception {
        TestHub hub = hub(LIMITS);
        TestNode node = node(LIMITS.with(NetLimit.HANDSHAKE_MILLIS_MAX, 1_000), hub);
        node.tap.down = (message, number) -> number == 1 ? List.of(message) : List.of();
        node.tap.firstOnly = true;
        var unused = node.dial(hub.address());

        assertThat(hub.next().end().reason()).isEqualTo(CloseReason.REFUSED);
        assertThat(Await.next("a pause", node.pauses)).isEqualTo("no channel after 1000 ms (expected: sooner)");
        assertThat(hub.next().channel().peer().node()).isEqualTo(node.keys.nodeId());
        assertThat(node.next().channel().send(20, new byte[1])).isTrue();
    }

    @Test
    void nodeThatIsSilentAfterTheThirdMessageIsGivenUp() throws Exception {
        TestHub hub = hub(LIMITS.with(NetLimit.PING_MILLIS, 100));
        TestNode node = node(LIMITS, hub);
        ChaosProxy proxy = new ChaosProxy(hub.server.address());
        open.add(proxy);
        hub.listeners = () -> new Recorder(channel -> proxy.toServer().swallow());

        var unused = node.dial(new HubAddress(true, "localhost", proxy.port(), "orders"));

        Recorder there = hub.next();
        assertThat(there.end().reason()).isEqualTo(CloseReason.SILENT);
        assertThat(there.end().inOrder()).isFalse();
    }
}
