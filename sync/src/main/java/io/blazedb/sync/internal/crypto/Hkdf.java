package io.blazedb.sync.internal.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF-SHA256 of RFC 5869. Stateless; any thread may call it. */
final class Hkdf {
    private static final int HASH_BYTES = 32;

    private Hkdf() {}

    static byte[] extract(byte[] salt, byte[] secret) {
        return mac(salt.length == 0 ? new byte[HASH_BYTES] : salt).doFinal(secret);
    }

    static byte[] expand(byte[] key, byte[] info, int length) {
        Mac mac = mac(key);
        byte[] result = new byte[length];
        byte[] block = new byte[0];
        for (int at = 0, counter = 1; at < length; at += HASH_BYTES, counter++) {
            mac.update(block);
            mac.update(info);
            mac.update((byte) counter);
            block = mac.doFinal();
            System.arraycopy(block, 0, result, at, Math.min(HASH_BYTES, length - at));
        }
        Arrays.fill(block, (byte) 0);
        return result;
    }

    private static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks HMAC-SHA256", e);
        }
    }
}
