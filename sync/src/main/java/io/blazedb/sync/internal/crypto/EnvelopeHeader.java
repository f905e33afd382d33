package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.OriginId;
import io.blazedb.sync.internal.wire.ByteReader;
import io.blazedb.sync.internal.wire.ByteWriter;
import io.blazedb.sync.internal.wire.MalformedException;

/**
 * What everybody may read of an envelope, all of it authenticated.
 *
 * <pre>
 * "BE" | u8 version | u8 kind | database tag 16 | origin 16 | u64 seq | hash of the envelope before 32 | key id 16
 *   | scope tag 16 | u32 length of the ciphertext | nonce 24
 * </pre>
 *
 * @param seq number of the change set in its origin, from 1; 0 for what the origin says of itself
 * @param previous hash of the origin's envelope before; zeros before the first
 * @param ciphertextBytes length of what follows the header
 */
public record EnvelopeHeader(
        EnvelopeKind kind,
        Bytes databaseTag,
        OriginId origin,
        long seq,
        Bytes previous,
        Bytes keyId,
        Bytes scopeTag,
        int ciphertextBytes,
        Bytes nonce) {
    /** 2 + 1 + 1 + 16 + 16 + 8 + 32 + 16 + 16 + 4 + 24. */
    public static final int BYTES = 136;

    /** What stands for the envelope before the first. */
    public static final Bytes NOTHING_BEFORE = Bytes.of(new byte[Sha256.BYTES]);

    private static final int CIPHERTEXT_BYTES_MIN = Padding.BLOCK_BYTES + XAes256Gcm.TAG_BYTES;
    private static final int MAGIC_FIRST = 'B';
    private static final int MAGIC_SECOND = 'E';
    private static final int VERSION = 1;

    public EnvelopeHeader {
        databaseTag.requireLength(DatabaseIdentity.BYTES, "database tag");
        previous.requireLength(Sha256.BYTES, "hash of an envelope");
        keyId.requireLength(GroupKey.KEY_ID_BYTES, "key id");
        scopeTag.requireLength(GroupKey.TAG_BYTES, "scope tag");
        nonce.requireLength(XAes256Gcm.NONCE_BYTES, "nonce");
        if (seq < 0 || (seq == 0) != (kind == EnvelopeKind.ORIGIN)) {
            throw new IllegalArgumentException(
                    "number " + seq + " of an envelope with " + kind + " (expected: 0 for ORIGIN, else >= 1)");
        }
        if (ciphertextBytes < CIPHERTEXT_BYTES_MIN
                || ciphertextBytes > Envelope.CIPHERTEXT_BYTES_MAX
                || ciphertextBytes % Padding.BLOCK_BYTES != XAes256Gcm.TAG_BYTES) {
            throw new IllegalArgumentException("ciphertext of " + ciphertextBytes + " bytes (expected: "
                    + CIPHERTEXT_BYTES_MIN + " to " + Envelope.CIPHERTEXT_BYTES_MAX + ", in steps of "
                    + Padding.BLOCK_BYTES + ")");
        }
    }

    public byte[] toBytes() {
        ByteWriter out = new ByteWriter(BYTES);
        out.u8(MAGIC_FIRST).u8(MAGIC_SECOND).u8(VERSION).u8(kind.code());
        out.raw(databaseTag.toArray()).raw(origin.toBytes()).u64(seq).raw(previous.toArray());
        out.raw(keyId.toArray()).raw(scopeTag.toArray());
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            out.u8(ciphertextBytes >>> shift);
        }
        return out.raw(nonce.toArray()).toByteArray();
    }

    static EnvelopeHeader readFrom(ByteReader in) throws MalformedException {
        if (in.u8("envelope") != MAGIC_FIRST || in.u8("envelope") != MAGIC_SECOND) {
            throw new MalformedException("no envelope: it does not begin with BE");
        }
        int version = in.u8("version of an envelope");
        if (version != VERSION) {
            throw new MalformedException("version of an envelope: " + version + " (expected: " + VERSION + ")");
        }
        EnvelopeKind kind = EnvelopeKind.of(in.u8("kind of an envelope"));
        Bytes databaseTag = Bytes.of(in.raw(DatabaseIdentity.BYTES, "database tag"));
        OriginId origin = OriginId.of(in.raw(OriginId.BYTES, "origin"));
        long seq = in.u64("number of an envelope");
        Bytes previous = Bytes.of(in.raw(Sha256.BYTES, "hash of the envelope before"));
        Bytes keyId = Bytes.of(in.raw(GroupKey.KEY_ID_BYTES, "key id"));
        Bytes scopeTag = Bytes.of(in.raw(GroupKey.TAG_BYTES, "scope tag"));
        int length = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            length = length << Byte.SIZE | in.u8("length of the ciphertext");
        }
        Bytes nonce = Bytes.of(in.raw(XAes256Gcm.NONCE_BYTES, "nonce"));
        try {
            return new EnvelopeHeader(kind, databaseTag, origin, seq, previous, keyId, scopeTag, length, nonce);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("envelope: " + e.getMessage(), e);
        }
    }
}
