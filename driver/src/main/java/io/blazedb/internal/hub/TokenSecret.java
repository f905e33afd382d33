package io.blazedb.internal.hub;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A token as it is printed once, {@code blzt1.<mode>.<id>.<secret>}, and what the hub keeps of it: a hash of the
 * secret, by which a proof is checked and from which the secret does not follow.
 */
final class TokenSecret {
    private static final int ID_BYTES = 8;
    private static final int SECRET_BYTES = 32;
    private static final String HASH = "HmacSHA256";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String id;
    private final String text;
    private final String verifier;

    private TokenSecret(String id, String text, String verifier) {
        this.id = id;
        this.text = text;
        this.verifier = verifier;
    }

    static TokenSecret generate(HubMode mode) {
        byte[] name = new byte[ID_BYTES];
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(name);
        RANDOM.nextBytes(secret);
        try {
            Mac extract = Mac.getInstance(HASH);
            extract.init(new SecretKeySpec(new byte[SECRET_BYTES], HASH));
            String id = HexFormat.of().formatHex(name);
            String text = String.join(".", "blzt1", mode.text(), id, base64(secret));
            return new TokenSecret(id, text, base64(extract.doFinal(secret)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HMAC", e);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** 16 hexadecimal digits. */
    String id() {
        return id;
    }

    /** The whole token, secret included: to be shown once. */
    String text() {
        return text;
    }

    /** HKDF-Extract of the secret, without salt: 32 bytes in base64 for URLs. */
    String verifier() {
        return verifier;
    }

    @Override
    public String toString() {
        return "token " + id;
    }
}
