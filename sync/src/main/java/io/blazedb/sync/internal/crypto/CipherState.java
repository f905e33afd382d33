package io.blazedb.sync.internal.crypto;

import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;

/**
 * A key and the number of its next message (Noise specification, revision 34, 5.1), with AES-256-GCM.
 *
 * <p>The nonce is the number, so one key serves one direction of one session. Whoever gets an exception from
 * {@link #decrypt} ends the session. Not safe for use by several threads.
 */
final class CipherState {
    private static final byte[] NOTHING = {};
    /** The number that only {@link #rekey} uses. */
    private static final long RESERVED = -1L;

    private AesGcm key;
    private long number;

    /** Copies the key, which the caller wipes. */
    CipherState(byte[] key) {
        this.key = new AesGcm(key);
    }

    byte[] encrypt(byte[] clear, byte[] plain) {
        byte[] sealed = key.seal(nonce(nextNumber()), clear, plain);
        number++;
        return sealed;
    }

    byte[] decrypt(byte[] clear, byte[] sealed) throws AEADBadTagException {
        byte[] plain = key.open(nonce(nextNumber()), clear, sealed);
        number++;
        return plain;
    }

    /** Replaces the key by one that does not lead back to it. The numbers go on (11.3). */
    void rekey() {
        byte[] next = key.seal(nonce(RESERVED), NOTHING, new byte[AesGcm.KEY_BYTES]);
        byte[] truncated = Arrays.copyOf(next, AesGcm.KEY_BYTES);
        key = new AesGcm(truncated);
        Arrays.fill(next, (byte) 0);
        Arrays.fill(truncated, (byte) 0);
    }

    /** The number of the next message. */
    long number() {
        return number;
    }

    private long nextNumber() {
        if (number == RESERVED) {
            throw new IllegalStateException("no number left under this key");
        }
        return number;
    }

    private static byte[] nonce(long number) {
        return ByteBuffer.allocate(AesGcm.NONCE_BYTES).putInt(0).putLong(number).array();
    }
}
