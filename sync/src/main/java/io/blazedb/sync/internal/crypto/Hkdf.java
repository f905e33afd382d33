package io.blazedb.sync.internal.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** HKDF with SHA-256 (RFC 5869): many keys of one secret, none of which tells another. */
final class Hkdf {
    /** The counter of the blocks is one byte. */
    static final int OUTPUT_BYTES_MAX = 255 * Sha256.BYTES;

    private Hkdf() {}

    /** Concentrates what is secret in the input into 32 bytes that look random. An empty salt is 32 zeros. */
    static byte[] extract(byte[] salt, byte[] secret) {
        return Hmac.sha256(salt, secret);
    }

    /** As many bytes as wanted of an extracted key, for one purpose. */
    static byte[] expand(byte[] extracted, byte[] purpose, int length) {
        if (length < 0 || length > OUTPUT_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "HKDF output of " + length + " bytes (expected: 0 to " + OUTPUT_BYTES_MAX + ")");
        }
        byte[] output = new byte[length];
        byte[] block = new byte[0];
        for (int done = 0, number = 1; done < length; done += Sha256.BYTES, number++) {
            byte[] next = Hmac.sha256(extracted, block, purpose, new byte[] {(byte) number});
            Arrays.fill(block, (byte) 0);
            block = next;
            System.arraycopy(block, 0, output, done, Math.min(Sha256.BYTES, length - done));
        }
        Arrays.fill(block, (byte) 0);
        return output;
    }

    static byte[] expand(byte[] extracted, String purpose, int length) {
        return expand(extracted, purpose.getBytes(StandardCharsets.US_ASCII), length);
    }
}
