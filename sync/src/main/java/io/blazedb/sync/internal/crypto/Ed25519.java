package io.blazedb.sync.internal.crypto;

import org.bouncycastle.math.ec.rfc8032.Ed25519.PublicPoint;
import org.jspecify.annotations.Nullable;

/**
 * Ed25519 signatures as RFC 8032 has them, with nothing left to choose: S is below the order of the group, points have
 * one encoding, and a public key lies in the group of prime order, so it is never one of the few with which a signature
 * fits every message. Stateless; any thread may call it.
 */
final class Ed25519 {
    static final int SEED_BYTES = 32;
    static final int PUBLIC_KEY_BYTES = 32;
    static final int SIGNATURE_BYTES = 64;

    private Ed25519() {}

    static byte[] publicKey(byte[] seed) {
        requireLength(seed, SEED_BYTES, "seed");
        byte[] publicKey = new byte[PUBLIC_KEY_BYTES];
        org.bouncycastle.math.ec.rfc8032.Ed25519.generatePublicKey(seed, 0, publicKey, 0);
        return publicKey;
    }

    static byte[] sign(byte[] seed, byte[] message) {
        requireLength(seed, SEED_BYTES, "seed");
        byte[] signature = new byte[SIGNATURE_BYTES];
        org.bouncycastle.math.ec.rfc8032.Ed25519.sign(seed, 0, message, 0, message.length, signature, 0);
        return signature;
    }

    /** Whether the signature is one of this message by the owner of this key. Any bytes may be asked about. */
    static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        if (signature.length != SIGNATURE_BYTES) {
            return false;
        }
        @Nullable PublicPoint point = point(publicKey);
        return point != null
                && org.bouncycastle.math.ec.rfc8032.Ed25519.verify(signature, 0, point, message, 0, message.length);
    }

    private static @Nullable PublicPoint point(byte[] publicKey) {
        if (publicKey.length != PUBLIC_KEY_BYTES) {
            return null;
        }
        return org.bouncycastle.math.ec.rfc8032.Ed25519.validatePublicKeyFullExport(publicKey, 0);
    }

    private static void requireLength(byte[] value, int length, String what) {
        if (value.length != length) {
            throw new IllegalArgumentException(what + " of " + value.length + " bytes (expected: " + length + ")");
        }
    }
}
