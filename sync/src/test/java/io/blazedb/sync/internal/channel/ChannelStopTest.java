package io.blazedb.sync.internal.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.sync.internal.crypto.Initiator;
import io.blazedb.sync.internal.net.CloseReason;
import io.blazedb.sync.internal.net.NetLimit;
import io.blazedb.sync.internal.net.NetLimits;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server that shuts down, or whose owner fails, while a peer is in the middle of its handshake. */
class ChannelStopTest {
    private static final NetLimits LIMITS =
            NetLimits.defaults().with(NetLimit.SHUTDOWN_MILLIS_MAX, 3_000).with(NetLimit.CLOSE_MILLIS_MAX, 500);
    private static final String GOING_AWAY = "GOING_AWAY: closed by the peer with code 1001";

    private final TestHub hub;
    private final TestNode node;
    private final CountDownLatch working = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);

    ChannelStopTest() throws Exception {
        hub = new TestHub(LIMITS);
        node = new TestNode(LIMITS, hub.trust()).with(hub.token());
    }

    @AfterEach
    void close() {
        gate.countDown();
        node.close();
        hub.close();
    }

    private RawPeer peer() throws Exception {
        return RawPeer.connect(node.network, hub.address());
    }

    private void waitAtTheGate() {
        working.countDown();
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted at work", e);
        }
    }

    /** The peer's third message is on its way. */
    private RawPeer claimed() throws Exception {
        RawPeer peer = peer();
        Initiator initiator = node.initiator(peer.connection);
        peer.send(initiator.begin());
        peer.send(initiator.answer(peer.message()));
        return peer;
    }

    @Test
    void peerThatHasSaidNothingHearsThatTheServerGoesAway() throws Exception {
        RawPeer peer = peer();

        hub.server.close();

        assertThat(peer.end()).isEqualTo(GOING_AWAY);
        assertThat(hub.refusal()).contains("shuts down");
    }

    @Test
    void peerThatHasAnAnswerHearsThatTheServerGoesAway() throws Exception {
        RawPeer peer = peer();
        peer.send(node.initiator(peer.connection).begin());
        var unused = peer.message();

        hub.server.close();

        assertThat(peer.end()).isEqualTo(GOING_AWAY);
        assertThat(hub.refusal()).contains("shuts down");
    }

    @Test
    void peerThatIsBeingJudgedHearsThatTheServerGoesAway() throws Exception {
        hub.authority.obstacle = this::waitAtTheGate;
        RawPeer peer = claimed();
        working.await();

        hub.server.close();

        assertThat(peer.end()).isEqualTo(GOING_AWAY);
        gate.countDown();
        hub.close();
        assertThat(peer.messages).isEmpty();
        assertThat(hub.channels).isEmpty();
    }

    @Test
    void peerWhoseChannelIsOpeningIsToldByItsOwner() throws Exception {
        hub.listeners = () -> new Recorder(channel -> waitAtTheGate());
        RawPeer marker = peer();
        RawPeer peer = claimed();
        Recorder there = hub.next();
        working.await();
        Thread closer = new Thread(hub.server::close);
        closer.start();
        assertThat(marker.end()).isEqualTo(GOING_AWAY);
        assertThat(there.stopping).as("one call after the other").isNotDone();

        gate.countDown();

        there.stopping.get();
        there.channel().close(CloseReason.GOING_AWAY);
        assertThat(peer.end()).isEqualTo(GOING_AWAY);
        assertThat(there.end().reason()).isEqualTo(CloseReason.GOING_AWAY);
        closer.join();
    }

    @Test
    void messageWhileTheChannelOpensEndsIt() throws Exception {
        hub.listeners = () -> new Recorder(channel -> waitAtTheGate());
        RawPeer peer = claimed();
        Recorder there = hub.next();
        working.await();

        peer.send(new byte[80]);

        assertThat(peer.end()).isEqualTo("PROTOCOL: closed by the peer with code 1002");
        assertThat(there.ended).isNotDone();
        gate.countDown();
        assertThat(there.end().reason()).isEqualTo(CloseReason.PROTOCOL);
        assertThat(there.end().inOrder()).isFalse();
    }

    @Test
    void ownerWithoutAListenerRefusesThePeer() throws Exception {
        hub.listeners = () -> {
            throw new IllegalStateException("no room on purpose");
        };
        RawPeer peer = claimed();

        assertThat(peer.end()).isEqualTo("REFUSED: closed by the peer with code 1008");
        assertThat(peer.messages).isEmpty();
        assertThat(hub.refusal()).contains("no room on purpose");
    }

    @Test
    void closeWaitsForWhoIsAtWork() throws Exception {
        hub.authority.obstacle = this::waitAtTheGate;
        RawPeer peer = claimed();
        working.await();
        hub.server.close();
        Thread closer = new Thread(hub::close);
        closer.start();

        assertThat(peer.end()).isEqualTo(GOING_AWAY);
        Await.until("it waits", () -> closer.getState() == Thread.State.TIMED_WAITING);
        gate.countDown();

        closer.join();
        assertThat(hub.authority.redeemed).hasValue(1);
    }
}
