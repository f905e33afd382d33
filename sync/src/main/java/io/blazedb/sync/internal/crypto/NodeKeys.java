package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.NodeId;
import io.blazedb.sync.internal.wire.ByteReader;
import io.blazedb.sync.internal.wire.MalformedException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The private keys of one installation, one for each purpose. They never leave the node, but for its own file. Whoever
 * made them closes them, which wipes
 * what the JDK does not hold. Any thread may use them until then.
 */
public final class NodeKeys implements AutoCloseable {
    static final int BYTES = Ed25519.SEED_BYTES + 2 * (Hpke.PRIVATE_KEY_BYTES + Hpke.PUBLIC_KEY_BYTES);

    private final byte[] signatureSeed;
    private final Bytes signatureKey;
    private final DhKeyPair agreement;
    private final P256Pair sealing;

    private NodeKeys(byte[] signatureSeed, DhKeyPair agreement, P256Pair sealing) {
        this.signatureSeed = signatureSeed;
        this.signatureKey = Bytes.of(Ed25519.publicKey(signatureSeed));
        this.agreement = agreement;
        this.sealing = sealing;
    }

    public static NodeKeys generate(SecureRandom random) {
        byte[] seed = new byte[Ed25519.SEED_BYTES];
        random.nextBytes(seed);
        return new NodeKeys(seed, P256.generate(random), Hpke.generate(random));
    }

    /** The card of these keys. */
    public NodeCard card(String name, long createdMillis) {
        Bytes agreementKey = Bytes.of(agreement.publicKey());
        Bytes sealingKey = sealing.publicKey();
        byte[] message = NodeCard.signedBytes(signatureKey, agreementKey, sealingKey, name, createdMillis);
        return new NodeCard(signatureKey, agreementKey, sealingKey, name, createdMillis, sign(message));
    }

    public NodeId nodeId() {
        return NodeCard.nodeId(signatureKey);
    }

    /** The static keys of handshakes. */
    public DhKeyPair agreement() {
        return agreement;
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
        byte[] agreementSecret = P256.privateNumber(agreement);
        byte[] sealingSecret = sealing.privateKey();
        try {
            return ByteBuffer.allocate(BYTES)
                    .put(signatureSeed)
                    .put(agreementSecret)
                    .put(agreement.publicKey())
                    .put(sealingSecret)
                    .put(sealing.publicKey().toArray())
                    .array();
        } finally {
            Arrays.fill(agreementSecret, (byte) 0);
            Arrays.fill(sealingSecret, (byte) 0);
        }
    }

    static NodeKeys fromSecretBytes(byte[] secret) throws MalformedException {
        ByteReader in = new ByteReader(ByteBuffer.wrap(secret));
        byte[] seed = in.raw(Ed25519.SEED_BYTES, "signature seed");
        byte[] agreementSecret = in.raw(Hpke.PRIVATE_KEY_BYTES, "agreement key");
        try {
            DhKeyPair agreement = P256.restore(agreementSecret, in.raw(Hpke.PUBLIC_KEY_BYTES, "agreement key"));
            byte[] sealingSecret = in.raw(Hpke.PRIVATE_KEY_BYTES, "sealing key");
            Bytes sealingKey = Bytes.of(in.raw(Hpke.PUBLIC_KEY_BYTES, "sealing key"));
            in.end("node keys");
            return new NodeKeys(seed, agreement, new P256Pair(sealingSecret, sealingKey));
        } finally {
            Arrays.fill(agreementSecret, (byte) 0);
        }
    }

    @Override
    public void close() {
        Arrays.fill(signatureSeed, (byte) 0);
        sealing.close();
    }

    @Override
    public String toString() {
        return "keys of node " + nodeId();
    }
}
