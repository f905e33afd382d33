package io.blazedb.sync.internal.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.sync.internal.crypto.HandshakeException.Reason;
import io.blazedb.sync.internal.crypto.Pin;
import io.blazedb.sync.internal.crypto.Trust;
import io.blazedb.sync.internal.net.CloseReason;
import io.blazedb.sync.internal.net.NetLimit;
import io.blazedb.sync.internal.net.NetLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Somebody who has got inside TLS: what he does to messages is noticed, and he learns nothing. */
class ChannelAttackTest {
    private static final NetLimits LIMITS =
            NetLimits.defaults().with(NetLimit.SHUTDOWN_MILLIS_MAX, 50).with(NetLimit.CLOSE_MILLIS_MAX, 500);

    private final TestHub hub;
    private final TestNode node;

    ChannelAttackTest() throws Exception {
        hub = new TestHub(LIMITS);
        node = new TestNode(LIMITS, hub.trust()).with(hub.token());
    }

    @AfterEach
    void close() {
        node.close();
        hub.close();
    }

    private static byte[] changed(byte[] message, int at) {
        byte[] other = message.clone();
        other[at < 0 ? other.length + at : at] ^= 1;
        return other;
    }

    /** What is done to the second of four records; the frames are 1, 2, 3, 4 bytes long. */
    static Stream<Named<Tap.Fault>> faults() {
        List<byte[]> held = new ArrayList<>();
        return Stream.of(
                Named.of("changed", (record, number) -> List.of(number == 2 ? changed(record, 20) : record)),
                Named.of("tag changed", (record, number) -> List.of(number == 2 ? changed(record, -1) : record)),
                Named.of("dropped", (record, number) -> number == 2 ? List.of() : List.of(record)),
                Named.of("repeated", (record, number) -> number == 2 ? List.of(record, record) : List.of(record)),
                Named.of(
                        "cut",
                        (record, number) -> List.of(number == 2 ? Arrays.copyOf(record, record.length - 64) : record)),
                Named.of("moved", (record, number) -> {
                    if (number == 2) {
                        held.add(record);
                        return List.of();
                    }
                    return number == 3 ? List.of(record, held.get(0)) : List.of(record);
                }));
    }

    /** The fault, on what follows the handshake's messages of this direction. */
    private static Tap.Fault after(int messages, Tap.Fault fault) {
        return (message, number) -> number <= messages ? List.of(message) : fault.insteadOf(message, number - messages);
    }

    private static void sendFour(SecureChannel channel) {
        for (int length = 1; length <= 4; length++) {
            var unused = channel.send(20, new byte[100 * length]);
        }
    }

    @ParameterizedTest
    @MethodSource("faults")
    void recordUpThatIsNotTheNextEndsTheChannel(Tap.Fault fault) throws Exception {
        node.tap.up = after(2, fault);
        var unused = node.dial(hub.address());
        Recorder here = node.next();
        Recorder there = hub.next();

        sendFour(here.channel());

        assertThat(there.end().reason()).isEqualTo(CloseReason.PROTOCOL);
        assertThat(there.end().inOrder()).isFalse();
        assertThat(there.frame().payload()).hasSize(100);
        assertThat(List.copyOf(there.frames)).allMatch(frame -> frame.payload().length == 200);
        assertThat(there.frames).hasSizeLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void recordDownThatIsNotTheNextEndsTheChannel(Tap.Fault fault) throws Exception {
        node.tap.down = after(2, fault);
        var unused = node.dial(hub.address());
        Recorder here = node.next();

        sendFour(hub.next().channel());

        assertThat(here.end().reason()).isEqualTo(CloseReason.PROTOCOL);
        assertThat(here.end().inOrder()).isFalse();
        assertThat(here.frame().payload()).hasSize(100);
        assertThat(List.copyOf(here.frames)).allMatch(frame -> frame.payload().length == 200);
        assertThat(here.frames).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void ownRecordSentBackEndsTheChannel() throws Exception {
        // The hub's record number 0 is its verdict, so the node expects number 1: the second of its own has it.
        List<byte[]> seen = new CopyOnWriteArrayList<>();
        node.tap.up = after(2, (record, number) -> {
            seen.add(record.clone());
            return List.of(record);
        });
        node.tap.down = after(2, (record, number) -> List.of(seen.get(1)));
        var unused = node.dial(hub.address());
        Recorder here = node.next();
        Recorder there = hub.next();
        for (int length = 1; length <= 2; length++) {
            assertThat(here.channel().send(20, new byte[length])).isTrue();
            assertThat(there.frame().payload()).hasSize(length);
        }

        assertThat(there.channel().send(20, new byte[1])).isTrue();

        assertThat(here.end().reason()).isEqualTo(CloseReason.PROTOCOL);
        assertThat(here.frames).isEmpty();
    }

    @Test
    void wrongPinSeesNothingOfTheNode() throws Exception {
        node.trust = Trust.of(Set.of(Pin.of(node.keys.agreement().publicKey())));
        var unused = node.dial(hub.address());

        assertThat(Await.next("a refusal", node.refusals).reason()).isEqualTo(Reason.PIN);
        Await.until("no connection", () -> hub.server.connections() == 0);
        assertThat(node.tap.sentUp).as("messages but the first").hasValue(1);
        assertThat(hub.authority.questions).hasValue(0);
    }

    /** A handshake fails at this side, another follows, and nothing was opened in between. */
    private void assertBrokenAndTriedAgain(String whyHere) throws Exception {
        node.tap.firstOnly = true;
        var unused = node.dial(hub.address());

        assertThat(Await.next("a pause", node.pauses)).startsWith(whyHere);
        assertThat(node.next().channel().peer().dhPublicKey()).isNotEmpty();
    }

    @Test
    void offerThatIsChangedOnItsWayBreaksTheHandshake() throws Exception {
        // A count of one, version 1, a count of one, suite 1; the hub would take 1 of [1, 2] as well.
        node.tap.up = (message, number) -> {
            if (number > 1) {
                return List.of(message);
            }
            byte[] offered = Arrays.copyOf(message, message.length + 1);
            byte[] payload = {2, 1, 2, 1, 1};
            assertThat(Arrays.copyOfRange(message, 65, message.length)).containsExactly(1, 1, 1, 1);
            System.arraycopy(payload, 0, offered, 65, payload.length);
            return List.of(offered);
        };

        assertBrokenAndTriedAgain("UNAUTHENTIC");
        assertThat(node.tap.sentUp).as("one message, then two").hasValue(3);
    }

    @Test
    void answerThatIsChangedOnItsWayBreaksTheHandshake() throws Exception {
        node.tap.down = (message, number) -> List.of(number == 1 ? changed(message, -20) : message);

        assertBrokenAndTriedAgain("UNAUTHENTIC");
        assertThat(node.tap.sentUp).as("one message, then two").hasValue(3);
    }

    @Test
    void verdictThatIsChangedOnItsWayBreaksTheHandshake() throws Exception {
        node.tap.down = (message, number) -> List.of(number == 2 ? changed(message, 0) : message);

        assertBrokenAndTriedAgain("UNAUTHENTIC");
    }

    @Test
    void claimOfAnotherHandshakeIsRefused() throws Exception {
        List<byte[]> claims = new ArrayList<>();
        node.tap.up = (message, number) -> {
            if (number == 2) {
                claims.add(message.clone());
            }
            return List.of(number == 2 ? claims.get(0) : message);
        };
        var unused = node.dial(hub.address());
        hub.next().channel().close(CloseReason.NORMAL);

        assertThat(hub.refusal()).startsWith("UNAUTHENTIC: handshake message 3");
        assertThat(hub.channels).isEmpty();
    }

    @Test
    void nodeOfAnotherDatabaseBreaksTheHandshake() throws Exception {
        node.teamTag = new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        AtomicInteger last = new AtomicInteger();
        node.tap.up = (message, number) -> {
            last.accumulateAndGet(number, Math::max);
            return List.of(message);
        };
        var unused = node.dial(hub.address());

        assertThat(Await.next("a pause", node.pauses)).startsWith("UNAUTHENTIC: handshake message 2");
        assertThat(last).as("the node's messages").hasValue(1);
        assertThat(hub.authority.questions).hasValue(0);
    }
}
