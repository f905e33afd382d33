package io.blazedb.sync.internal.crypto;

import java.util.Arrays;

/**
 * Fills content up to the next multiple of 64 bytes, so that its length says less: one byte with a single bit, then
 * zeros. Stateless; any thread may call it.
 */
final class Padding {
    static final int BLOCK_BYTES = 64;

    private static final byte END = (byte) 0x80;

    private Padding() {}

    /** The head byte and the content, padded. */
    static byte[] pad(int head, byte[] content) {
        int length = 1 + content.length + 1;
        byte[] padded = new byte[(length + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES];
        padded[0] = (byte) head;
        System.arraycopy(content, 0, padded, 1, content.length);
        padded[1 + content.length] = END;
        return padded;
    }

    /** The content behind the head byte. */
    static byte[] unpad(byte[] padded) throws ForgedException {
        int end = padded.length - 1;
        while (end > 0 && padded[end] == 0) {
            end--;
        }
        if (end < 1 || padded[end] != END || padded.length - end > BLOCK_BYTES || padded.length % BLOCK_BYTES != 0) {
            throw new ForgedException("sealed content of " + padded.length + " bytes that is not padded to 64");
        }
        return Arrays.copyOfRange(padded, 1, end);
    }
}
