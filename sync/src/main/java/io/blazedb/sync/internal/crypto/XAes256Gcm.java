package io.blazedb.sync.internal.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * XAES-256-GCM as the C2SP specification has it: AES-256-GCM under a key derived from the key and half of the nonce, so
 * that a nonce of 24 random bytes never repeats, not even on a machine that was put back to an earlier state. Opening
 * fails on anything that was not sealed with this key, this nonce and this additional data. Not safe for use by several
 * threads.
 */
public final class XAes256Gcm {
    public static final int KEY_BYTES = 32;
    public static final int NONCE_BYTES = 24;
    public static final int TAG_BYTES = 16;

    private static final int BLOCK_BYTES = 16;
    private static final int NONCE_HALF = NONCE_BYTES / 2;
    private static final int REDUCTION = 0x87;

    private final Cipher block;
    private final Cipher gcm;
    private final byte[] mask;
    /** The first half of the last nonce, and the key that follows from it: one who keeps the half has it once. */
    private final byte[] half = new byte[NONCE_HALF];

    private @Nullable SecretKeySpec keyOfHalf;

    /** The key is copied: the caller may wipe it. */
    public XAes256Gcm(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("key of " + key.length + " bytes (expected: " + KEY_BYTES + ")");
        }
        try {
            block = Cipher.getInstance("AES/ECB/NoPadding");
            block.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
            gcm = Cipher.getInstance("AES/GCM/NoPadding");
            mask = doubled(block.doFinal(new byte[BLOCK_BYTES]));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks AES-256-GCM", e);
        }
    }

    /** The ciphertext, sixteen bytes longer than the plaintext. One nonce must never be used twice. */
    public byte[] seal(byte[] nonce, byte[] plaintext, byte[] additional) {
        try {
            return run(Cipher.ENCRYPT_MODE, nonce, plaintext, additional);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM cannot seal " + plaintext.length + " bytes", e);
        }
    }

    /** The plaintext, or nothing of it. */
    public byte[] open(byte[] nonce, byte[] ciphertext, byte[] additional) throws ForgedException {
        if (ciphertext.length < TAG_BYTES) {
            throw new ForgedException("ciphertext of " + ciphertext.length + " bytes (expected: >= " + TAG_BYTES + ")");
        }
        try {
            return run(Cipher.DECRYPT_MODE, nonce, ciphertext, additional);
        } catch (AEADBadTagException e) {
            throw new ForgedException("sealed bytes were changed, moved, or sealed with another key", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM cannot open " + ciphertext.length + " bytes", e);
        }
    }

    /**
     * Seals a part of an array into another one, which has room for sixteen bytes more. Cheaper than the other, and
     * cheaper still while the first half of the nonce stays the same.
     */
    public void seal(byte[] nonce, ByteBuffer plaintext, byte[] additional, ByteBuffer target) {
        try {
            init(Cipher.ENCRYPT_MODE, nonce, additional);
            gcm.doFinal(plaintext, target);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM cannot seal", e);
        }
    }

    /** Opens a part of an array into another one; what is in the target after a failure is nothing. */
    public void open(byte[] nonce, ByteBuffer ciphertext, byte[] additional, ByteBuffer target) throws ForgedException {
        if (ciphertext.remaining() < TAG_BYTES) {
            throw new ForgedException(
                    "ciphertext of " + ciphertext.remaining() + " bytes (expected: >= " + TAG_BYTES + ")");
        }
        try {
            init(Cipher.DECRYPT_MODE, nonce, additional);
            gcm.doFinal(ciphertext, target);
        } catch (AEADBadTagException e) {
            throw new ForgedException("sealed bytes were changed, moved, or sealed with another key", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM cannot open", e);
        }
    }

    private byte[] run(int mode, byte[] nonce, byte[] input, byte[] additional) throws GeneralSecurityException {
        init(mode, nonce, additional);
        return gcm.doFinal(input);
    }

    private void init(int mode, byte[] nonce, byte[] additional) throws GeneralSecurityException {
        if (nonce.length != NONCE_BYTES) {
            throw new IllegalArgumentException("nonce of " + nonce.length + " bytes (expected: " + NONCE_BYTES + ")");
        }
        GCMParameterSpec parameters =
                new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce, NONCE_HALF, NONCE_BYTES - NONCE_HALF);
        gcm.init(mode, keyOf(nonce), parameters);
        gcm.updateAAD(additional);
    }

    private SecretKeySpec keyOf(byte[] nonce) throws GeneralSecurityException {
        SecretKeySpec known = keyOfHalf;
        if (known != null && Arrays.equals(half, 0, NONCE_HALF, nonce, 0, NONCE_HALF)) {
            return known;
        }
        byte[] derived = derivedKey(nonce);
        SecretKeySpec key = new SecretKeySpec(derived, "AES");
        Arrays.fill(derived, (byte) 0);
        System.arraycopy(nonce, 0, half, 0, NONCE_HALF);
        keyOfHalf = key;
        return key;
    }

    /** CMAC in counter mode over one block each: 0, counter, 'X', 0, first half of the nonce. */
    private byte[] derivedKey(byte[] nonce) throws GeneralSecurityException {
        byte[] input = new byte[2 * BLOCK_BYTES];
        for (int half = 0; half < 2; half++) {
            int at = half * BLOCK_BYTES;
            input[at + 1] = (byte) (half + 1);
            input[at + 2] = 'X';
            System.arraycopy(nonce, 0, input, at + BLOCK_BYTES - NONCE_HALF, NONCE_HALF);
            for (int i = 0; i < BLOCK_BYTES; i++) {
                input[at + i] ^= mask[i];
            }
        }
        return block.doFinal(input);
    }

    /** Times x in the field of CMAC, without a branch on the secret. */
    private static byte[] doubled(byte[] value) {
        byte[] result = new byte[BLOCK_BYTES];
        int carry = 0;
        for (int i = BLOCK_BYTES - 1; i >= 0; i--) {
            int b = value[i] & 0xFF;
            result[i] = (byte) (b << 1 | carry);
            carry = b >>> 7;
        }
        result[BLOCK_BYTES - 1] ^= (byte) (-carry & REDUCTION);
        return result;
    }
}
