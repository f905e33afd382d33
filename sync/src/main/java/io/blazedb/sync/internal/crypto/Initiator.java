package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.internal.crypto.HandshakeException.Reason;
import io.blazedb.sync.internal.wire.MalformedException;
import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The side that begins a handshake BLZ1: {@link #begin}, {@link #answer}, {@link #finish}, each once and in this order.
 *
 * <p>Nothing of its identity and nothing made with the token leaves before the responder has proved a key that the
 * initiator trusts. Any exception ends the handshake; the caller closes the connection and says nothing. Not safe for
 * use by several threads.
 */
public final class Initiator {
    private final Party self;
    private final Trust trust;
    private final Credential credential;
    private final Offer offer;
    private final XxHandshake noise;
    private Step step = Step.BEGIN;
    private @Nullable Choice choice;
    private @Nullable PeerCard responder;
    private @Nullable SplitKeys keys;

    private enum Step {
        BEGIN,
        ANSWER,
        FINISH,
        OVER
    }

    public Initiator(Prologue prologue, Party self, Trust trust, Credential credential, SecureRandom random) {
        this(prologue, self, trust, credential, Offer.CURRENT, P256.generate(random));
    }

    Initiator(Prologue prologue, Party self, Trust trust, Credential credential, Offer offer, DhKeyPair ephemeralKeys) {
        if (trust.needsToken() && !(credential instanceof Credential.Enrolment)) {
            throw new IllegalArgumentException("no pin and no token to know the responder by (expected: one of them)");
        }
        this.self = self;
        this.trust = trust;
        this.credential = credential;
        this.offer = offer;
        noise = new XxHandshake(P256.INSTANCE, true, prologue.toBytes(), self.keys(), ephemeralKeys);
    }

    /** The first message: a new key, and what this side can speak. */
    public byte[] begin() throws HandshakeException {
        enter(Step.BEGIN);
        byte[] message = noise.write(offer.toBytes());
        step = Step.ANSWER;
        return message;
    }

    /** The third message, as the answer to the second. */
    public byte[] answer(byte[] second) throws HandshakeException {
        enter(Step.ANSWER);
        Messages.checkLength(second);
        try {
            Choice chosen = trustedChoice(noise.read(second), noise.theirStatic());
            byte[] third = noise.write(claim(noise.hash(), chosen).toBytes());
            choice = chosen;
            keys = noise.split();
            step = Step.FINISH;
            return third;
        } catch (HandshakeException e) {
            noise.wipe();
            throw e;
        }
    }

    /**
     * The session, if the fourth message lets this side in.
     *
     * @param nowMillis a clock that does not go back; the one that {@link RecordSealer#seal} gets
     */
    public SecureSession finish(byte[] fourth, long nowMillis) throws HandshakeException {
        enter(Step.FINISH);
        Choice chosen = there(choice);
        Directions directions = Directions.of(there(keys), true, chosen.terms().frameBytesMax(), nowMillis);
        try {
            Verdict.Accepted accepted = accepted(directions.opener(), fourth);
            checkProof(accepted, chosen);
            return new SecureSession(there(responder), chosen.terms(), accepted, noise.hash(), directions);
        } catch (HandshakeException e) {
            directions.wipe();
            throw e;
        }
    }

    /** All that has to hold before the third message is made. The pin comes first: it says who is talking. */
    private Choice trustedChoice(byte[] payload, byte[] responderKey) throws HandshakeException {
        if (!trust.accepts(responderKey)) {
            throw fail(Reason.PIN, "the responder has the pin " + Pin.of(responderKey) + " (expected: a known one)");
        }
        Choice chosen;
        try {
            chosen = Choice.parse(payload);
        } catch (MalformedException e) {
            throw new HandshakeException(Reason.MALFORMED, "handshake message 2: " + e.getMessage(), e);
        }
        checkOffered(chosen.terms());
        responder = self.readOther(chosen.card(), responderKey);
        return chosen;
    }

    private void checkOffered(Terms terms) throws HandshakeException {
        if (!offer.versions().contains(terms.version()) || !offer.suites().contains(terms.suite())) {
            throw fail(
                    Reason.VERSION,
                    "the responder chose version " + terms.version() + ", suite " + terms.suite() + " (expected: of "
                            + offer.versions() + ", of " + offer.suites() + ")");
        }
    }

    private Claim claim(byte[] hashAfterSecond, Choice chosen) {
        byte[] card = self.card().bytes();
        if (credential instanceof Credential.Enrolment enrolment) {
            try (TokenVerifier verifier = enrolment.token().verifier()) {
                byte[] proof = verifier.clientProof(
                        hashAfterSecond,
                        chosen.challenge(),
                        self.keys().publicKey(),
                        self.card().node());
                return new Claim(card, 0, new Claim.ByToken(enrolment.token().id(), proof));
            }
        }
        long index = credential instanceof Credential.Member member ? member.membershipIndex() : 0;
        return new Claim(card, index, new Claim.AsMember());
    }

    private static Verdict.Accepted accepted(RecordOpener opener, byte[] fourth) throws HandshakeException {
        try {
            Optional<Frame> frame = opener.openAny(fourth);
            if (frame.isEmpty() || frame.get().type() != RecordLayout.VERDICT) {
                throw fail(Reason.MALFORMED, "handshake message 4 is no verdict");
            }
            if (Verdict.parse(frame.get().payload()) instanceof Verdict.Accepted accepted) {
                return accepted;
            }
            throw fail(
                    Reason.REFUSED,
                    "the responder refuses this node: it is no member, or its token is unknown, used or expired"
                            + " (remedy: a new token, or ask an administrator of the database)");
        } catch (RecordException e) {
            throw new HandshakeException(Reason.UNAUTHENTIC, "handshake message 4: " + e.getMessage(), e);
        } catch (MalformedException e) {
            throw new HandshakeException(Reason.MALFORMED, "handshake message 4: " + e.getMessage(), e);
        }
    }

    private void checkProof(Verdict.Accepted accepted, Choice chosen) throws HandshakeException {
        byte[] expected = {};
        if (credential instanceof Credential.Enrolment enrolment) {
            try (TokenVerifier verifier = enrolment.token().verifier()) {
                expected = verifier.serverProof(noise.hash(), chosen.challenge());
            }
        }
        if (!TokenVerifier.same(expected, accepted.proof())) {
            throw fail(Reason.PROOF, "the responder does not know the token (expected: its proof)");
        }
    }

    /** Whatever follows may throw, and then there is no next step. */
    private void enter(Step expected) {
        if (step != expected) {
            throw new IllegalStateException("handshake at " + step + " (expected: " + expected + ")");
        }
        step = Step.OVER;
    }

    private static HandshakeException fail(Reason reason, String message) {
        return new HandshakeException(reason, message);
    }

    private static <T> T there(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("a step of the handshake is missing");
        }
        return value;
    }
}
