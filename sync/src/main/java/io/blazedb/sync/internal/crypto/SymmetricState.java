package io.blazedb.sync.internal.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import org.jspecify.annotations.Nullable;

/**
 * The chaining key and the hash of everything said so far (Noise specification, revision 34, 5.2), with AES-256-GCM and
 * SHA-256. Both ends have the same state exactly if they saw the same messages. Not safe for use by several threads.
 */
final class SymmetricState {
    private static final byte[] NOTHING = {};

    private byte[] chainingKey;
    private byte[] hash;
    private @Nullable CipherState cipher;

    SymmetricState(String protocolName) {
        byte[] name = protocolName.getBytes(StandardCharsets.US_ASCII);
        hash = name.length <= Sha256.BYTES ? Arrays.copyOf(name, Sha256.BYTES) : Sha256.of(name);
        chainingKey = hash.clone();
    }

    void mixKey(byte[] secret) {
        byte[] output = derive(secret, 2);
        byte[] key = Arrays.copyOfRange(output, Sha256.BYTES, 2 * Sha256.BYTES);
        Arrays.fill(chainingKey, (byte) 0);
        chainingKey = Arrays.copyOf(output, Sha256.BYTES);
        cipher = new CipherState(key);
        Arrays.fill(output, (byte) 0);
        Arrays.fill(key, (byte) 0);
    }

    void mixHash(byte[] data) {
        hash = Sha256.of(hash, data);
    }

    byte[] encryptAndHash(byte[] plain) {
        byte[] sealed = cipher == null ? plain.clone() : cipher.encrypt(hash, plain);
        mixHash(sealed);
        return sealed;
    }

    byte[] decryptAndHash(byte[] sealed) throws AEADBadTagException {
        byte[] plain = cipher == null ? sealed.clone() : cipher.decrypt(hash, sealed);
        mixHash(sealed);
        return plain;
    }

    byte[] hash() {
        return hash.clone();
    }

    /** The keys of the two directions and a third, the exporter's. The state is of no use afterwards. */
    SplitKeys split() {
        byte[] output = derive(NOTHING, 3);
        byte[] toResponder = Arrays.copyOf(output, Sha256.BYTES);
        byte[] toInitiator = Arrays.copyOfRange(output, Sha256.BYTES, 2 * Sha256.BYTES);
        byte[] exporter = Arrays.copyOfRange(output, 2 * Sha256.BYTES, 3 * Sha256.BYTES);
        SplitKeys keys = new SplitKeys(new CipherState(toResponder), new CipherState(toInitiator), exporter);
        Arrays.fill(output, (byte) 0);
        Arrays.fill(toResponder, (byte) 0);
        Arrays.fill(toInitiator, (byte) 0);
        wipe();
        return keys;
    }

    void wipe() {
        Arrays.fill(chainingKey, (byte) 0);
        cipher = null;
    }

    /** The specification's HKDF: RFC 5869 without a purpose, cut into pieces of 32 bytes. */
    private byte[] derive(byte[] secret, int outputs) {
        byte[] extracted = Hkdf.extract(chainingKey, secret);
        byte[] output = Hkdf.expand(extracted, NOTHING, outputs * Sha256.BYTES);
        Arrays.fill(extracted, (byte) 0);
        return output;
    }
}
