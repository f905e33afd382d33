package io.blazedb.sync.internal.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.sync.internal.crypto.Credential;
import io.blazedb.sync.internal.crypto.Initiator;
import io.blazedb.sync.internal.crypto.SecureSession;
import io.blazedb.sync.internal.net.ChaosProxy;
import io.blazedb.sync.internal.net.CloseReason;
import io.blazedb.sync.internal.net.HubAddress;
import io.blazedb.sync.internal.net.NetLimit;
import io.blazedb.sync.internal.net.NetLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Channels whose connection breaks or stalls. */
class ChannelCutTest {
    private static final NetLimits LIMITS =
            NetLimits.defaults().with(NetLimit.SHUTDOWN_MILLIS_MAX, 50).with(NetLimit.CLOSE_MILLIS_MAX, 300);
    private static final int FRAME_BYTES = 8 << 20;

    private final TestHub hub;
    private final TestNode node;
    private final ChaosProxy proxy;
    private final Recorder here;
    private final Recorder there;

    ChannelCutTest() throws Exception {
        hub = new TestHub(LIMITS);
        proxy = new ChaosProxy(hub.server.address());
        node = new TestNode(LIMITS, hub.trust()).with(hub.token());
        var unused = node.dial(new HubAddress(true, "localhost", proxy.port(), "orders"));
        here = node.next();
        there = hub.next();
        var unusedToo = there.channel();
    }

    @AfterEach
    void close() throws Exception {
        node.close();
        proxy.close();
        hub.close();
    }

    @Test
    void connectionCutInTheMiddleOfAFrameIsNoOrderlyEnd() throws Exception {
        proxy.toServer().stallAfter(100_000);
        assertThat(here.channel().send(20, new byte[FRAME_BYTES])).isTrue();
        assertThat(here.channel().send(20, new byte[1])).isFalse();
        Await.until("half a frame is under way", () -> proxy.toServer().isDry());

        proxy.reset();
        proxy.heal();

        assertThat(there.end().reason()).isEqualTo(CloseReason.LOST);
        assertThat(there.end().inOrder()).isFalse();
        assertThat(here.end().inOrder()).isFalse();
        assertThat(there.frames).isEmpty();
        Recorder again = node.next();
        assertThat(again.channel().send(20, new byte[2])).isTrue();
        assertThat(hub.next().frame().payload()).hasSize(2);
    }

    @Test
    void peerThatSaysTheEndAndStaysIsClosed() throws Exception {
        node.credential = new Credential.Member(0);
        RawPeer peer = RawPeer.connect(node.network, hub.address());
        Initiator initiator = node.initiator(peer.connection);
        peer.send(initiator.begin());
        peer.send(initiator.answer(peer.message()));
        SecureSession session = initiator.finish(peer.message(), 0);
        Recorder quiet = hub.next();

        peer.send(session.sealer().close());

        assertThat(peer.end()).isEqualTo("NORMAL: closed by the peer with code 1000");
        assertThat(quiet.end().inOrder()).isTrue();
    }

    @Test
    void closeOfAChannelWhosePeerReadsNothingEndsInTime() throws Exception {
        proxy.toServer().stallAfter(100_000);
        assertThat(here.channel().send(20, new byte[FRAME_BYTES])).isTrue();

        here.channel().close(CloseReason.NORMAL);

        assertThat(here.end().reason()).isEqualTo(CloseReason.NORMAL);
        assertThat(there.frames).isEmpty();
        assertThat(there.ended
                        .getNow(new Recorder.Ended(CloseReason.LOST, "", false))
                        .inOrder())
                .isFalse();
    }
}
