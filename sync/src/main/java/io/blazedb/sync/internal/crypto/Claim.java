package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.internal.wire.ByteReader;
import io.blazedb.sync.internal.wire.ByteWriter;
import io.blazedb.sync.internal.wire.MalformedException;
import java.nio.ByteBuffer;

/**
 * The payload of the third message: who the initiator is, and why it may come in.
 *
 * <pre>
 *   card: length varint, bytes | membership index varint | 0
 *   card: length varint, bytes | membership index varint | 1 | token id u64 | proof 32
 * </pre>
 */
final class Claim {
    private static final int AS_MEMBER = 0;
    private static final int BY_TOKEN = 1;

    /** By what the initiator comes in. */
    sealed interface Ground {}

    /** It is a member: its static key says so. */
    record AsMember() implements Ground {}

    /** It has a token, and proves it for this handshake. */
    static final class ByToken implements Ground {
        private final TokenId token;
        private final byte[] proof;

        ByToken(TokenId token, byte[] proof) {
            this.token = token;
            this.proof = proof.clone();
        }

        TokenId token() {
            return token;
        }

        byte[] proof() {
            return proof.clone();
        }
    }

    private final byte[] card;
    private final long membershipIndex;
    private final Ground ground;

    Claim(byte[] card, long membershipIndex, Ground ground) {
        this.card = card.clone();
        this.membershipIndex = membershipIndex;
        this.ground = ground;
    }

    byte[] card() {
        return card.clone();
    }

    long membershipIndex() {
        return membershipIndex;
    }

    Ground ground() {
        return ground;
    }

    byte[] toBytes() {
        ByteWriter writer = new ByteWriter().bytes(card).varint(membershipIndex);
        if (ground instanceof ByToken byToken) {
            writer.u8(BY_TOKEN).u64(byToken.token.value()).raw(byToken.proof);
        } else {
            writer.u8(AS_MEMBER);
        }
        return writer.toByteArray();
    }

    static Claim parse(byte[] bytes) throws MalformedException {
        ByteReader reader = new ByteReader(ByteBuffer.wrap(bytes));
        byte[] card = reader.bytes(Choice.CARD_BYTES_MAX, "node card");
        long membershipIndex = reader.varint(Long.MAX_VALUE, "membership index");
        int kind = reader.u8("ground");
        Ground ground = switch (kind) {
            case AS_MEMBER -> new AsMember();
            case BY_TOKEN -> new ByToken(new TokenId(reader.u64("token id")), reader.raw(TokenVerifier.BYTES, "proof"));
            default -> throw new MalformedException("ground: " + kind + " (expected: 0 or 1)");
        };
        reader.end("claim");
        return new Claim(card, membershipIndex, ground);
    }
}
