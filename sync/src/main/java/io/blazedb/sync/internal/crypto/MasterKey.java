package io.blazedb.sync.internal.crypto;

import java.util.Arrays;

/**
 * The one random key of an encrypted database, from which the key of each file follows. Whoever opened the keystore
 * closes it, which wipes it. Any thread may use it until then.
 */
public final class MasterKey implements AutoCloseable {
    static final int BYTES = 32;

    private static final char[] HEX = "0123456789abcdef".toCharArray();
    private static final int DERIVED_BYTES = 32;

    private final byte[] secret;
    private final byte[] root;

    /** Takes the bytes over. */
    MasterKey(byte[] secret) {
        if (secret.length != BYTES) {
            throw new IllegalArgumentException("master key of " + secret.length + " bytes (expected: " + BYTES + ")");
        }
        this.secret = secret;
        this.root = Hkdf.extract(new byte[0], secret);
    }

    /** The file password of H2: 64 hexadecimal digits, 256 bits. The caller wipes them. */
    public char[] h2FilePassword() {
        byte[] key = derived(Label.H2_FILE);
        char[] digits = new char[2 * key.length];
        for (int i = 0; i < key.length; i++) {
            digits[2 * i] = HEX[(key[i] >> 4) & 0xF];
            digits[2 * i + 1] = HEX[key[i] & 0xF];
        }
        Arrays.fill(key, (byte) 0);
        return digits;
    }

    /** The key of the log, 32 bytes. The caller wipes them. */
    public byte[] logKey() {
        return derived(Label.LOG);
    }

    /** Seals the node's private keys and other secrets of its own. */
    public XAes256Gcm identityKey() {
        byte[] key = derived(Label.IDENTITY);
        try {
            return new XAes256Gcm(key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    byte[] toSecretBytes() {
        return secret.clone();
    }

    private byte[] derived(Label purpose) {
        return Hkdf.expand(root, purpose.with(), DERIVED_BYTES);
    }

    @Override
    public void close() {
        Arrays.fill(secret, (byte) 0);
        Arrays.fill(root, (byte) 0);
    }

    @Override
    public String toString() {
        return "master key";
    }
}
