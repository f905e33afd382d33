package io.blazedb.sync.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.sync.internal.crypto.HandshakeException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Somebody in the middle, or with what he stole: there is never a session, and nothing leaks. */
class HandshakeAttackTest {
    private static final Scene.Middle HONEST = (number, message) -> message;

    private final Scene scene = new Scene();
    private final Scene known = Scene.withMember();
    private final int knownBefore = known.authority.membersAndUsedTokens();

    @AfterEach
    void nothingWasUsedUp() {
        assertThat(scene.authority.membersAndUsedTokens()).isZero();
        assertThat(known.authority.membersAndUsedTokens()).isLessThanOrEqualTo(knownBefore);
    }

    @Test
    void withoutAnAttackThereIsASession() {
        assertThat(known.meet(known.initiator(known.membership), known.responder(), HONEST)
                        .sessions())
                .isEqualTo(2);
    }

    @Test
    void swappedEphemeralKeyOfTheInitiatorIsNoticed() {
        byte[] other = P256.generate(Scene.RANDOM).publicKey();

        Meeting meeting = attack((number, message) -> number == 1 ? replaced(message, 0, other) : message);

        assertRefused(meeting, Reason.UNAUTHENTIC, 2);
    }

    @Test
    void swappedEphemeralKeyOfTheResponderIsNoticed() {
        byte[] other = P256.generate(Scene.RANDOM).publicKey();

        Meeting meeting = attack((number, message) -> number == 2 ? replaced(message, 0, other) : message);

        assertRefused(meeting, Reason.UNAUTHENTIC, 2);
    }

    @Test
    void sealedStaticKeyOfAnotherSessionIsNoticed() throws Exception {
        byte[] second =
                Scene.answer(scene.responder(), scene.initiator(scene.enrolment).begin());
        byte[] sealedKey = Arrays.copyOfRange(second, 65, 65 + 81);

        Meeting meeting = attack((number, message) -> number == 2 ? replaced(message, 65, sealedKey) : message);

        assertRefused(meeting, Reason.UNAUTHENTIC, 2);
    }

    /** The attacker runs both halves himself, with his own static key: to the initiator he is another hub. */
    @Test
    void wrongPinGetsNoByteOfTheThirdMessage() throws Exception {
        Initiator initiator = scene.initiator(scene.enrolment);
        Responder attacker = new Responder(scene.prologue(), scene.mallory, Scene.RANDOM);
        byte[] first = initiator.begin();
        byte[] second = Scene.answer(attacker, first);

        assertThatThrownBy(() -> initiator.answer(second))
                .isInstanceOfSatisfying(
                        HandshakeException.class, e -> assertThat(e.reason()).isEqualTo(Reason.PIN));

        assertThatThrownBy(() -> initiator.answer(second)).isInstanceOf(IllegalStateException.class);
        assertSaysNothing(first);
    }

    /** Shows that the search above finds what it looks for where it is. */
    @Test
    void theThirdMessageSaysWhatTheFirstDoesNot() throws Exception {
        Initiator initiator = scene.initiator(scene.enrolment);
        XxHandshake hub = noise(scene, scene.hub);
        hub.read(initiator.begin());
        byte[] third = initiator.answer(hub.write(choice(scene.hub, 1, 1)));

        byte[] claim = hub.read(third);

        assertSaysNothing(third);
        assertThat(contains(claim, scene.node.keys().publicKey())).isTrue();
        assertThat(contains(claim, scene.node.card().node().toBytes())).isTrue();
        assertThat(contains(
                        claim,
                        ByteBuffer.allocate(8).putLong(scene.token.id().value()).array()))
                .isTrue();
    }

    @Test
    void aHubWithARightPinAmongOthersIsAccepted() {
        Pin other = Pin.of(known.mallory.keys().publicKey());
        Pin hub = Pin.of(known.hub.keys().publicKey());

        Meeting one =
                known.meet(known.initiator(Trust.of(Set.of(other, hub)), known.membership), known.responder(), HONEST);
        Meeting none =
                known.meet(known.initiator(Trust.of(Set.of(other)), known.membership), known.responder(), HONEST);

        assertThat(one.sessions()).isEqualTo(2);
        assertRefused(none, Reason.PIN, 2);
    }

    @Test
    void cardOfAnotherHubIsNoticedBeforeTheThirdMessage() throws Exception {
        Initiator initiator = scene.initiator(scene.enrolment);
        XxHandshake hub = noise(scene, scene.hub);
        hub.read(initiator.begin());
        byte[] second = hub.write(choice(scene.mallory, 1, 1));

        assertThatThrownBy(() -> initiator.answer(second))
                .isInstanceOfSatisfying(
                        HandshakeException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CARD));
    }

    /** Without a pin the attacker gets as far as the proof, and can use it nowhere. */
    @Test
    void relayedProofHoldsInNoOtherSession() throws Exception {
        Initiator victim = scene.initiator(Trust.byToken(), scene.enrolment);
        XxHandshake toVictim = noise(scene, scene.mallory);
        toVictim.read(victim.begin());
        Claim stolen = Claim.parse(toVictim.read(victim.answer(toVictim.write(choice(scene.mallory, 1, 1)))));

        Responder responder = scene.responder();
        XxHandshake toHub = initiatorNoise(scene, scene.mallory);
        toHub.read(Scene.answer(responder, toHub.write(Offer.CURRENT.toBytes())));
        byte[] relayed = new Claim(scene.mallory.card().bytes(), 0, stolen.ground()).toBytes();
        Reply reply = scene.finish(responder, toHub.write(relayed));

        assertThat(reply).isInstanceOf(Reply.Refused.class);
    }

    /** Even with the challenge of the real hub passed on. */
    @Test
    void proofForARelayedChallengeHoldsInNoOtherSession() throws Exception {
        Responder responder = scene.responder();
        XxHandshake toHub = initiatorNoise(scene, scene.mallory);
        byte[] real = toHub.read(Scene.answer(responder, toHub.write(Offer.CURRENT.toBytes())));
        Choice chosen = Choice.parse(real);
        Initiator victim = scene.initiator(Trust.byToken(), scene.enrolment);
        XxHandshake toVictim = noise(scene, scene.mallory);
        toVictim.read(victim.begin());
        byte[] passedOn = new Choice(
                        chosen.terms(), chosen.challenge(), scene.mallory.card().bytes())
                .toBytes();
        Claim stolen = Claim.parse(toVictim.read(victim.answer(toVictim.write(passedOn))));

        byte[] relayed = new Claim(scene.mallory.card().bytes(), 0, stolen.ground()).toBytes();
        Reply reply = scene.finish(responder, toHub.write(relayed));

        assertThat(reply).isInstanceOf(Reply.Refused.class);
    }

    @Test
    void hubThatDoesNotKnowTheTokenIsNoHub() throws Exception {
        for (byte[] proof : List.of(new byte[0], new byte[32])) {
            Initiator victim = scene.initiator(Trust.byToken(), scene.enrolment);
            XxHandshake attacker = noise(scene, scene.mallory);
            attacker.read(victim.begin());
            attacker.read(victim.answer(attacker.write(choice(scene.mallory, 1, 1))));
            Verdict forged = new Verdict.Accepted(new byte[16], TestAuthority.GRANT, proof);
            byte[] fourth = record(attacker.split().toInitiator(), forged);

            assertThatThrownBy(() -> victim.finish(fourth, 0))
                    .isInstanceOfSatisfying(
                            HandshakeException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.PROOF));
        }
    }

    @Test
    void messagesSplicedFromAnotherSessionAreNoticed() throws Exception {
        for (int spliced = 1; spliced <= 4; spliced++) {
            Scene other = Scene.withMember();
            int number = spliced;
            List<byte[]> recorded = other.meet(other.initiator(other.membership), other.responder(), HONEST)
                    .sent();
            Meeting meeting = attackMember((n, message) -> n == number ? recorded.get(n - 1) : message);

            assertThat(meeting.initiator()).as("message %d", number).isEmpty();
            assertThat(meeting.responder().isPresent()).isEqualTo(number == 4);
            assertThat(meeting.reason()).isEqualTo(Reason.UNAUTHENTIC);
        }
    }

    @Test
    void replayedHandshakeIsNoSession() throws Exception {
        List<byte[]> recorded = known.meet(known.initiator(known.membership), known.responder(), HONEST)
                .sent();
        Responder responder = known.responder();
        Scene.answer(responder, recorded.get(0));

        assertThatThrownBy(() -> known.finish(responder, recorded.get(2)))
                .isInstanceOfSatisfying(
                        HandshakeException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNAUTHENTIC));
        Initiator initiator = known.initiator(known.membership);
        initiator.begin();
        assertThatThrownBy(() -> initiator.answer(recorded.get(1))).isInstanceOf(HandshakeException.class);
    }

    @Test
    void reflectedMessagesAreNoticed() throws Exception {
        Initiator initiator = known.initiator(known.membership);
        byte[] first = initiator.begin();
        assertThatThrownBy(() -> initiator.answer(first)).isInstanceOf(HandshakeException.class);

        Responder responder = known.responder();
        byte[] second =
                Scene.answer(responder, known.initiator(known.membership).begin());
        assertThatThrownBy(() -> known.finish(responder, second)).isInstanceOf(HandshakeException.class);

        Meeting meeting = known.meet(known.initiator(known.membership), known.responder(), HONEST);
        SecureSession session = meeting.initiator().orElseThrow();
        byte[] sent = session.sealer().seal(20, new byte[3], Scene.NOW_MILLIS).get(0);
        assertThatThrownBy(() -> session.opener().open(sent)).isInstanceOf(RecordException.class);
    }

    @Test
    void initiatorWithItsOwnAnswerReflectedIsNoSession() throws Exception {
        Initiator initiator = known.initiator(known.membership);
        Responder responder = known.responder();
        byte[] third = initiator.answer(Scene.answer(responder, initiator.begin()));

        assertThatThrownBy(() -> initiator.finish(third, 0)).isInstanceOf(HandshakeException.class);
    }

    private Meeting attack(Scene.Middle middle) {
        return scene.meet(scene.initiator(scene.enrolment), scene.responder(), middle);
    }

    private Meeting attackMember(Scene.Middle middle) {
        return known.meet(known.initiator(known.membership), known.responder(), middle);
    }

    private static void assertRefused(Meeting meeting, Reason reason, int messages) {
        assertThat(meeting.sessions()).isZero();
        assertThat(meeting.reason()).isEqualTo(reason);
        assertThat(meeting.sent()).hasSize(messages);
    }

    private void assertSaysNothing(byte[] message) {
        assertThat(contains(message, scene.node.keys().publicKey())).isFalse();
        assertThat(contains(message, scene.node.card().node().toBytes())).isFalse();
        assertThat(contains(
                        message,
                        ByteBuffer.allocate(8).putLong(scene.token.id().value()).array()))
                .isFalse();
    }

    static XxHandshake noise(Scene scene, Party party) {
        return new XxHandshake(
                P256.INSTANCE, false, scene.prologue().toBytes(), party.keys(), P256.generate(Scene.RANDOM));
    }

    static XxHandshake initiatorNoise(Scene scene, Party party) {
        return new XxHandshake(
                P256.INSTANCE, true, scene.prologue().toBytes(), party.keys(), P256.generate(Scene.RANDOM));
    }

    static byte[] choice(Party party, int version, int suite) {
        Terms terms = new Terms(version, suite, Scene.WALL_MILLIS, 0, Terms.FRAME_BYTES_MAX);
        return new Choice(terms, new byte[32], party.card().bytes()).toBytes();
    }

    private static byte[] record(CipherState cipher, Verdict verdict) {
        byte[] bytes = verdict.toBytes();
        return cipher.encrypt(new byte[0], RecordLayout.plain(RecordLayout.VERDICT, 3, bytes, 0, bytes.length));
    }

    private static byte[] replaced(byte[] message, int at, byte[] part) {
        byte[] changed = message.clone();
        System.arraycopy(part, 0, changed, at, part.length);
        return changed;
    }

    private static boolean contains(byte[] message, byte[] part) {
        return text(message).contains(text(part));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
