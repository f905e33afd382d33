package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.internal.wire.ByteReader;
import io.blazedb.sync.internal.wire.ByteWriter;
import io.blazedb.sync.internal.wire.MalformedException;
import java.nio.ByteBuffer;

/**
 * The payload of the second message: the responder's terms, its node card, and a challenge that makes proofs new.
 *
 * <pre>
 *   version varint | suite varint | wall ms u64 | hub epoch varint | frame bytes varint | challenge 32
 *   | card: length varint, bytes
 * </pre>
 */
final class Choice {
    static final int CHALLENGE_BYTES = 32;
    /** A card has three public keys, a name and a signature; 1 KiB is three times that. */
    static final int CARD_BYTES_MAX = 1_024;

    private static final int NUMBER_MAX = 0xFFFF;

    private final Terms terms;
    private final byte[] challenge;
    private final byte[] card;

    Choice(Terms terms, byte[] challenge, byte[] card) {
        this.terms = terms;
        this.challenge = challenge.clone();
        this.card = card.clone();
    }

    Terms terms() {
        return terms;
    }

    byte[] challenge() {
        return challenge.clone();
    }

    byte[] card() {
        return card.clone();
    }

    byte[] toBytes() {
        return new ByteWriter()
                .varint(terms.version())
                .varint(terms.suite())
                .u64(terms.wallMillis())
                .varint(terms.hubEpoch())
                .varint(terms.frameBytesMax())
                .raw(challenge)
                .bytes(card)
                .toByteArray();
    }

    static Choice parse(byte[] bytes) throws MalformedException {
        ByteReader reader = new ByteReader(ByteBuffer.wrap(bytes));
        int version = (int) reader.varint(NUMBER_MAX, "version");
        int suite = (int) reader.varint(NUMBER_MAX, "suite");
        long wallMillis = reader.u64("wall clock");
        long hubEpoch = reader.varint("hub epoch");
        int frameBytes = (int) reader.varint(Terms.FRAME_BYTES_MAX, "frame bytes");
        if (frameBytes < Terms.FRAME_BYTES_LEAST) {
            throw new MalformedException(
                    "frame bytes: " + frameBytes + " (expected: >= " + Terms.FRAME_BYTES_LEAST + ")");
        }
        byte[] challenge = reader.raw(CHALLENGE_BYTES, "challenge");
        byte[] card = reader.bytes(CARD_BYTES_MAX, "node card");
        reader.end("choice");
        return new Choice(new Terms(version, suite, wallMillis, hubEpoch, frameBytes), challenge, card);
    }
}
