package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.internal.wire.MalformedException;
import java.security.MessageDigest;

/** One end of handshakes: its static keys and the card that names them, and how it reads the cards of others. */
public final class Party {
    private final DhKeyPair keys;
    private final PeerCard card;
    private final NodeCards cards;

    /** Fails if the card is not valid or not of these keys. */
    public Party(DhKeyPair keys, byte[] card, NodeCards cards) throws MalformedException {
        if (card.length > Choice.CARD_BYTES_MAX) {
            throw new MalformedException(
                    "node card of " + card.length + " bytes (expected: <= " + Choice.CARD_BYTES_MAX + ")");
        }
        this.keys = keys;
        this.card = cards.read(card);
        this.cards = cards;
        if (!MessageDigest.isEqual(this.card.dhPublicKey(), keys.publicKey())) {
            throw new MalformedException("node card with another key (expected: the key of this node)");
        }
    }

    DhKeyPair keys() {
        return keys;
    }

    PeerCard card() {
        return card;
    }

    /** The other side's card, which has to be of the key that it has proved to have. */
    PeerCard readOther(byte[] card, byte[] provedKey) throws HandshakeException {
        PeerCard other;
        try {
            other = cards.read(card);
        } catch (MalformedException e) {
            throw new HandshakeException(HandshakeException.Reason.CARD, "node card: " + e.getMessage(), e);
        }
        if (!MessageDigest.isEqual(other.dhPublicKey(), provedKey)) {
            throw new HandshakeException(
                    HandshakeException.Reason.CARD,
                    "node card of " + other.node() + " with another key (expected: the one used in the handshake)");
        }
        return other;
    }
}
