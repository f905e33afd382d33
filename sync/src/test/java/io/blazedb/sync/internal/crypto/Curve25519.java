package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.internal.wire.MalformedException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;

/** The curve of the published Noise vectors, by the JDK: no vectors are published for P-256. */
final class Curve25519 implements DiffieHellman {
    private static final int BYTES = 32;
    private static final byte[] BASE = littleEndian(BigInteger.valueOf(9));

    static DhKeyPair restore(byte[] privateKey) throws MalformedException {
        try {
            var key = KeyFactory.getInstance("X25519")
                    .generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, privateKey));
            byte[] publicKey = new Curve25519().agree(new DhKeyPair(key, BASE), BASE);
            return new DhKeyPair(key, publicKey);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String name() {
        return "25519";
    }

    @Override
    public int publicKeyBytes() {
        return BYTES;
    }

    @Override
    public byte[] agree(DhKeyPair mine, byte[] theirs) throws MalformedException {
        try {
            KeyAgreement agreement = KeyAgreement.getInstance("X25519");
            agreement.init(mine.privateKey());
            BigInteger u = new BigInteger(1, reversed(theirs));
            agreement.doPhase(
                    KeyFactory.getInstance("X25519").generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, u)),
                    true);
            return agreement.generateSecret();
        } catch (GeneralSecurityException e) {
            throw new MalformedException("public key", e);
        }
    }

    private static byte[] littleEndian(BigInteger number) {
        byte[] bytes = reversed(number.toByteArray());
        return Arrays.copyOf(bytes, BYTES);
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] result = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            result[i] = bytes[bytes.length - 1 - i];
        }
        return result;
    }
}
