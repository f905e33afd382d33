package io.blazedb.sync.internal.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.sync.internal.crypto.HandshakeException.Reason;
import io.blazedb.sync.internal.crypto.Pin;
import io.blazedb.sync.internal.crypto.Trust;
import io.blazedb.sync.internal.net.CloseReason;
import io.blazedb.sync.internal.net.HubAddress;
import io.blazedb.sync.internal.net.ManualTimer;
import io.blazedb.sync.internal.net.NetLimit;
import io.blazedb.sync.internal.net.NetLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node with a list of hubs, some of which go away, are not there, or refuse it. */
class ChannelFailoverTest {
    private static final NetLimits LIMITS =
            NetLimits.defaults().with(NetLimit.SHUTDOWN_MILLIS_MAX, 3_000).with(NetLimit.CLOSE_MILLIS_MAX, 500);

    private final TestHub first;
    private final TestHub second;
    private final TestNode node;

    ChannelFailoverTest() throws Exception {
        MemoryAuthority authority = new MemoryAuthority();
        first = new TestHub(LIMITS, authority);
        second = new TestHub(LIMITS, authority);
        node = new TestNode(LIMITS, Trust.of(Set.of(first.pin(), second.pin()))).with(first.token());
    }

    @AfterEach
    void close() {
        node.close();
        first.close();
        second.close();
    }

    @Test
    void hubThatGoesAwayIsFollowedByTheNext() throws Exception {
        var unused = node.dial(first.address(), second.address());
        Recorder here = node.next();
        Recorder there = first.next();
        Thread closer = new Thread(first.server::close);
        closer.start();
        there.stopping.get();

        assertThat(there.channel().send(20, new byte[1_000])).isTrue();
        there.channel().close(CloseReason.GOING_AWAY);

        assertThat(here.frame().payload()).hasSize(1_000);
        assertThat(here.end().reason()).isEqualTo(CloseReason.GOING_AWAY);
        assertThat(here.end().inOrder()).isTrue();
        assertThat(second.next().channel().peer().node()).isEqualTo(node.keys.nodeId());
        assertThat(node.next().channel().send(20, new byte[1])).isTrue();
        assertThat(node.pauses).hasSize(1);
        assertThat(node.pauseMillis.remove()).isBetween(200L, 600L);
        closer.join();
    }

    @Test
    void hubThatIsNotThereIsFollowedByTheNext() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }

        var unused = node.dial(new HubAddress(true, "localhost", free, "orders"), second.address());

        assertThat(second.next().channel().peer().node()).isEqualTo(node.keys.nodeId());
        assertThat(node.pauses).hasSize(1);
    }

    @Test
    void hubWithAWrongPinIsLeftOut() throws Exception {
        node.trust = second.trust();
        var unused = node.dial(first.address(), second.address());

        assertThat(Await.next("a refusal", node.refusals).reason()).isEqualTo(Reason.PIN);
        assertThat(node.others).containsExactly(true);
        for (int i = 0; i < 2; i++) {
            var unusedToo = node.next();
            second.next().channel().close(CloseReason.NORMAL);
        }
        assertThat(second.next().channel().peer().node()).isEqualTo(node.keys.nodeId());
        assertThat(first.refusals).as("asked once").hasSize(1);
    }

    @Test
    void lastHubThatRefusesEndsTheDialling() throws Exception {
        Pin nobodys = Pin.of(node.keys.agreement().publicKey());
        node.trust = Trust.of(Set.of(nobodys));
        var unused = node.dial(first.address(), second.address());

        assertThat(Await.next("a refusal", node.refusals).reason()).isEqualTo(Reason.PIN);
        assertThat(Await.next("another", node.refusals).reason()).isEqualTo(Reason.PIN);
        assertThat(node.others).containsExactly(true, false);
        Await.until("no connection", () -> second.server.connections() == 0);
        assertThat(node.pauses).hasSize(1);
    }

    @Test
    void somebodyInTheWayOfAKnownHubIsWaitedOut() throws Exception {
        var unused = node.dial(first.address());
        var unusedToo = node.next();
        node.trust = second.trust();
        first.next().channel().close(CloseReason.NORMAL);
        var goodbye = Await.next("a pause", node.pauses);
        assertThat(goodbye).startsWith("NORMAL");

        assertThat(Await.next("another", node.pauses)).startsWith("PIN");
        node.trust = first.trust();

        assertThat(first.next().channel().peer().node()).isEqualTo(node.keys.nodeId());
        assertThat(node.refusals).isEmpty();
    }

    @Test
    void nodesThatLostOneHubDoNotComeBackTogether() {
        List<List<Long>> pauses = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            ManualTimer timer = new ManualTimer();
            CompletableFuture<io.blazedb.sync.internal.net.Connection> none = new CompletableFuture<>();
            none.completeExceptionally(new IOException("no network"));
            node.pauseMillis.clear();
            try (ChannelClient client = new ChannelClient(
                    List.of(first.address()), node, (hub, opened) -> none, timer, LIMITS, TestHub.RANDOM)) {
                client.start();
                for (int attempt = 0; attempt < 20; attempt++) {
                    timer.runNext();
                }
            }
            pauses.add(List.copyOf(node.pauseMillis));
        }

        assertThat(pauses.get(0)).hasSize(21).allMatch(millis -> millis >= 200 && millis <= 30_000);
        assertThat(pauses.get(0).get(0)).isLessThanOrEqualTo(600);
        assertThat(pauses.get(0)).isNotEqualTo(pauses.get(1));
    }
}
