package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.NodeId;
import io.blazedb.sync.OriginId;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Envelopes of one origin in a row, all under one key, signed by the origin's node. The signature covers the hash of
 * the last, and so the whole chain up to it.
 */
public record EnvelopeBatch(List<Envelope> envelopes, Bytes signature) {
    /** Most envelopes of a batch. */
    public static final int ENVELOPES_MAX = 65_536;

    public EnvelopeBatch {
        envelopes = List.copyOf(envelopes);
        signature.requireLength(Ed25519.SIGNATURE_BYTES, "signature");
        if (envelopes.isEmpty() || envelopes.size() > ENVELOPES_MAX) {
            throw new IllegalArgumentException(
                    "batch of " + envelopes.size() + " envelopes (expected: 1 to " + ENVELOPES_MAX + ")");
        }
    }

    /** Signs envelopes of this node, which follow one on the other and are under one key. */
    public static EnvelopeBatch sign(List<Envelope> envelopes, NodeKeys author) {
        EnvelopeBatch unsigned = new EnvelopeBatch(envelopes, Bytes.of(new byte[Ed25519.SIGNATURE_BYTES]));
        try {
            return new EnvelopeBatch(envelopes, author.sign(unsigned.message(unsigned.checkChain())));
        } catch (ForgedException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    public EnvelopeHeader first() {
        return envelopes.get(0).header();
    }

    public EnvelopeHeader last() {
        return envelopes.get(envelopes.size() - 1).header();
    }

    /**
     * Checks that the envelopes follow one on the other and on what is here, that the origin's node signed them, and
     * that they count.
     *
     * @param author the node that the origin is bound to
     * @param head hash of the last envelope that is here, or {@link EnvelopeHeader#NOTHING_BEFORE}
     * @return hash of the last envelope: the new head
     */
    public Bytes check(Membership members, NodeId author, Bytes head) throws ForgedException {
        OriginId origin = first().origin();
        Member member = members.members().get(author);
        if (member == null || !members.admits(author, origin, last().seq())) {
            throw new ForgedException("envelopes up to " + last().seq() + " of " + origin + " by " + author
                    + ", who is no member or has left before");
        }
        if (!first().previous().equals(head)) {
            throw new ForgedException(
                    "envelope " + first().seq() + " of " + origin + " follows another than the one" + " that is here");
        }
        if (!first().databaseTag().equals(members.database().tag())) {
            throw new ForgedException("envelopes of another database");
        }
        Bytes newHead = checkChain();
        if (!member.card().verifies(message(newHead), signature)) {
            throw new ForgedException("envelopes " + first().seq() + " to " + last().seq() + " of " + origin + " that "
                    + author + " did not sign");
        }
        return newHead;
    }

    private Bytes checkChain() throws ForgedException {
        EnvelopeHeader first = first();
        Bytes hash = first.previous();
        long seq = first.seq();
        for (Envelope envelope : envelopes) {
            EnvelopeHeader header = envelope.header();
            boolean follows = header.seq() == seq
                    && header.previous().equals(hash)
                    && header.origin().equals(first.origin())
                    && header.databaseTag().equals(first.databaseTag())
                    && header.keyId().equals(first.keyId())
                    && header.scopeTag().equals(first.scopeTag());
            if (!follows) {
                throw new ForgedException("envelope " + header.seq() + " of " + header.origin()
                        + " does not follow on the one before (expected: " + seq + " of " + first.origin()
                        + ", same key)");
            }
            hash = envelope.hash();
            seq++;
        }
        return hash;
    }

    private byte[] message(Bytes lastHash) {
        ByteBuffer numbers = ByteBuffer.allocate(2 * Long.BYTES);
        numbers.putLong(first().seq()).putLong(last().seq());
        return Label.BATCH.with(
                first().databaseTag().toArray(), first().origin().toBytes(), numbers.array(), lastHash.toArray());
    }
}
