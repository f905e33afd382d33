package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.NodeId;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Proofs that both ends know a token, made of a hash of its secret: {@code HKDF-Extract("", secret)}.
 *
 * <p>The hub keeps these 32 bytes. They do not tell the secret, but whoever has them can make proofs, so they are kept
 * like keys. A proof holds for one handshake and for one key: it is of no use in another session or to another node.
 */
public final class TokenVerifier implements AutoCloseable {
    /** Size of the binary form, and of a proof. */
    public static final int BYTES = Sha256.BYTES;

    private final byte[] key;

    private TokenVerifier(byte[] key) {
        this.key = key;
    }

    static TokenVerifier ofSecret(byte[] secret) {
        return new TokenVerifier(Hkdf.extract(new byte[0], secret));
    }

    /** Reads the binary form: exactly 32 bytes, which are copied. */
    public static TokenVerifier of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException(
                    "token verifier of " + bytes.length + " bytes (expected: " + BYTES + ")");
        }
        return new TokenVerifier(bytes.clone());
    }

    /** One of no token, so that an unknown token takes as long to refuse as a wrong proof. */
    static TokenVerifier ofNoToken(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new TokenVerifier(bytes);
    }

    /** The binary form, to be kept like a key. */
    public byte[] toBytes() {
        return key.clone();
    }

    /** The initiator's proof: for what was said up to the second message, the challenge in it, and its own key. */
    byte[] clientProof(byte[] hash, byte[] challenge, byte[] initiatorKey, NodeId node) {
        return proof("blz1/tokC", hash, challenge, Sha256.of(initiatorKey), node.toBytes());
    }

    /** The responder's proof: for the whole handshake. */
    byte[] serverProof(byte[] hash, byte[] challenge) {
        return proof("blz1/tokS", hash, challenge);
    }

    private byte[] proof(String purpose, byte[]... said) {
        byte[] proofKey = Hkdf.expand(key, purpose, Sha256.BYTES);
        byte[] proof = Hmac.sha256(proofKey, said);
        Arrays.fill(proofKey, (byte) 0);
        return proof;
    }

    static boolean same(byte[] expected, byte[] found) {
        return MessageDigest.isEqual(expected, found);
    }

    @Override
    public void close() {
        Arrays.fill(key, (byte) 0);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "token verifier";
    }
}
