package io.blazedb.sync.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.sync.internal.wire.MalformedException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.AEADBadTagException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The public collections of vectors, which are not part of this repository: the README beside the generated ones says
 * where they come from, and {@code -Dblazedb.test.vectors=<directory>} where they are.
 */
@EnabledIfSystemProperty(named = "blazedb.test.vectors", matches = ".+")
class PublicVectorsTest {
    /** Of a public key on P-256 in X.509 form with a named curve and an uncompressed point, which follows. */
    private static final String X509 = "3059301306072a8648ce3d020106082a8648ce3d030107034200";

    @Test
    void pointsAgreeAsInWycheproof() throws Exception {
        int agreed = 0;
        List<Vector> vectors = read("ecdh_secp256r1_ecpoint");
        for (Vector vector : vectors) {
            agreed += checkAgreement(vector, vector.bytes("public"));
        }

        assertThat(vectors).hasSize(355);
        assertThat(agreed).isGreaterThan(200);
    }

    @Test
    void keysAgreeAsInWycheproof() throws Exception {
        int agreed = 0;
        List<Vector> vectors = read("ecdh_secp256r1");
        for (Vector vector : vectors) {
            String encoded = vector.text("public");
            byte[] point =
                    encoded.startsWith(X509) ? HexFormat.of().parseHex(encoded.substring(X509.length())) : new byte[0];
            agreed += checkAgreement(vector, point);
        }

        assertThat(vectors).hasSize(612);
        assertThat(agreed).isGreaterThan(200);
    }

    @Test
    void derivesAsInWycheproof() throws Exception {
        List<Vector> vectors = read("hkdf_sha256");
        for (Vector vector : vectors) {
            byte[] extracted = Hkdf.extract(vector.bytes("salt"), vector.bytes("ikm"));
            if (vector.isValid()) {
                assertThat(Hkdf.expand(extracted, vector.bytes("info"), vector.number("size")))
                        .as(vector.text("id"))
                        .isEqualTo(vector.bytes("okm"));
            } else {
                assertThatThrownBy(() -> Hkdf.expand(extracted, vector.bytes("info"), vector.number("size")))
                        .as(vector.text("id"))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }

        assertThat(vectors).hasSize(86);
    }

    @Test
    void authenticatesAsInWycheproof() throws Exception {
        List<Vector> vectors = read("hmac_sha256");
        for (Vector vector : vectors) {
            byte[] tag = vector.bytes("tag");
            byte[] code = Arrays.copyOf(Hmac.sha256(vector.bytes("key"), vector.bytes("msg")), tag.length);
            assertThat(Arrays.equals(code, tag)).as(vector.text("id")).isEqualTo(vector.isValid());
        }

        assertThat(vectors).hasSize(174);
    }

    @Test
    void sealsAsInWycheproof() throws Exception {
        int sealed = 0;
        List<Vector> vectors = read("aes_gcm");
        for (Vector vector : vectors) {
            sealed += checkSeal(vector);
        }

        assertThat(vectors).hasSize(316);
        assertThat(sealed).isGreaterThan(60);
    }

    @Test
    void saysWhatThePublishedNoiseVectorsSay() throws Exception {
        List<Vector> vectors = read("noise_xx_25519");
        for (Vector vector : vectors) {
            NoiseVectors.check(vector);
        }

        assertThat(vectors).hasSize(2);
    }

    /** 1 if it agreed. What the collection calls acceptable may be refused, but never agree on another secret. */
    private static int checkAgreement(Vector vector, byte[] point) throws Exception {
        byte[] number = number(vector.bytes("private"));
        DhKeyPair mine = new DhKeyPair(P256TestKeys.privateKey(number), new byte[0]);
        boolean mustAgree = vector.isValid() && point.length == P256.PUBLIC_KEY_BYTES;
        boolean mayAgree = !vector.text("result").equals("invalid");
        byte[] secret;
        try {
            secret = P256.INSTANCE.agree(mine, point);
        } catch (MalformedException refused) {
            assertThat(mustAgree).as(vector.text("id")).isFalse();
            return 0;
        }
        assertThat(mayAgree).as(vector.text("id")).isTrue();
        assertThat(secret).as(vector.text("id")).isEqualTo(vector.bytes("shared"));
        return 1;
    }

    /** 1 if the sizes are those in use here. */
    private static int checkSeal(Vector vector) throws Exception {
        byte[] key = vector.bytes("key");
        byte[] nonce = vector.bytes("iv");
        byte[] tag = vector.bytes("tag");
        if (key.length != AesGcm.KEY_BYTES) {
            assertThatThrownBy(() -> new AesGcm(key)).isInstanceOf(IllegalArgumentException.class);
            return 0;
        }
        AesGcm cipher = new AesGcm(key);
        byte[] ciphertext = vector.bytes("ct");
        byte[] sealed = Arrays.copyOf(ciphertext, ciphertext.length + tag.length);
        System.arraycopy(tag, 0, sealed, ciphertext.length, tag.length);
        if (nonce.length != AesGcm.NONCE_BYTES) {
            assertThatThrownBy(() -> cipher.open(nonce, vector.bytes("aad"), sealed))
                    .isInstanceOf(IllegalArgumentException.class);
            return 0;
        }
        if (!vector.isValid()) {
            assertThatThrownBy(() -> cipher.open(nonce, vector.bytes("aad"), sealed))
                    .as(vector.text("id"))
                    .isInstanceOf(AEADBadTagException.class);
            return 1;
        }
        assertThat(cipher.open(nonce, vector.bytes("aad"), sealed)).isEqualTo(vector.bytes("msg"));
        assertThat(cipher.seal(nonce, vector.bytes("aad"), vector.bytes("msg"))).isEqualTo(sealed);
        return 1;
    }

    /** Some are a byte longer or shorter than 32, as ASN.1 writes numbers. */
    private static byte[] number(byte[] bytes) {
        byte[] fixed = new byte[P256.COORDINATE_BYTES];
        int length = Math.min(bytes.length, fixed.length);
        System.arraycopy(bytes, bytes.length - length, fixed, fixed.length - length, length);
        return fixed;
    }

    private static List<Vector> read(String name) throws Exception {
        return Vector.ofFile(Path.of(System.getProperty("blazedb.test.vectors"), name + ".txt"));
    }
}
