package io.blazedb.sync.internal.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM by the JDK under one key. The caller never uses a nonce twice: who does loses both messages and the key's
 * authenticity. Not safe for use by several threads.
 */
final class AesGcm {
    static final int KEY_BYTES = 32;
    static final int NONCE_BYTES = 12;
    static final int TAG_BYTES = 16;

    private final SecretKeySpec key;
    private final Cipher cipher;

    /** Copies the key, which the caller wipes. */
    AesGcm(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("AES key of " + key.length + " bytes (expected: " + KEY_BYTES + ")");
        }
        this.key = new SecretKeySpec(key, "AES");
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a Java runtime without AES-GCM", e);
        }
    }

    /** The encrypted bytes, then a tag of 16 bytes over them and over what accompanies them in the clear. */
    byte[] seal(byte[] nonce, byte[] clear, byte[] plain) {
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, parameters(nonce));
            cipher.updateAAD(clear);
            return cipher.doFinal(plain);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refuses to encrypt: a nonce used twice?", e);
        }
    }

    /** What was sealed; fails if one bit of it, of the nonce or of what accompanied it is another. */
    byte[] open(byte[] nonce, byte[] clear, byte[] sealed) throws AEADBadTagException {
        if (sealed.length < TAG_BYTES) {
            throw new AEADBadTagException(sealed.length + " bytes (expected: >= " + TAG_BYTES + ")");
        }
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, parameters(nonce));
            cipher.updateAAD(clear);
            return cipher.doFinal(sealed);
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refuses to decrypt", e);
        }
    }

    private static GCMParameterSpec parameters(byte[] nonce) {
        if (nonce.length != NONCE_BYTES) {
            throw new IllegalArgumentException("nonce of " + nonce.length + " bytes (expected: " + NONCE_BYTES + ")");
        }
        return new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce);
    }
}
