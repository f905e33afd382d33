package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.internal.wire.ByteReader;
import io.blazedb.sync.internal.wire.ByteWriter;
import io.blazedb.sync.internal.wire.MalformedException;
import java.nio.ByteBuffer;

/**
 * One operation as it lies at a hub: a header that everybody may read, and what only members can. Its hash covers both
 * and, through the header, all envelopes of the origin before it.
 *
 * @param ciphertext padded, perhaps compressed, sealed
 */
public record Envelope(EnvelopeHeader header, Bytes ciphertext) {
    /** Longest content, with two bytes for its form and the end of it. */
    public static final int CONTENT_BYTES_MAX = 64 << 20;

    /** The content with its form and its padding, and the tag. */
    public static final int CIPHERTEXT_BYTES_MAX = CONTENT_BYTES_MAX + XAes256Gcm.TAG_BYTES;

    public Envelope {
        ciphertext.requireLength(header.ciphertextBytes(), "ciphertext");
    }

    /** Names this envelope, and links the next one to it. */
    public Bytes hash() {
        return Bytes.sha256(header.toBytes(), ciphertext.toArray());
    }

    public byte[] toBytes() {
        return new ByteWriter(EnvelopeHeader.BYTES + ciphertext.length())
                .raw(header.toBytes())
                .raw(ciphertext.toArray())
                .toByteArray();
    }

    /** Reads an envelope that fills the bytes. */
    public static Envelope read(byte[] encoded) throws MalformedException {
        ByteReader in = new ByteReader(ByteBuffer.wrap(encoded));
        EnvelopeHeader header = EnvelopeHeader.readFrom(in);
        Bytes ciphertext = Bytes.of(in.raw(header.ciphertextBytes(), "ciphertext"));
        in.end("envelope");
        return new Envelope(header, ciphertext);
    }
}
