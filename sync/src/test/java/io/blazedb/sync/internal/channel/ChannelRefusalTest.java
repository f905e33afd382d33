package io.blazedb.sync.internal.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.sync.internal.crypto.Credential;
import io.blazedb.sync.internal.crypto.DatabaseMode;
import io.blazedb.sync.internal.crypto.HandshakeException;
import io.blazedb.sync.internal.crypto.HandshakeException.Reason;
import io.blazedb.sync.internal.crypto.Initiator;
import io.blazedb.sync.internal.crypto.Pin;
import io.blazedb.sync.internal.crypto.Token;
import io.blazedb.sync.internal.crypto.Trust;
import io.blazedb.sync.internal.net.CloseReason;
import io.blazedb.sync.internal.net.HubAddress;
import io.blazedb.sync.internal.net.NetLimit;
import io.blazedb.sync.internal.net.NetLimits;
import io.blazedb.sync.internal.net.TlsTerminator;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who does not come in, what each side knows of it, and that the wire says nothing. */
class ChannelRefusalTest {
    private static final NetLimits LIMITS =
            NetLimits.defaults().with(NetLimit.SHUTDOWN_MILLIS_MAX, 50).with(NetLimit.CLOSE_MILLIS_MAX, 500);
    private static final String REFUSED_ON_THE_WIRE = "REFUSED: closed by the peer with code 1008";

    private final TestHub hub;
    private final TestNode node;

    ChannelRefusalTest() throws Exception {
        hub = new TestHub(LIMITS);
        node = new TestNode(LIMITS, hub.trust());
    }

    @AfterEach
    void close() {
        node.close();
        hub.close();
    }

    private void assertRefusedForGood(Reason here, String there) throws Exception {
        var unused = node.dial(hub.address());

        assertThat(Await.next("a refusal at the node", node.refusals).reason()).isEqualTo(here);
        assertThat(hub.refusal()).contains(there);
        Await.until("no connection", () -> hub.server.connections() == 0);
        assertThat(node.pauses).isEmpty();
        assertThat(node.channels).isEmpty();
        assertThat(hub.channels).isEmpty();
    }

    @Test
    void wrongPinEndsTheDialling() throws Exception {
        node.trust = Trust.of(Set.of(Pin.of(node.keys.agreement().publicKey())));

        assertRefusedForGood(Reason.PIN, "closed by the peer with code 1008");
    }

    @Test
    void unknownTokenEndsTheDialling() throws Exception {
        node.with(Token.generate(DatabaseMode.BLIND, TestHub.RANDOM));
        var unused = node.dial(hub.address());

        assertThat(Await.next("a refusal at the node", node.refusals).reason()).isEqualTo(Reason.REFUSED);
        assertThat(hub.refusal()).contains("unknown, used, expired or revoked");
        assertThat(hub.refusal()).as("it might have been let in before").contains("is no member");
        assertThat(node.pauses).hasSize(1);
        assertThat(node.others).containsExactly(false);
        assertThat(node.channels).isEmpty();
    }

    @Test
    void nodeThatIsNoMemberEndsTheDialling() throws Exception {
        assertRefusedForGood(Reason.REFUSED, "is no member");
    }

    @Test
    void removedMemberEndsTheDialling() throws Exception {
        node.with(hub.token());
        var unused = node.dial(hub.address());
        SecureChannel channel = hub.next().channel();
        hub.authority.remove(node.keys.nodeId());
        channel.close(CloseReason.NORMAL);

        assertThat(Await.next("a refusal", node.refusals).reason()).isEqualTo(Reason.REFUSED);
        assertThat(hub.refusal()).contains("is no member");
    }

    @Test
    void usedAndExpiredTokensLookLikeAnyRefusalOnTheWire() throws Exception {
        Token used = hub.token();
        String first = wire(new Credential.Enrolment(used));
        assertThat(first).as("as long as a refusal").isEqualTo("M4 of 80 bytes; open");
        List<String> wires = new ArrayList<>();

        wires.add(wire(new Credential.Enrolment(used)));
        wires.add(wire(new Credential.Enrolment(hub.token(-1))));
        wires.add(wire(new Credential.Enrolment(Token.generate(DatabaseMode.BLIND, TestHub.RANDOM))));
        hub.authority.remove(node.keys.nodeId());
        wires.add(wire(new Credential.Member(0)));

        assertThat(wires).containsOnly("M4 of 80 bytes; REFUSED; " + REFUSED_ON_THE_WIRE);
        Await.until("the hub knows of all", () -> hub.refusals.size() == 4);
    }

    /** A handshake by hand up to the fourth message, and how the connection goes on. */
    private String wire(Credential credential) throws Exception {
        node.credential = credential;
        RawPeer peer = RawPeer.connect(node.network, hub.address());
        Initiator initiator = node.initiator(peer.connection);
        peer.send(initiator.begin());
        peer.send(initiator.answer(peer.message()));
        byte[] fourth = peer.message();
        String size = "M4 of " + fourth.length + " bytes; ";
        try {
            initiator.finish(fourth, 0).close();
        } catch (HandshakeException e) {
            return size + e.reason() + "; " + peer.end();
        }
        Recorder there = hub.next();
        peer.connection.close(CloseReason.NORMAL);
        assertThat(there.end().reason()).isEqualTo(CloseReason.NORMAL);
        assertThat(there.end().inOrder()).as("a farewell that is not sealed").isFalse();
        return size + "open";
    }

    @Test
    void unknownDatabaseIsNotThere() throws Exception {
        HubAddress elsewhere = new HubAddress(true, "localhost", hub.address().port(), "elsewhere");
        var unused = node.dial(elsewhere);

        assertThat(Await.next("a pause", node.pauses)).contains("404");
        assertThat(hub.refusals).isEmpty();
    }

    @Test
    void certificateInTheMiddleBreaksTheHandshake() throws Exception {
        Token token = hub.token();
        try (TlsTerminator middle = new TlsTerminator(hub.server.address().getPort(), "TLSv1.3")) {
            node.with(token);
            var unused = node.dial(new HubAddress(true, "localhost", middle.port(), "orders"));

            assertThat(Await.next("a pause", node.pauses)).startsWith("UNAUTHENTIC");
            assertThat(hub.refusal()).contains("1008");
            assertThat(node.channels).isEmpty();
        }

        assertThat(wire(new Credential.Enrolment(token))).endsWith("; open");
    }
}
