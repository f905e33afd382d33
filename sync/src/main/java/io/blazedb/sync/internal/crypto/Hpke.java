package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.internal.wire.MalformedException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;

/**
 * Sealing to a public key: HPKE of RFC 9180 in its base mode with P-256, HKDF-SHA256 and AES-256-GCM, one message a
 * key. No context lives longer than one message, so there is no counter that could go wrong. Who sealed is not proven:
 * that takes a signature. Stateless; any thread may call it.
 */
final class Hpke {
    static final int PUBLIC_KEY_BYTES = P256.PUBLIC_KEY_BYTES;
    static final int PRIVATE_KEY_BYTES = 32;
    static final int TAG_BYTES = 16;

    /** What sealing adds: the ephemeral public key in front, the tag behind. */
    static final int OVERHEAD_BYTES = PUBLIC_KEY_BYTES + TAG_BYTES;

    private Hpke() {}

    /** A pair of keys; the private key follows from 32 random bytes as RFC 9180 derives it. */
    static P256Pair generate(SecureRandom random) {
        byte[] seed = new byte[PRIVATE_KEY_BYTES];
        random.nextBytes(seed);
        try {
            return derive(seed);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    static P256Pair derive(byte[] seed) {
        HPKE suite = suite();
        AsymmetricCipherKeyPair pair = suite.deriveKeyPair(seed);
        return new P256Pair(
                suite.serializePrivateKey(pair.getPrivate()), Bytes.of(suite.serializePublicKey(pair.getPublic())));
    }

    /** The ephemeral public key (65), then the ciphertext, sixteen bytes longer than the plaintext. */
    static byte[] seal(Bytes publicKey, byte[] info, byte[] additional, byte[] plaintext, SecureRandom random) {
        byte[] seed = new byte[PRIVATE_KEY_BYTES];
        random.nextBytes(seed);
        try {
            return seal(publicKey, info, additional, plaintext, seed);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    static byte[] seal(Bytes publicKey, byte[] info, byte[] additional, byte[] plaintext, byte[] ephemeralSeed) {
        HPKE suite = suite();
        AsymmetricKeyParameter recipient;
        try {
            recipient = publicKey(suite, publicKey.toArray());
        } catch (ForgedException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        HPKEContextWithEncapsulation context = suite.setupBaseS(recipient, info, suite.deriveKeyPair(ephemeralSeed));
        try {
            byte[] ciphertext = context.seal(additional, plaintext);
            byte[] sealed = Arrays.copyOf(context.getEncapsulation(), PUBLIC_KEY_BYTES + ciphertext.length);
            System.arraycopy(ciphertext, 0, sealed, PUBLIC_KEY_BYTES, ciphertext.length);
            return sealed;
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("HPKE cannot seal " + plaintext.length + " bytes", e);
        }
    }

    /** The plaintext, or nothing of it. */
    static byte[] open(P256Pair keys, byte[] info, byte[] additional, byte[] sealed) throws ForgedException {
        if (sealed.length < OVERHEAD_BYTES) {
            throw new ForgedException(
                    "sealed key of " + sealed.length + " bytes (expected: >= " + OVERHEAD_BYTES + ")");
        }
        HPKE suite = suite();
        byte[] ephemeral = Arrays.copyOf(sealed, PUBLIC_KEY_BYTES);
        byte[] ciphertext = Arrays.copyOfRange(sealed, PUBLIC_KEY_BYTES, sealed.length);
        publicKey(suite, ephemeral);
        byte[] secret = keys.privateKey();
        try {
            AsymmetricCipherKeyPair pair =
                    suite.deserializePrivateKey(secret, keys.publicKey().toArray());
            return suite.setupBaseR(ephemeral, pair, info).open(additional, ciphertext);
        } catch (InvalidCipherTextException | IllegalArgumentException | IllegalStateException e) {
            throw new ForgedException("a key was sealed for another, or for another purpose, or changed", e);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static AsymmetricKeyParameter publicKey(HPKE suite, byte[] encoded) throws ForgedException {
        try {
            P256.check(encoded);
            return suite.deserializePublicKey(encoded);
        } catch (MalformedException e) {
            throw new ForgedException("key that is none: " + e.getMessage(), e);
        }
    }

    private static HPKE suite() {
        return new HPKE(HPKE.mode_base, HPKE.kem_P256_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
    }
}
