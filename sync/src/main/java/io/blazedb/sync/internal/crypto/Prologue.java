package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.internal.wire.ByteWriter;
import java.nio.charset.StandardCharsets;

/**
 * What both ends know of the connection before the first message. Where they differ, for instance because someone in
 * the middle ends TLS with a certificate of his own, no message of the handshake decrypts.
 *
 * <pre>
 *   "BLZ1" | transport 1 | team tag 16 | SHA-256 of the TLS server's public key (SPKI), or zeros, 32
 * </pre>
 */
public final class Prologue {
    public static final int TEAM_TAG_BYTES = 16;
    public static final int CERTIFICATE_HASH_BYTES = Sha256.BYTES;

    private final byte[] bytes;

    private Prologue(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Of a connection in TLS. */
    public static Prologue of(Transport transport, byte[] teamTag, byte[] certificateHash) {
        if (teamTag.length != TEAM_TAG_BYTES) {
            throw new IllegalArgumentException(
                    "team tag of " + teamTag.length + " bytes (expected: " + TEAM_TAG_BYTES + ")");
        }
        if (certificateHash.length != CERTIFICATE_HASH_BYTES) {
            throw new IllegalArgumentException("certificate hash of " + certificateHash.length + " bytes (expected: "
                    + CERTIFICATE_HASH_BYTES + ")");
        }
        return new Prologue(new ByteWriter()
                .raw("BLZ1".getBytes(StandardCharsets.US_ASCII))
                .u8(transport.code())
                .raw(teamTag)
                .raw(certificateHash)
                .toByteArray());
    }

    /** Of a connection without TLS. */
    public static Prologue of(Transport transport, byte[] teamTag) {
        return of(transport, teamTag, new byte[CERTIFICATE_HASH_BYTES]);
    }

    byte[] toBytes() {
        return bytes.clone();
    }
}
