package io.blazedb.sync.internal.crypto;

import java.nio.ByteBuffer;

/**
 * The bytes of a record, which carries a frame or a fragment of one.
 *
 * <pre>
 *   encrypted: type u8 | flags u8 | payload length u16 | payload | zeros up to a multiple of 64
 *   in the clear: tag 16
 * </pre>
 *
 * A record is as long on the wire as 64 different payloads would make it, which hides lengths a little.
 */
final class RecordLayout {
    /** The Noise specification's limit of a message. */
    static final int RECORD_BYTES_MAX = 65_535;

    static final int HEADER_BYTES = 4;
    static final int PAD_BYTES = 64;
    /** 65,535 without the tag of 16, rounded down to a multiple of 64: 65,472. */
    static final int PLAIN_BYTES_MAX = (RECORD_BYTES_MAX - AesGcm.TAG_BYTES) / PAD_BYTES * PAD_BYTES;

    static final int PAYLOAD_BYTES_MAX = PLAIN_BYTES_MAX - HEADER_BYTES;
    static final int RECORD_BYTES_LEAST = PAD_BYTES + AesGcm.TAG_BYTES;

    static final int FIRST = 1;
    static final int LAST = 2;

    /** The last record of a direction: what follows it, or is missing before it, was not the sender's doing. */
    static final int CLOSE = 0;
    /** The last record under a key. */
    static final int REKEY = 1;
    /** The end of the handshake. */
    static final int VERDICT = 2;

    private RecordLayout() {}

    static byte[] plain(int type, int flags, byte[] payload, int from, int length) {
        ByteBuffer plain = ByteBuffer.allocate(paddedBytes(length));
        plain.put((byte) type).put((byte) flags).putShort((short) length).put(payload, from, length);
        return plain.array();
    }

    /** The bytes of a plain record whose payload has this length. */
    static int paddedBytes(int payloadLength) {
        return (HEADER_BYTES + payloadLength + PAD_BYTES - 1) / PAD_BYTES * PAD_BYTES;
    }
}
