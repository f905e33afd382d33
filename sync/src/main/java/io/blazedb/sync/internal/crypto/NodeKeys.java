package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.NodeId;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The private keys of one installation, one for each purpose. They never leave the node, but for its own file. Whoever
 * made them closes them, which wipes them. Any thread may use them until then.
 */
public final class NodeKeys implements AutoCloseable {
    static final int BYTES = Ed25519.SEED_BYTES + 2 * (Hpke.PRIVATE_KEY_BYTES + Hpke.PUBLIC_KEY_BYTES);

    private final byte[] signatureSeed;
    private final Bytes signatureKey;
    private final P256Pair agreement;
    private final P256Pair sealing;

    private NodeKeys(byte[] signatureSeed, P256Pair agreement, P256Pair sealing) {
        this.signatureSeed = signatureSeed;
        this.signatureKey = Bytes.of(Ed25519.publicKey(signatureSeed));
        this.agreement = agreement;
        this.sealing = sealing;
    }

    public static NodeKeys generate(SecureRandom random) {
        byte[] seed = new byte[Ed25519.SEED_BYTES];
        random.nextBytes(seed);
        return new NodeKeys(seed, Hpke.generate(random), Hpke.generate(random));
    }

    /** The card of these keys. */
    public NodeCard card(String name, long createdMillis) {
        byte[] message = NodeCard.signedBytes(
                signatureKey, agreement.publicKey(), sealing.publicKey(), name, createdMillis);
        return new NodeCard(
                signatureKey, agreement.publicKey(), sealing.publicKey(), name, createdMillis, sign(message));
    }

    public NodeId nodeId() {
        return NodeCard.nodeId(signatureKey);
    }

    /** The private key of handshakes: 32 bytes, the highest first. The caller wipes them. */
    public byte[] agreementPrivateKey() {
        return agreement.privateKey();
    }

    /** The public key of handshakes: 65 bytes. */
    public Bytes agreementPublicKey() {
        return agreement.publicKey();
    }

    P256Pair sealing() {
        return sealing;
    }

    /** Signs a message, which begins with the word for its purpose. */
    Bytes sign(byte[] message) {
        return Bytes.of(Ed25519.sign(signatureSeed, message));
    }

    /** Signature seed 32, then for agreement and for sealing the private key 32 and the public key 65. Secret. */
    byte[] toSecretBytes() {
        byte[] result = new byte[BYTES];
        System.arraycopy(signatureSeed, 0, result, 0, Ed25519.SEED_BYTES);
        int at = Ed25519.SEED_BYTES;
        for (P256Pair pair : new P256Pair[] {agreement, sealing}) {
            byte[] secret = pair.privateKey();
            System.arraycopy(secret, 0, result, at, secret.length);
            Arrays.fill(secret, (byte) 0);
            at += Hpke.PRIVATE_KEY_BYTES;
            System.arraycopy(pair.publicKey().toArray(), 0, result, at, Hpke.PUBLIC_KEY_BYTES);
            at += Hpke.PUBLIC_KEY_BYTES;
        }
        return result;
    }

    static NodeKeys fromSecretBytes(byte[] secret) {
        if (secret.length != BYTES) {
            throw new IllegalArgumentException("node keys of " + secret.length + " bytes (expected: " + BYTES + ")");
        }
        byte[] seed = Arrays.copyOf(secret, Ed25519.SEED_BYTES);
        int pairBytes = Hpke.PRIVATE_KEY_BYTES + Hpke.PUBLIC_KEY_BYTES;
        return new NodeKeys(
                seed, pairAt(secret, Ed25519.SEED_BYTES), pairAt(secret, Ed25519.SEED_BYTES + pairBytes));
    }

    private static P256Pair pairAt(byte[] secret, int at) {
        int publicAt = at + Hpke.PRIVATE_KEY_BYTES;
        return new P256Pair(
                Arrays.copyOfRange(secret, at, publicAt),
                Bytes.of(Arrays.copyOfRange(secret, publicAt, publicAt + Hpke.PUBLIC_KEY_BYTES)));
    }

    @Override
    public void close() {
        Arrays.fill(signatureSeed, (byte) 0);
        agreement.close();
        sealing.close();
    }

    @Override
    public String toString() {
        return "keys of node " + nodeId();
    }
}
