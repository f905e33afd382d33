package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.NodeId;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The secret of an invitation: who has it may enter one card of its own into the members, and open the keys that were
 * wrapped for the newcomer. Both keys follow from the 32 bytes in the invitation's text. Whoever made it closes it,
 * which wipes it.
 */
public final class InvitationKey implements AutoCloseable {
    public static final int BYTES = 32;

    private final byte[] secret;
    private final byte[] signatureSeed;
    private final Bytes signatureKey;
    private final P256Pair sealing;

    private InvitationKey(byte[] secret) {
        this.secret = secret;
        byte[] extracted = Hkdf.extract(new byte[0], secret);
        this.signatureSeed = Hkdf.expand(extracted, Label.INVITATION_SIGNATURE.with(), Ed25519.SEED_BYTES);
        this.signatureKey = Bytes.of(Ed25519.publicKey(signatureSeed));
        byte[] sealingSeed = Hkdf.expand(extracted, Label.INVITATION_SEALING.with(), Hpke.PRIVATE_KEY_BYTES);
        this.sealing = Hpke.derive(sealingSeed);
        Arrays.fill(sealingSeed, (byte) 0);
        Arrays.fill(extracted, (byte) 0);
    }

    public static InvitationKey generate(SecureRandom random) {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        return new InvitationKey(secret);
    }

    /** The key of which these are the bytes in the invitation's text; they are copied. */
    public static InvitationKey of(byte[] secret) {
        if (secret.length != BYTES) {
            throw new IllegalArgumentException("invitation key of " + secret.length + " bytes (expected: 32)");
        }
        return new InvitationKey(secret.clone());
    }

    /** For the invitation's text. The caller wipes them. */
    public byte[] toSecretBytes() {
        return secret.clone();
    }

    /** Names the invitation among the members, as if it were a node. */
    public NodeId id() {
        return NodeCard.nodeId(signatureKey);
    }

    public Bytes signatureKey() {
        return signatureKey;
    }

    public Bytes sealingKey() {
        return sealing.publicKey();
    }

    P256Pair sealing() {
        return sealing;
    }

    Bytes sign(byte[] message) {
        return Bytes.of(Ed25519.sign(signatureSeed, message));
    }

    @Override
    public void close() {
        Arrays.fill(secret, (byte) 0);
        Arrays.fill(signatureSeed, (byte) 0);
        sealing.close();
    }

    @Override
    public String toString() {
        return "key of invitation " + id();
    }
}
