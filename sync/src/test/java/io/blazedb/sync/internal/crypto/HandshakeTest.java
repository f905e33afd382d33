package io.blazedb.sync.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.sync.internal.crypto.HandshakeException.Reason;
import io.blazedb.sync.internal.wire.MalformedException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The handshake BLZ1 between two that mean well, and the order of its steps. */
class HandshakeTest {
    @Test
    void aTokenLetsANodeInOnceAndThenItsKeyDoes() throws Exception {
        Scene scene = new Scene();

        Meeting first = scene.meet(scene.initiator(scene.enrolment), scene.responder(), (number, message) -> message);
        Meeting again = scene.meet(scene.initiator(scene.enrolment), scene.responder(), (number, message) -> message);
        Meeting later = scene.meet(scene.initiator(scene.membership), scene.responder(), (number, message) -> message);

        assertTalk(first);
        assertThat(again.sessions()).isZero();
        assertThat(again.reason()).isEqualTo(Reason.REFUSED);
        assertTalk(later);
    }

    @Test
    void bothProofsStandInForAPin() throws Exception {
        Scene scene = new Scene();
        Initiator initiator = scene.initiator(Trust.byToken(), scene.enrolment);

        Meeting meeting = scene.meet(initiator, scene.responder(), (number, message) -> message);

        assertTalk(meeting);
    }

    @Test
    void withoutPinAndTokenNobodyIsCalled() {
        Scene scene = Scene.withMember();

        assertThatThrownBy(() -> scene.initiator(Trust.byToken(), scene.membership))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bothEndsKnowTheSameOfTheSession() {
        Scene scene = new Scene();

        Meeting meeting = scene.meet(scene.initiator(scene.enrolment), scene.responder(), (number, message) -> message);

        SecureSession mine = meeting.initiator().orElseThrow();
        SecureSession theirs = meeting.responder().orElseThrow();
        assertThat(mine.channelBinding()).hasSize(32).isEqualTo(theirs.channelBinding());
        assertThat(mine.sessionId()).hasSize(16).isEqualTo(theirs.sessionId());
        assertThat(mine.export("purpose", 48)).hasSize(48).isEqualTo(theirs.export("purpose", 48));
        assertThat(mine.export("purpose", 48)).isNotEqualTo(mine.export("other", 48));
        assertThat(mine.grant()).isEqualTo(theirs.grant()).isEqualTo(TestAuthority.GRANT);
        assertThat(mine.terms()).isEqualTo(theirs.terms());
        assertThat(mine.terms()).isEqualTo(new Terms(1, 1, Scene.WALL_MILLIS, 3, Scene.FRAME_BYTES_MAX));
        assertThat(mine.peer().node()).isEqualTo(scene.hub.card().node());
        assertThat(theirs.peer().bytes()).isEqualTo(scene.node.card().bytes());
    }

    @Test
    void theBestVersionThatBothSpeakIsTaken() throws Exception {
        Scene scene = Scene.withMember();
        Offer newer = new Offer(List.of(1, 2, 9), List.of(1, 5));
        Offer known = new Offer(List.of(3, 2, 1), List.of(5, 1));
        Initiator initiator = new Initiator(
                scene.prologue(), scene.node, scene.hubPin(), scene.membership, newer, P256.generate(Scene.RANDOM));
        Responder responder =
                new Responder(scene.prologue(), scene.hub, known, Scene.RANDOM, P256.generate(Scene.RANDOM));

        Meeting meeting = scene.meet(initiator, responder, (number, message) -> message);

        assertThat(meeting.initiator().orElseThrow().terms().version()).isEqualTo(2);
        assertThat(meeting.initiator().orElseThrow().terms().suite()).isEqualTo(5);
        assertTalk(meeting);
    }

    @Test
    void withoutACommonVersionThereIsNoSession() {
        Scene scene = Scene.withMember();
        Offer newer = new Offer(List.of(2, 3), List.of(1));
        Initiator initiator = new Initiator(
                scene.prologue(), scene.node, scene.hubPin(), scene.membership, newer, P256.generate(Scene.RANDOM));

        Meeting meeting = scene.meet(initiator, scene.responder(), (number, message) -> message);

        assertThat(meeting.reason()).isEqualTo(Reason.VERSION);
        assertThat(meeting.sent()).hasSize(1);
    }

    @Test
    void aStepIsTakenOnceAndInItsTurn() throws Exception {
        Scene scene = Scene.withMember();
        Initiator initiator = scene.initiator(scene.membership);
        Responder responder = scene.responder();

        assertThatThrownBy(() -> initiator.answer(new byte[200])).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> scene.finish(responder, new byte[200])).isInstanceOf(IllegalStateException.class);
        byte[] first = initiator.begin();
        assertThatThrownBy(initiator::begin).isInstanceOf(IllegalStateException.class);
        Scene.answer(responder, first);
        assertThatThrownBy(() -> Scene.answer(responder, first)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aHandshakeThatFailedHasNoNextStep() throws Exception {
        Scene scene = Scene.withMember();
        Initiator initiator = scene.initiator(scene.membership);
        byte[] second = Scene.answer(scene.responder(), initiator.begin());
        byte[] changed = second.clone();
        changed[100] ^= 1;

        assertThatThrownBy(() -> initiator.answer(changed)).isInstanceOf(HandshakeException.class);

        assertThatThrownBy(() -> initiator.answer(second)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> initiator.finish(second, 0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aCardOfOtherKeysIsNotOnesOwn() {
        Scene scene = new Scene();
        byte[] card = scene.mallory.card().bytes();

        assertThatThrownBy(() -> new Party(scene.node.keys(), card, TestCards::read))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void nobodyElseLearnsWhyANodeIsRefused() {
        Scene unknown = new Scene();
        Scene used = new Scene();
        used.authority.use(used.token.id());

        Meeting asMember =
                unknown.meet(unknown.initiator(unknown.membership), unknown.responder(), (number, message) -> message);
        Meeting byToken = used.meet(used.initiator(used.enrolment), used.responder(), (number, message) -> message);

        assertThat(asMember.sent().get(3)).hasSameSizeAs(byToken.sent().get(3));
        assertThat(asMember.failure().orElseThrow())
                .hasMessage(byToken.failure().orElseThrow().getMessage());
    }

    /** Frames go both ways. */
    private static void assertTalk(Meeting meeting) throws Exception {
        assertThat(meeting.failure()).isEmpty();
        SecureSession mine = meeting.initiator().orElseThrow();
        SecureSession theirs = meeting.responder().orElseThrow();
        for (byte[] record : mine.sealer().seal(20, new byte[] {1, 2}, Scene.NOW_MILLIS)) {
            Optional<Frame> frame = theirs.opener().open(record);
            assertThat(frame.orElseThrow().type()).isEqualTo(20);
            assertThat(frame.orElseThrow().payload()).containsExactly(1, 2);
        }
        for (byte[] record : theirs.sealer().seal(21, new byte[] {3}, Scene.NOW_MILLIS)) {
            assertThat(mine.opener().open(record).orElseThrow().payload()).containsExactly(3);
        }
    }
}
