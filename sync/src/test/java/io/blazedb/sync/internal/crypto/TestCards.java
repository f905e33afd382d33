package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.NodeId;
import io.blazedb.sync.internal.wire.ByteReader;
import io.blazedb.sync.internal.wire.ByteWriter;
import io.blazedb.sync.internal.wire.MalformedException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Cards of a form of their own: a node, its key, and a hash in the place of a signature. */
final class TestCards {
    private TestCards() {}

    static byte[] card(NodeId node, byte[] dhPublicKey) {
        byte[] signed = new ByteWriter()
                .raw(node.toBytes())
                .raw(dhPublicKey)
                .raw(new byte[100])
                .toByteArray();
        return new ByteWriter().raw(signed).raw(Sha256.of(signed)).toByteArray();
    }

    static PeerCard read(byte[] card) throws MalformedException {
        ByteReader reader = new ByteReader(ByteBuffer.wrap(card));
        byte[] node = reader.raw(NodeId.BYTES, "node");
        byte[] key = reader.raw(P256.PUBLIC_KEY_BYTES, "key");
        reader.raw(100, "rest");
        byte[] hash = reader.raw(Sha256.BYTES, "hash");
        reader.end("card");
        if (!Arrays.equals(hash, Sha256.of(Arrays.copyOf(card, card.length - Sha256.BYTES)))) {
            throw new MalformedException("card with another hash");
        }
        return new PeerCard(NodeId.of(node), key, card);
    }

    static Party party(NodeId node, DhKeyPair keys) {
        try {
            return new Party(keys, card(node, keys.publicKey()), TestCards::read);
        } catch (MalformedException e) {
            throw new IllegalStateException(e);
        }
    }
}
