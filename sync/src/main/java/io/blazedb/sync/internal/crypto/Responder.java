package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.internal.crypto.HandshakeException.Reason;
import io.blazedb.sync.internal.wire.MalformedException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The side that is called in a handshake BLZ1: {@link #answer} and {@link #finish}, each once and in this order.
 *
 * <p>Any exception ends the handshake; the caller closes the connection and says nothing. Not safe for use by several
 * threads.
 */
public final class Responder {
    private final Party self;
    private final Offer known;
    private final SecureRandom random;
    private final XxHandshake noise;
    private Step step = Step.ANSWER;
    private @Nullable Choice choice;
    private byte @Nullable [] hashAfterSecond;

    private enum Step {
        ANSWER,
        FINISH,
        OVER
    }

    public Responder(Prologue prologue, Party self, SecureRandom random) {
        this(prologue, self, Offer.CURRENT, random, P256.generate(random));
    }

    Responder(Prologue prologue, Party self, Offer known, SecureRandom random, DhKeyPair ephemeralKeys) {
        this.self = self;
        this.known = known;
        this.random = random;
        noise = new XxHandshake(P256.INSTANCE, false, prologue.toBytes(), self.keys(), ephemeralKeys);
    }

    /**
     * The second message, as the answer to the first.
     *
     * @param wallMillis milliseconds since 1970
     * @param hubEpoch how often the hub's history began anew
     * @param frameBytesMax the largest frame of the session, from 64 KiB to 16 MiB
     */
    public byte[] answer(byte[] first, long wallMillis, long hubEpoch, int frameBytesMax) throws HandshakeException {
        enter(Step.ANSWER);
        if (frameBytesMax < Terms.FRAME_BYTES_LEAST || frameBytesMax > Terms.FRAME_BYTES_MAX) {
            throw new IllegalArgumentException("frames of " + frameBytesMax + " bytes (expected: "
                    + Terms.FRAME_BYTES_LEAST + " to " + Terms.FRAME_BYTES_MAX + ")");
        }
        Messages.checkLength(first);
        Offer offer = parseOffer(noise.read(first));
        int version = Offer.best(offer.versions(), known.versions(), "version");
        int suite = Offer.best(offer.suites(), known.suites(), "suite");
        byte[] challenge = random(Choice.CHALLENGE_BYTES);
        Terms terms = new Terms(version, suite, wallMillis, hubEpoch, frameBytesMax);
        Choice chosen = new Choice(terms, challenge, self.card().bytes());
        byte[] second = noise.write(chosen.toBytes());
        choice = chosen;
        hashAfterSecond = noise.hash();
        step = Step.FINISH;
        return second;
    }

    /**
     * The fourth message, and the session if the initiator is let in.
     *
     * @param wallMillis milliseconds since 1970, against which tokens and memberships end
     * @param nowMillis a clock that does not go back; the one that {@link RecordSealer#seal} gets
     */
    public Reply finish(byte[] third, Authority authority, long wallMillis, long nowMillis) throws HandshakeException {
        enter(Step.FINISH);
        if (choice == null || hashAfterSecond == null) {
            throw new IllegalStateException("a step of the handshake is missing");
        }
        Messages.checkLength(third);
        byte[] payload = noise.read(third);
        byte[] initiatorKey = noise.theirStatic();
        Claim claim = parseClaim(payload);
        PeerCard initiator = self.readOther(claim.card(), initiatorKey);
        Directions directions =
                Directions.of(noise.split(), false, choice.terms().frameBytesMax(), nowMillis);
        try {
            Verdict.Accepted accepted = claim.ground() instanceof Claim.ByToken byToken
                    ? enrol(byToken, initiator, choice.challenge(), hashAfterSecond, authority, wallMillis)
                    : welcome(claim.membershipIndex(), initiator, authority, wallMillis);
            byte[] message = seal(directions, accepted, nowMillis);
            return new Reply.Accepted(
                    message, new SecureSession(initiator, choice.terms(), accepted, noise.hash(), directions));
        } catch (HandshakeException refused) {
            byte[] message = seal(directions, new Verdict.Refused(), nowMillis);
            directions.wipe();
            return new Reply.Refused(message, refused);
        }
    }

    private Verdict.Accepted welcome(long index, PeerCard initiator, Authority authority, long wallMillis)
            throws HandshakeException {
        Grant grant = authority
                .member(initiator, index, wallMillis)
                .orElseThrow(() -> refusal(initiator + " is no member, or not any more"));
        return new Verdict.Accepted(random(Verdict.SESSION_ID_BYTES), grant, new byte[0]);
    }

    private Verdict.Accepted enrol(
            Claim.ByToken claim,
            PeerCard initiator,
            byte[] challenge,
            byte[] hash,
            Authority authority,
            long wallMillis)
            throws HandshakeException {
        Optional<TokenVerifier> usable = authority.verifier(claim.token(), wallMillis);
        try (TokenVerifier verifier = usable.orElseGet(() -> TokenVerifier.ofNoToken(random))) {
            byte[] expected = verifier.clientProof(hash, challenge, initiator.dhPublicKey(), initiator.node());
            if (!TokenVerifier.same(expected, claim.proof()) || usable.isEmpty()) {
                throw refusal(
                        usable.isEmpty()
                                ? "token " + claim.token() + " is unknown, used, expired or revoked"
                                : initiator + " does not know the secret of token " + claim.token());
            }
            Grant grant = authority
                    .redeem(claim.token(), initiator, wallMillis)
                    .orElseThrow(() -> refusal("token " + claim.token() + " was used or revoked meanwhile"));
            byte[] proof = verifier.serverProof(noise.hash(), challenge);
            return new Verdict.Accepted(random(Verdict.SESSION_ID_BYTES), grant, proof);
        }
    }

    private static byte[] seal(Directions directions, Verdict verdict, long nowMillis) {
        byte[] bytes = verdict.toBytes();
        byte[] message = directions
                .sealer()
                .sealFrame(RecordLayout.VERDICT, bytes, nowMillis)
                .get(0);
        Arrays.fill(bytes, (byte) 0);
        return message;
    }

    private static Offer parseOffer(byte[] payload) throws HandshakeException {
        try {
            return Offer.parse(payload);
        } catch (MalformedException e) {
            throw new HandshakeException(Reason.MALFORMED, "handshake message 1: " + e.getMessage(), e);
        }
    }

    private static Claim parseClaim(byte[] payload) throws HandshakeException {
        try {
            return Claim.parse(payload);
        } catch (MalformedException e) {
            throw new HandshakeException(Reason.MALFORMED, "handshake message 3: " + e.getMessage(), e);
        }
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Whatever follows may throw, and then there is no next step. */
    private void enter(Step expected) {
        if (step != expected) {
            throw new IllegalStateException("handshake at " + step + " (expected: " + expected + ")");
        }
        step = Step.OVER;
    }

    private static HandshakeException refusal(String message) {
        return new HandshakeException(Reason.REFUSED, message);
    }
}
