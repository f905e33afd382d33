package io.blazedb.sync.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.sync.internal.crypto.HandshakeException.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is not entitled, or not where he thinks he is, gets no session. */
class HandshakeRefusalTest {
    private static final Scene.Middle HONEST = (number, message) -> message;
    private static final Offer OLD_AND_NEW = new Offer(List.of(1, 2), List.of(1, 2));

    private final Scene scene = new Scene();
    private final Scene known = Scene.withMember();

    @Test
    void offerCutDownToTheOldVersionIsNoticed() {
        Meeting meeting = meetOffering(
                OLD_AND_NEW,
                (number, message) -> number == 1 ? withOffer(message, new Offer(List.of(1), List.of(1, 2))) : message);

        assertThat(meeting.sessions()).isZero();
        assertThat(meeting.reason()).isEqualTo(Reason.UNAUTHENTIC);
    }

    @Test
    void offerCutDownToTheOldSuiteIsNoticed() {
        Meeting meeting = meetOffering(
                OLD_AND_NEW,
                (number, message) -> number == 1 ? withOffer(message, new Offer(List.of(1, 2), List.of(1))) : message);

        assertThat(meeting.sessions()).isZero();
        assertThat(meeting.reason()).isEqualTo(Reason.UNAUTHENTIC);
    }

    @Test
    void offersThatNobodyTouchesMeet() {
        assertThat(meetOffering(OLD_AND_NEW, HONEST).sessions()).isEqualTo(2);
    }

    @Test
    void choiceThatWasNotOfferedIsRefusedBeforeTheThirdMessage() throws Exception {
        for (int[] chosen : new int[][] {{2, 1}, {1, 2}, {0, 1}}) {
            Initiator initiator = known.initiator(known.membership);
            XxHandshake hub = HandshakeAttackTest.noise(known, known.hub);
            hub.read(initiator.begin());
            byte[] second = hub.write(HandshakeAttackTest.choice(known.hub, chosen[0], chosen[1]));

            assertThatThrownBy(() -> initiator.answer(second))
                    .isInstanceOfSatisfying(
                            HandshakeException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.VERSION));
        }
    }

    @Test
    void anotherTeamIsNoticed() {
        byte[] team = known.teamTag.clone();
        team[15] ^= 1;

        assertPrologueMatters(Prologue.of(Transport.SECURE_WEB_SOCKET, team, known.certificate));
    }

    /** Somebody ends TLS with his own certificate and passes everything on as it is. */
    @Test
    void anotherCertificateIsNoticed() {
        byte[] certificate = known.certificate.clone();
        certificate[0] ^= 1;

        assertPrologueMatters(Prologue.of(Transport.SECURE_WEB_SOCKET, known.teamTag, certificate));
        assertPrologueMatters(Prologue.of(Transport.SECURE_WEB_SOCKET, known.teamTag));
    }

    @ParameterizedTest
    @EnumSource(value = Transport.class, names = "SECURE_WEB_SOCKET", mode = EnumSource.Mode.EXCLUDE)
    void anotherTransportIsNoticed(Transport transport) {
        assertPrologueMatters(Prologue.of(transport, known.teamTag, known.certificate));
    }

    @Test
    void nodeThatIsNoMemberIsRefused() {
        assertRefused(scene, scene.membership);
    }

    @Test
    void removedMemberIsRefused() {
        known.authority.remove(known.node.card().node());

        assertRefused(known, known.membership);
    }

    /** The node id of a member, with a key that is not that member's. */
    @Test
    void memberWithAnotherKeyIsRefused() {
        Party impostor = TestCards.party(known.node.card().node(), known.mallory.keys());
        Initiator initiator = new Initiator(known.prologue(), impostor, known.hubPin(), known.membership, Scene.RANDOM);

        Meeting meeting = known.meet(initiator, known.responder(), HONEST);

        assertThat(meeting.sessions()).isZero();
        assertThat(meeting.reason()).isEqualTo(Reason.REFUSED);
    }

    /** The very card of a member, without the private key that belongs to it. */
    @Test
    void cardOfAnotherNodeIsRefused() throws Exception {
        Responder responder = known.responder();
        XxHandshake impostor = HandshakeAttackTest.initiatorNoise(known, known.mallory);
        impostor.read(Scene.answer(responder, impostor.write(Offer.CURRENT.toBytes())));
        byte[] claim = new Claim(known.node.card().bytes(), 0, new Claim.AsMember()).toBytes();
        byte[] third = impostor.write(claim);

        assertThatThrownBy(() -> known.finish(responder, third))
                .isInstanceOfSatisfying(
                        HandshakeException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CARD));
    }

    @Test
    void expiredTokenIsRefused() {
        Token expired = Token.generate(DatabaseMode.BLIND, Scene.RANDOM);
        scene.authority.issue(expired, Scene.WALL_MILLIS);

        assertRefused(scene, new Credential.Enrolment(expired));
    }

    @Test
    void unknownAndRevokedTokensAreRefused() {
        scene.authority.revoke(scene.token.id());

        assertRefused(scene, scene.enrolment);
        assertRefused(scene, new Credential.Enrolment(Token.generate(DatabaseMode.BLIND, Scene.RANDOM)));
    }

    @Test
    void tokenWithAnotherSecretIsRefused() {
        Token guessed = new Token(scene.token.id(), DatabaseMode.BLIND, new byte[32]);

        assertRefused(scene, new Credential.Enrolment(guessed));
    }

    /** A proof that was seen in the hub's memory or a log, sent by another node. */
    @Test
    void stolenProofIsOfNoUseToAnotherKey() throws Exception {
        Responder responder = scene.responder();
        XxHandshake thief = HandshakeAttackTest.initiatorNoise(scene, scene.mallory);
        Choice chosen = Choice.parse(thief.read(Scene.answer(responder, thief.write(Offer.CURRENT.toBytes()))));
        byte[] proof;
        try (TokenVerifier verifier = scene.token.verifier()) {
            // As the victim would have made it in this very session: only the key is another.
            proof = verifier.clientProof(
                    thief.hash(),
                    chosen.challenge(),
                    scene.node.keys().publicKey(),
                    scene.node.card().node());
        }
        Claim claim = new Claim(scene.mallory.card().bytes(), 0, new Claim.ByToken(scene.token.id(), proof));

        Reply reply = scene.finish(responder, thief.write(claim.toBytes()));

        assertThat(reply).isInstanceOf(Reply.Refused.class);
        assertThat(scene.authority.membersAndUsedTokens()).isZero();
    }

    @Test
    void tokenThatIsUsedMeanwhileIsRefused() throws Exception {
        Authority late = new Authority() {
            @Override
            public Optional<TokenVerifier> verifier(TokenId token, long wallMillis) {
                Optional<TokenVerifier> verifier = scene.authority.verifier(token, wallMillis);
                scene.authority.use(token);
                return verifier;
            }

            @Override
            public Optional<Grant> redeem(TokenId token, PeerCard node, long wallMillis) {
                return scene.authority.redeem(token, node, wallMillis);
            }

            @Override
            public Optional<Grant> member(PeerCard node, long membershipIndex, long wallMillis) {
                return scene.authority.member(node, membershipIndex, wallMillis);
            }
        };
        Initiator initiator = scene.initiator(scene.enrolment);
        Responder responder = scene.responder();
        byte[] third = initiator.answer(Scene.answer(responder, initiator.begin()));

        Reply reply = responder.finish(third, late, Scene.WALL_MILLIS, Scene.NOW_MILLIS);

        assertThat(reply).isInstanceOf(Reply.Refused.class);
        assertThatThrownBy(() -> initiator.finish(reply.message(), 0)).isInstanceOf(HandshakeException.class);
    }

    @Test
    void messageThatIsTooLongIsNotLookedAt() {
        byte[] tooLong = new byte[Messages.HANDSHAKE_BYTES_MAX + 1];

        assertThatThrownBy(() -> Scene.answer(scene.responder(), tooLong))
                .isInstanceOf(HandshakeException.class)
                .hasMessageContaining("2049 bytes (expected: <= 2048)");
    }

    private void assertPrologueMatters(Prologue other) {
        Initiator initiator = new Initiator(other, known.node, known.hubPin(), known.membership, Scene.RANDOM);

        Meeting meeting = known.meet(initiator, known.responder(), HONEST);

        assertThat(meeting.sessions()).isZero();
        assertThat(meeting.reason()).isEqualTo(Reason.UNAUTHENTIC);
        assertThat(meeting.sent()).hasSize(2);
    }

    private static void assertRefused(Scene where, Credential credential) {
        int before = where.authority.membersAndUsedTokens();

        Meeting meeting = where.meet(where.initiator(credential), where.responder(), HONEST);

        assertThat(meeting.sessions()).isZero();
        assertThat(meeting.reason()).isEqualTo(Reason.REFUSED);
        assertThat(where.authority.membersAndUsedTokens()).isEqualTo(before);
    }

    private Meeting meetOffering(Offer offer, Scene.Middle middle) {
        Initiator initiator = new Initiator(
                known.prologue(), known.node, known.hubPin(), known.membership, offer, P256.generate(Scene.RANDOM));
        Responder responder =
                new Responder(known.prologue(), known.hub, OLD_AND_NEW, Scene.RANDOM, P256.generate(Scene.RANDOM));
        return known.meet(initiator, responder, middle);
    }

    private static byte[] withOffer(byte[] first, Offer offer) {
        byte[] payload = offer.toBytes();
        byte[] changed = Arrays.copyOf(first, P256.PUBLIC_KEY_BYTES + payload.length);
        System.arraycopy(payload, 0, changed, P256.PUBLIC_KEY_BYTES, payload.length);
        return changed;
    }
}
