package io.blazedb.sync.internal.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.sync.internal.crypto.Credential;
import io.blazedb.sync.internal.crypto.Initiator;
import io.blazedb.sync.internal.crypto.Messages;
import io.blazedb.sync.internal.net.CloseReason;
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
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that say too much, too little, the wrong thing, or come when there is too much to do. */
class ChannelLimitTest {
    private static final NetLimits LIMITS = NetLimits.defaults()
            .with(NetLimit.SHUTDOWN_MILLIS_MAX, 50)
            .with(NetLimit.CLOSE_MILLIS_MAX, 500)
            .with(NetLimit.HANDSHAKE_THREADS_MAX, 1)
            .with(NetLimit.HANDSHAKE_QUEUE_MAX, 1);
    private static final NetLimits HASTY =
            LIMITS.with(NetLimit.HANDSHAKE_MILLIS_MAX, 300).with(NetLimit.FIRST_MESSAGE_MILLIS_MAX, 600_000);
    private static final String REFUSED = "REFUSED: closed by the peer with code 1008";

    private final TestHub hub;
    private final TestHub hasty;
    private final TestNode node;
    private final CountDownLatch gate = new CountDownLatch(1);

    ChannelLimitTest() throws Exception {
        hub = new TestHub(LIMITS);
        hasty = new TestHub(HASTY);
        node = new TestNode(HASTY, hub.trust()).with(hub.token());
    }

    @AfterEach
    void close() {
        gate.countDown();
        node.close();
        hub.close();
        hasty.close();
    }

    private RawPeer peer() throws Exception {
        return RawPeer.connect(node.network, hub.address());
    }

    private static byte[] changed(byte[] message) {
        byte[] other = message.clone();
        other[other.length - 1] ^= 1;
        return other;
    }

    @Test
    void garbageAtTheFirstStepIsRefused() throws Exception {
        for (int length : new int[] {0, 1, 64, 65, Messages.HANDSHAKE_BYTES_MAX, Messages.HANDSHAKE_BYTES_MAX + 1}) {
            RawPeer peer = peer();
            peer.send(new byte[length]);

            assertThat(peer.end()).isEqualTo(REFUSED);
            assertThat(peer.messages).isEmpty();
        }
        assertThat(List.copyOf(hub.refusals).subList(0, 5)).allMatch(why -> !why.contains("2049"));
        assertThat(List.copyOf(hub.refusals).get(5)).contains("2049 bytes");
    }

    @Test
    void garbageAtTheThirdStepIsRefused() throws Exception {
        List<UnaryOperator<byte[]>> faults = List.of(
                ChannelLimitTest::changed,
                third -> new byte[0],
                third -> new byte[Messages.HANDSHAKE_BYTES_MAX],
                third -> new byte[Messages.HANDSHAKE_BYTES_MAX + 1]);
        for (UnaryOperator<byte[]> fault : faults) {
            RawPeer peer = peer();
            Initiator initiator = node.initiator(peer.connection);
            peer.send(initiator.begin());
            peer.send(fault.apply(initiator.answer(peer.message())));

            assertThat(peer.end()).isEqualTo(REFUSED);
            assertThat(peer.messages).isEmpty();
        }
        assertThat(hub.channels).isEmpty();
    }

    @Test
    void garbageInTheChannelEndsIt() throws Exception {
        RawPeer peer = peer();
        Initiator initiator = node.initiator(peer.connection);
        peer.send(initiator.begin());
        peer.send(initiator.answer(peer.message()));
        var unused = peer.message();
        Recorder there = hub.next();

        peer.send(new byte[80]);

        assertThat(there.end().reason()).isEqualTo(CloseReason.PROTOCOL);
        assertThat(there.end().inOrder()).isFalse();
        assertThat(there.frames).isEmpty();
    }

    @Test
    void garbageFromTheHubIsRefusedByTheNode() throws Exception {
        var accepted = new LinkedBlockingQueue<RawPeer>();
        var identity = SelfSignedCertificate.create(List.of(), Instant.now(), TestHub.RANDOM);
        var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (WebSocketServer server =
                WebSocketServer.start(LIMITS, anyPort, Optional.of(identity), new RawEndpoint(accepted))) {
            var unused = node.dial(RawEndpoint.address(server));
            RawPeer first = Await.next("the node", accepted);
            var unusedToo = first.message();
            first.send(new byte[200]);

            assertThat(first.end()).isEqualTo(REFUSED);
            assertThat(first.messages).isEmpty();
            assertThat(Await.next("a pause", node.pauses)).startsWith("MALFORMED: handshake message 2");

            RawPeer silent = Await.next("the node again", accepted);
            assertThat(silent.end()).isEqualTo(REFUSED);
            assertThat(Await.next("a pause", node.pauses)).contains("no channel after 300 ms");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void peerThatFallsSilentIsRefusedInTime(int messages) throws Exception {
        RawPeer peer = RawPeer.connect(node.network, hasty.address());
        if (messages == 1) {
            peer.send(node.initiator(peer.connection).begin());
            var unused = peer.message();
        }

        assertThat(peer.end()).isEqualTo(REFUSED);
        assertThat(hasty.refusal()).contains("no channel after 300 ms");
    }

    @Test
    void channelThatIsUpOutlivesTheHandshakesTime() throws Exception {
        node.trust = hasty.trust();
        node.with(hasty.token());
        RawPeer marker = RawPeer.connect(node.network, hasty.address());
        var unused = node.dial(hasty.address());
        Recorder there = hasty.next();
        Recorder here = node.next();
        assertThat(marker.end()).isEqualTo(REFUSED);
        RawPeer later = RawPeer.connect(node.network, hasty.address());
        assertThat(later.end()).isEqualTo(REFUSED);

        assertThat(here.channel().send(20, new byte[1])).isTrue();
        assertThat(there.frame().payload()).hasSize(1);
    }

    @Test
    void messageBeforeItsTurnIsRefused() throws Exception {
        CountDownLatch working = blockTheAuthority();
        RawPeer peer = peer();
        Initiator initiator = node.initiator(peer.connection);
        peer.send(initiator.begin());
        byte[] third = initiator.answer(peer.message());
        peer.send(third);
        working.await();

        peer.send(third);

        assertThat(peer.end()).isEqualTo(REFUSED);
        assertThat(hub.refusal()).contains("a message at FINISHING");
        gate.countDown();
        assertThat(hub.channels).isEmpty();
    }

    /** From now on who asks for a token waits for the gate; the result says that one does. */
    private CountDownLatch blockTheAuthority() {
        CountDownLatch working = new CountDownLatch(1);
        hub.authority.obstacle = () -> {
            working.countDown();
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        return working;
    }

    @Test
    void whatDoesNotFitInTheQueueIsToTryAgain() throws Exception {
        CountDownLatch working = blockTheAuthority();
        RawPeer busy = peer();
        Initiator initiator = node.initiator(busy.connection);
        busy.send(initiator.begin());
        busy.send(initiator.answer(busy.message()));
        working.await();
        List<RawPeer> others = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            RawPeer peer = peer();
            others.add(peer);
            peer.send(node.initiator(peer.connection).begin());
            if (i == 0) {
                // The next peer's network thread may be another: the first must be in the queue before it.
                Await.until("the first waits", () -> hub.server.halfOpen() == 0);
            }
        }

        assertThat(others.get(1).end()).isEqualTo("TRY_AGAIN: closed by the peer with code 1013");
        assertThat(hub.refusal()).contains("too many handshakes");
        gate.countDown();
        assertThat(others.get(0).message()).isNotEmpty();
        assertThat(hub.next().channel().peer().node()).isEqualTo(node.keys.nodeId());
    }

    @Test
    void authorityThatFailsLetsNobodyInAndSaysNothing() throws Exception {
        hub.authority.obstacle = () -> {
            throw new IllegalStateException("no disk");
        };
        node.credential = new Credential.Member(0);
        RawPeer peer = peer();
        Initiator initiator = node.initiator(peer.connection);
        peer.send(initiator.begin());
        peer.send(initiator.answer(peer.message()));

        assertThat(peer.end()).isEqualTo(REFUSED);
        assertThat(peer.messages).isEmpty();
        assertThat(hub.refusal()).contains("no disk");
    }
}
