package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.NodeId;
import io.blazedb.sync.internal.wire.ByteReader;
import io.blazedb.sync.internal.wire.ByteWriter;
import io.blazedb.sync.internal.wire.MalformedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a node says of itself, signed by itself: its public keys and a name. The name proves nothing; the node id does,
 * since it follows from the signature key. A card that exists is a valid one.
 *
 * <pre>
 * u8 version | signature key 32 | agreement key 65 | sealing key 65 | varint created | name | signature 64
 * </pre>
 *
 * @param signatureKey Ed25519: what the node signs
 * @param agreementKey P-256: the static key of handshakes, nothing else
 * @param sealingKey P-256: keys are wrapped to it, nothing else
 * @param createdMillis wall clock of the node when it made the card
 */
public record NodeCard(
        Bytes signatureKey, Bytes agreementKey, Bytes sealingKey, String name, long createdMillis, Bytes signature) {
    /** Longest name, in bytes of UTF-8. */
    public static final int NAME_BYTES_MAX = 128;

    /** Two bytes for the length of a name, ten for a time. */
    public static final int BYTES_MAX = 1
            + Ed25519.PUBLIC_KEY_BYTES
            + 2 * Hpke.PUBLIC_KEY_BYTES
            + 10
            + 2
            + NAME_BYTES_MAX
            + Ed25519.SIGNATURE_BYTES;

    static final int BYTES_MIN = 1 + Ed25519.PUBLIC_KEY_BYTES + 2 * Hpke.PUBLIC_KEY_BYTES + 2 + Ed25519.SIGNATURE_BYTES;

    private static final int VERSION = 1;
    private static final int NODE_ID_BYTES = NodeId.BYTES;

    public NodeCard {
        signatureKey.requireLength(Ed25519.PUBLIC_KEY_BYTES, "signature key");
        agreementKey.requireLength(Hpke.PUBLIC_KEY_BYTES, "agreement key");
        sealingKey.requireLength(Hpke.PUBLIC_KEY_BYTES, "sealing key");
        signature.requireLength(Ed25519.SIGNATURE_BYTES, "signature");
        int nameBytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (nameBytes > NAME_BYTES_MAX) {
            throw new IllegalArgumentException("name of " + nameBytes + " bytes (expected: <= " + NAME_BYTES_MAX + ")");
        }
        if (createdMillis < 0) {
            throw new IllegalArgumentException("created at " + createdMillis + " (expected: >= 0)");
        }
    }

    /** Reads a card that fills the bytes, and checks its keys and its signature. */
    public static NodeCard read(byte[] encoded) throws MalformedException, ForgedException {
        ByteReader in = new ByteReader(ByteBuffer.wrap(encoded));
        NodeCard card = readFrom(in);
        in.end("node card");
        return card;
    }

    /** The card as a handshake needs it: the reader for {@link NodeCards}. */
    public static PeerCard readPeer(byte[] encoded) throws MalformedException {
        try {
            NodeCard card = read(encoded);
            return new PeerCard(card.nodeId(), card.agreementKey().toArray(), encoded);
        } catch (ForgedException e) {
            throw new MalformedException("node card: forged", e);
        }
    }

    static NodeCard readFrom(ByteReader in) throws MalformedException, ForgedException {
        int version = in.u8("version of a node card");
        if (version != VERSION) {
            throw new MalformedException("version of a node card: " + version + " (expected: " + VERSION + ")");
        }
        Bytes signatureKey = Bytes.of(in.raw(Ed25519.PUBLIC_KEY_BYTES, "signature key"));
        Bytes agreementKey = Bytes.of(in.raw(Hpke.PUBLIC_KEY_BYTES, "agreement key"));
        Bytes sealingKey = Bytes.of(in.raw(Hpke.PUBLIC_KEY_BYTES, "sealing key"));
        long created = in.varint(Long.MAX_VALUE, "time of a node card");
        String name = in.string(NAME_BYTES_MAX, "name of a node");
        Bytes signature = Bytes.of(in.raw(Ed25519.SIGNATURE_BYTES, "signature of a node card"));
        NodeCard card = new NodeCard(signatureKey, agreementKey, sealingKey, name, created, signature);
        P256.check(agreementKey.toArray());
        P256.check(sealingKey.toArray());
        card.check();
        return card;
    }

    private void check() throws ForgedException {
        if (!verifies(signedBytes(signatureKey, agreementKey, sealingKey, name, createdMillis), signature)) {
            throw new ForgedException("node card of " + nodeId() + " that its own key did not sign");
        }
    }

    static byte[] signedBytes(
            Bytes signatureKey, Bytes agreementKey, Bytes sealingKey, String name, long createdMillis) {
        return Label.CARD.with(unsigned(signatureKey, agreementKey, sealingKey, name, createdMillis));
    }

    private static byte[] unsigned(
            Bytes signatureKey, Bytes agreementKey, Bytes sealingKey, String name, long createdMillis) {
        return new ByteWriter()
                .u8(VERSION)
                .raw(signatureKey.toArray())
                .raw(agreementKey.toArray())
                .raw(sealingKey.toArray())
                .varint(createdMillis)
                .string(name)
                .toByteArray();
    }

    public byte[] toBytes() {
        return new ByteWriter()
                .raw(unsigned(signatureKey, agreementKey, sealingKey, name, createdMillis))
                .raw(signature.toArray())
                .toByteArray();
    }

    /** Whose card it is. */
    public NodeId nodeId() {
        return nodeId(signatureKey);
    }

    static NodeId nodeId(Bytes signatureKey) {
        return NodeId.of(Bytes.sha256(Label.NODE.with(signatureKey.toArray()))
                .first(NODE_ID_BYTES)
                .toArray());
    }

    /** Names the card in signatures. */
    public Bytes hash() {
        return Bytes.sha256(toBytes());
    }

    /** Whether this node signed the message, which begins with the word for its purpose. */
    boolean verifies(byte[] message, Bytes by) {
        return Ed25519.verify(signatureKey.toArray(), message, by.toArray());
    }
}
