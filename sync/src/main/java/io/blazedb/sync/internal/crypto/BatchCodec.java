package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.internal.wire.ByteReader;
import io.blazedb.sync.internal.wire.ByteWriter;
import io.blazedb.sync.internal.wire.MalformedException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The bytes of batches on one direction of one session. Headers are not sent: a batch says once what its envelopes have
 * in common, and nothing when it goes on where the batch before ended; numbers and hashes follow.
 *
 * <pre>
 * u8 0, or 1 and: database tag 16, origin 16, key id 16, scope tag 16, varint seq, hash of the envelope before 32
 *   | varint count, each: u8 kind, varint blocks, nonce 24, ciphertext of 64 bytes a block and 16 | signature 64
 * </pre>
 *
 * <p>Batches must be read in the order written, each once, as a session gives them. Not safe for use by several
 * threads; a direction needs one at either end.
 */
public final class BatchCodec {
    private static final int GOES_ON = 0;
    private static final int BEGINS = 1;
    private static final int BLOCKS_MAX = Envelope.CONTENT_BYTES_MAX / Padding.BLOCK_BYTES;
    private static final int ENVELOPE_BYTES_MIN =
            2 + XAes256Gcm.NONCE_BYTES + Padding.BLOCK_BYTES + XAes256Gcm.TAG_BYTES;

    private Optional<BatchPlace> next = Optional.empty();

    public byte[] write(EnvelopeBatch batch) {
        BatchPlace place = BatchPlace.of(batch.first());
        ByteWriter out = new ByteWriter();
        if (next.isPresent() && next.get().equals(place)) {
            out.u8(GOES_ON);
        } else {
            place.write(out.u8(BEGINS));
        }
        out.varint(batch.envelopes().size());
        for (Envelope envelope : batch.envelopes()) {
            EnvelopeHeader header = envelope.header();
            out.u8(header.kind().code()).varint(header.ciphertextBytes() / Padding.BLOCK_BYTES);
            out.raw(header.nonce().toArray()).raw(envelope.ciphertext().toArray());
        }
        next = Optional.of(place.after(batch.envelopes().get(batch.envelopes().size() - 1)));
        return out.raw(batch.signature().toArray()).toByteArray();
    }

    /** Reads a batch that fills the bytes. Nothing of it is checked but its form. */
    public EnvelopeBatch read(byte[] encoded) throws MalformedException {
        ByteReader in = new ByteReader(ByteBuffer.wrap(encoded));
        try {
            BatchPlace place = readPlace(in);
            int count = in.count(ENVELOPE_BYTES_MIN, EnvelopeBatch.ENVELOPES_MAX, "envelopes");
            List<Envelope> envelopes = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Envelope envelope = readEnvelope(in, place);
                envelopes.add(envelope);
                place = place.after(envelope);
            }
            Bytes signature = Bytes.of(in.raw(Ed25519.SIGNATURE_BYTES, "signature of a batch"));
            in.end("batch");
            EnvelopeBatch batch = new EnvelopeBatch(envelopes, signature);
            next = Optional.of(place);
            return batch;
        } catch (IllegalArgumentException e) {
            throw new MalformedException("batch: " + e.getMessage(), e);
        }
    }

    private BatchPlace readPlace(ByteReader in) throws MalformedException {
        int form = in.u8("form of a batch");
        if (form == BEGINS) {
            return BatchPlace.read(in);
        }
        if (form != GOES_ON || next.isEmpty()) {
            throw new MalformedException(
                    "form of a batch: " + form + " (expected: " + (next.isEmpty() ? "1)" : "0 or 1)"));
        }
        return next.get();
    }

    private static Envelope readEnvelope(ByteReader in, BatchPlace place) throws MalformedException {
        EnvelopeKind kind = EnvelopeKind.of(in.u8("kind of an envelope"));
        int blocks = (int) in.varint(BLOCKS_MAX, "blocks of an envelope");
        Bytes nonce = Bytes.of(in.raw(XAes256Gcm.NONCE_BYTES, "nonce"));
        int length = blocks * Padding.BLOCK_BYTES + XAes256Gcm.TAG_BYTES;
        Bytes ciphertext = Bytes.of(in.raw(length, "ciphertext"));
        EnvelopeHeader header = new EnvelopeHeader(
                kind,
                place.databaseTag(),
                place.origin(),
                place.seq(),
                place.previous(),
                place.keyId(),
                place.scopeTag(),
                length,
                nonce);
        return new Envelope(header, ciphertext);
    }
}
