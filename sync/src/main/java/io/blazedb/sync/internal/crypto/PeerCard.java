package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.NodeId;

/** What a valid node card says as far as a handshake needs it: who the node is, and its Diffie-Hellman key. */
public final class PeerCard {
    private final NodeId node;
    private final byte[] dhPublicKey;
    private final byte[] bytes;

    /**
     * Of a card that was checked.
     *
     * @param bytes the card as it was signed
     */
    public PeerCard(NodeId node, byte[] dhPublicKey, byte[] bytes) {
        this.node = node;
        this.dhPublicKey = dhPublicKey.clone();
        this.bytes = bytes.clone();
    }

    public NodeId node() {
        return node;
    }

    public byte[] dhPublicKey() {
        return dhPublicKey.clone();
    }

    /** The card as it was sent. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return "node " + node;
    }
}
