package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.internal.wire.MalformedException;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;

/**
 * Diffie-Hellman on NIST P-256, computed by the JDK.
 *
 * <p>A public key has one form: 65 bytes, uncompressed (SEC 1, 2.3.3). Whether it is a point of the curve is checked
 * here and not left to a provider: a point of another curve would give the private key away bit by bit.
 */
public final class P256 implements DiffieHellman {
    /** A byte 4, then x and y. */
    public static final int PUBLIC_KEY_BYTES = 65;

    static final int COORDINATE_BYTES = 32;
    private static final int UNCOMPRESSED = 4;

    static final P256 INSTANCE = new P256();
    private static final ECParameterSpec CURVE = curve();
    private static final BigInteger PRIME = ((ECFieldFp) CURVE.getCurve().getField()).getP();

    private P256() {}

    public static DhKeyPair generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(CURVE, random);
            KeyPair pair = generator.generateKeyPair();
            return new DhKeyPair(pair.getPrivate(), encode(((ECPublicKey) pair.getPublic()).getW()));
        } catch (GeneralSecurityException e) {
            throw noCurve(e);
        }
    }

    /** A pair that was kept: the 32 bytes of the private number, and the public key, which has to belong to it. */
    public static DhKeyPair restore(byte[] privateNumber, byte[] publicKey) throws MalformedException {
        if (privateNumber.length != COORDINATE_BYTES) {
            throw new MalformedException(
                    "private key of " + privateNumber.length + " bytes (expected: " + COORDINATE_BYTES + ")");
        }
        ECPoint point = decode(publicKey);
        BigInteger number = new BigInteger(1, privateNumber);
        if (number.signum() == 0 || number.compareTo(CURVE.getOrder()) >= 0) {
            throw new MalformedException("private key out of range (expected: 1 to the order of P-256 minus 1)");
        }
        try {
            ECPrivateKeySpec spec = new ECPrivateKeySpec(number, CURVE);
            DhKeyPair pair = new DhKeyPair(KeyFactory.getInstance("EC").generatePrivate(spec), publicKey);
            byte[] x = INSTANCE.agree(pair, encode(CURVE.getGenerator()));
            if (!Arrays.equals(x, coordinate(point.getAffineX()))) {
                throw new MalformedException("private key of another public key (expected: the two of one pair)");
            }
            return pair;
        } catch (GeneralSecurityException e) {
            throw noCurve(e);
        }
    }

    /** The 32 bytes that {@link #restore} takes; the caller wipes them. */
    public static byte[] privateNumber(DhKeyPair pair) {
        if (!(pair.privateKey() instanceof ECPrivateKey key)) {
            throw new IllegalArgumentException("key of another curve (expected: P-256)");
        }
        return coordinate(key.getS());
    }

    /** Fails unless these are the bytes of a point of the curve. */
    public static void check(byte[] publicKey) throws MalformedException {
        decode(publicKey);
    }

    @Override
    public String name() {
        return "P256";
    }

    @Override
    public int publicKeyBytes() {
        return PUBLIC_KEY_BYTES;
    }

    /** The x of the common point: 32 bytes, leading zeros kept. */
    @Override
    public byte[] agree(DhKeyPair mine, byte[] theirs) throws MalformedException {
        ECPoint point = decode(theirs);
        try {
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(mine.privateKey());
            agreement.doPhase(KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, CURVE)), true);
            return agreement.generateSecret();
        } catch (GeneralSecurityException e) {
            throw noCurve(e);
        }
    }

    private static ECPoint decode(byte[] encoded) throws MalformedException {
        if (encoded.length != PUBLIC_KEY_BYTES) {
            throw new MalformedException(
                    "public key of " + encoded.length + " bytes (expected: " + PUBLIC_KEY_BYTES + ")");
        }
        if (encoded[0] != UNCOMPRESSED) {
            throw new MalformedException("public key of form " + encoded[0] + " (expected: " + UNCOMPRESSED + ")");
        }
        BigInteger x = new BigInteger(1, encoded, 1, COORDINATE_BYTES);
        BigInteger y = new BigInteger(1, encoded, 1 + COORDINATE_BYTES, COORDINATE_BYTES);
        if (x.compareTo(PRIME) >= 0 || y.compareTo(PRIME) >= 0) {
            throw new MalformedException("public key with a coordinate that is too large (expected: < p)");
        }
        BigInteger right = x.multiply(x)
                .add(CURVE.getCurve().getA())
                .multiply(x)
                .add(CURVE.getCurve().getB())
                .mod(PRIME);
        if (!y.multiply(y).mod(PRIME).equals(right)) {
            throw new MalformedException("public key that is not a point of the curve (expected: P-256)");
        }
        return new ECPoint(x, y);
    }

    private static byte[] encode(ECPoint point) {
        byte[] encoded = new byte[PUBLIC_KEY_BYTES];
        encoded[0] = UNCOMPRESSED;
        System.arraycopy(coordinate(point.getAffineX()), 0, encoded, 1, COORDINATE_BYTES);
        System.arraycopy(coordinate(point.getAffineY()), 0, encoded, 1 + COORDINATE_BYTES, COORDINATE_BYTES);
        return encoded;
    }

    private static byte[] coordinate(BigInteger number) {
        byte[] signed = number.toByteArray();
        byte[] fixed = new byte[COORDINATE_BYTES];
        int length = Math.min(signed.length, COORDINATE_BYTES);
        System.arraycopy(signed, signed.length - length, fixed, COORDINATE_BYTES - length, length);
        Arrays.fill(signed, (byte) 0);
        return fixed;
    }

    private static ECParameterSpec curve() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw noCurve(e);
        }
    }

    private static IllegalStateException noCurve(GeneralSecurityException cause) {
        return new IllegalStateException("a Java runtime without P-256", cause);
    }
}
