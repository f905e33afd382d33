package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.NodeId;
import java.security.SecureRandom;
import java.util.Set;

/** A hub, a newcomer with a token, and somebody in the middle with keys of his own. */
final class Scene {
    static final SecureRandom RANDOM = new SecureRandom();
    static final long WALL_MILLIS = 1_800_000_000_000L;
    static final long NOW_MILLIS = 5_000;
    static final int FRAME_BYTES_MAX = Terms.FRAME_BYTES_MAX;

    private static final DhKeyPair HUB = P256.generate(RANDOM);
    private static final DhKeyPair NODE = P256.generate(RANDOM);
    private static final DhKeyPair MALLORY = P256.generate(RANDOM);

    final Party hub = TestCards.party(new NodeId(1, 1), HUB);
    final Party node = TestCards.party(new NodeId(2, 2), NODE);
    final Party mallory = TestCards.party(new NodeId(3, 3), MALLORY);
    final byte[] teamTag = new byte[Prologue.TEAM_TAG_BYTES];
    final byte[] certificate = new byte[Prologue.CERTIFICATE_HASH_BYTES];
    final TestAuthority authority = new TestAuthority();
    final Token token = Token.generate(DatabaseMode.BLIND, RANDOM);
    final Credential enrolment = new Credential.Enrolment(token);
    final Credential membership = new Credential.Member(12);

    Scene() {
        RANDOM.nextBytes(teamTag);
        RANDOM.nextBytes(certificate);
        authority.issue(token, WALL_MILLIS + 1);
    }

    /** With the newcomer a member already. */
    static Scene withMember() {
        Scene scene = new Scene();
        scene.authority.add(scene.node.card().node(), NODE.publicKey());
        return scene;
    }

    Prologue prologue() {
        return Prologue.of(Transport.SECURE_WEB_SOCKET, teamTag, certificate);
    }

    Trust hubPin() {
        return Trust.of(Set.of(Pin.of(HUB.publicKey())));
    }

    Initiator initiator(Credential credential) {
        return initiator(hubPin(), credential);
    }

    Initiator initiator(Trust trust, Credential credential) {
        return new Initiator(prologue(), node, trust, credential, RANDOM);
    }

    Responder responder() {
        return new Responder(prologue(), hub, RANDOM);
    }

    static byte[] answer(Responder responder, byte[] first) throws HandshakeException {
        return responder.answer(first, WALL_MILLIS, 3, FRAME_BYTES_MAX);
    }

    Reply finish(Responder responder, byte[] third) throws HandshakeException {
        return responder.finish(third, authority, WALL_MILLIS, NOW_MILLIS);
    }

    /** Both ends, with somebody in the middle who sees and may replace every message. */
    Meeting meet(Initiator initiator, Responder responder, Middle middle) {
        return Meeting.of(this, initiator, responder, middle);
    }

    /** What somebody in the middle makes of message 1 to 4. */
    @FunctionalInterface
    interface Middle {
        byte[] pass(int number, byte[] message);
    }
}
