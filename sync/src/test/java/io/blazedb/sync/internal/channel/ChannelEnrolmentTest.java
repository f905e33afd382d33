package io.blazedb.sync.internal.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.sync.internal.crypto.HandshakeException.Reason;
import io.blazedb.sync.internal.crypto.Trust;
import io.blazedb.sync.internal.net.ChaosProxy;
import io.blazedb.sync.internal.net.CloseReason;
import io.blazedb.sync.internal.net.HubAddress;
import io.blazedb.sync.internal.net.NetLimit;
import io.blazedb.sync.internal.net.NetLimits;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes that come with a token, and what becomes of them when the hub's last word is lost. */
class ChannelEnrolmentTest {
    private static final NetLimits LIMITS =
            NetLimits.defaults().with(NetLimit.SHUTDOWN_MILLIS_MAX, 50).with(NetLimit.CLOSE_MILLIS_MAX, 500);

    private final TestHub hub;
    private final TestNode node;
    private final ChaosProxy proxy;
    private final HubAddress throughProxy;

    ChannelEnrolmentTest() throws Exception {
        hub = new TestHub(LIMITS);
        node = new TestNode(LIMITS, hub.trust()).with(hub.token());
        proxy = new ChaosProxy(hub.server.address());
        throughProxy = new HubAddress(true, "localhost", proxy.port(), "orders");
    }

    @AfterEach
    void close() throws Exception {
        node.close();
        proxy.close();
        hub.close();
    }

    /** The hub takes the token and lets the node in, but its answer gets lost with the connection. */
    private Recorder enrolledWithoutKnowing() throws Exception {
        node.tap.down = (message, number) -> {
            if (number < 2) {
                return List.of(message);
            }
            node.tap.down = Tap.NONE;
            proxy.reset();
            return List.of();
        };
        var unused = node.dial(throughProxy);
        return hub.next();
    }

    @Test
    void nodeThatDoesNotKnowThatItIsLetInComesBackAsMember() throws Exception {
        Recorder first = enrolledWithoutKnowing();

        assertThat(first.end().reason()).isEqualTo(CloseReason.LOST);
        Recorder here = node.next();
        Recorder there = hub.next();
        assertThat(there.channel().peer().node()).isEqualTo(node.keys.nodeId());
        assertThat(here.channel().send(20, new byte[3])).isTrue();
        assertThat(there.frame().payload()).hasSize(3);
        assertThat(node.refusals).isEmpty();
        assertThat(List.copyOf(node.pauses).get(1)).startsWith("REFUSED");
    }

    @Test
    void onceLetInItComesBackAsMemberThoughItsOwnerStillNamesTheToken() throws Exception {
        var unused = node.dial(throughProxy);
        var unusedToo = node.next();

        hub.next().channel().close(CloseReason.NORMAL);

        assertThat(hub.next().channel().peer().node()).isEqualTo(node.keys.nodeId());
        assertThat(hub.refusals).isEmpty();
    }

    @Test
    void nodeWithoutAPinHasNothingButItsToken() throws Exception {
        node.trust = Trust.byToken();

        var unused = enrolledWithoutKnowing();

        assertThat(Await.next("a refusal", node.refusals).reason()).isEqualTo(Reason.REFUSED);
        assertThat(hub.refusal()).contains("unknown, used, expired or revoked");
        assertThat(node.channels).isEmpty();
    }
}
