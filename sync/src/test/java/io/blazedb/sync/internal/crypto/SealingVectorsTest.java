package io.blazedb.sync.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.sync.Volume;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;

/** The primitives of sealing say what the specifications, and an implementation of another kind, say. */
class SealingVectorsTest {
    @Test
    void xaesSealsAsSpecified() throws Exception {
        List<Vector> vectors = Vector.ofResource("xaes.txt");
        for (Vector vector : vectors) {
            XAes256Gcm cipher = new XAes256Gcm(vector.bytes("key"));
            byte[] nonce = vector.bytes("nonce");
            byte[] sealed = vector.bytes("sealed");

            assertThat(cipher.seal(nonce, vector.bytes("plaintext"), vector.bytes("aad")))
                    .isEqualTo(sealed);
            assertThat(cipher.open(nonce, sealed, vector.bytes("aad"))).isEqualTo(vector.bytes("plaintext"));
        }

        assertThat(vectors).hasSize(9);
    }

    /** The specification's accumulated test: inputs from one SHAKE128, ciphertexts into another. */
    @Test
    void xaesSealsManyAsSpecified() throws Exception {
        boolean full = Volume.cases(10_000, 1_000_000) == 1_000_000;
        SHAKEDigest source = new SHAKEDigest(128);
        SHAKEDigest sink = new SHAKEDigest(128);

        for (int i = 0; i < (full ? 1_000_000 : 10_000); i++) {
            XAes256Gcm cipher = new XAes256Gcm(draw(source, XAes256Gcm.KEY_BYTES));
            byte[] nonce = draw(source, XAes256Gcm.NONCE_BYTES);
            byte[] plaintext = draw(source, draw(source, 1)[0] & 0xFF);
            byte[] additional = draw(source, draw(source, 1)[0] & 0xFF);
            byte[] sealed = cipher.seal(nonce, plaintext, additional);
            sink.update(sealed, 0, sealed.length);
            assertThat(cipher.open(nonce, sealed, additional)).isEqualTo(plaintext);
        }

        assertThat(HexFormat.of().formatHex(draw(sink, 32)))
                .isEqualTo(
                        full
                                ? "2163ae1445985a30b60585ee67daa55674df06901b890593e824b8a7c885ab15"
                                : "e6b9edf2df6cec60c8cbd864e2211b597fb69a529160cd040d56c0c210081939");
    }

    @Test
    void hpkeSealsAsSpecified() throws Exception {
        List<Vector> vectors = Vector.ofResource("hpke.txt");
        for (Vector vector : vectors) {
            checkHpke(vector);
        }

        assertThat(vectors).hasSize(20);
    }

    static void checkHpke(Vector vector) throws ForgedException {
        byte[] info = vector.bytes("info");
        byte[] additional = vector.bytes("aad");
        byte[] sealed = vector.bytes("sealed");
        P256Pair pair = Hpke.derive(vector.bytes("seed"));
        assertThat(pair.privateKey()).isEqualTo(vector.bytes("private"));
        assertThat(pair.publicKey().toArray()).isEqualTo(vector.bytes("public"));
        byte[] plaintext = vector.bytes("plaintext");

        assertThat(Hpke.seal(pair.publicKey(), info, additional, plaintext, vector.bytes("ephemeral")))
                .isEqualTo(sealed);
        assertThat(Hpke.open(pair, info, additional, sealed)).isEqualTo(plaintext);
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> Hpke.open(pair, info, additional, changed)).isInstanceOf(ForgedException.class);
        }
        byte[] shorter = Arrays.copyOf(sealed, sealed.length - 1);
        assertThatThrownBy(() -> Hpke.open(pair, info, additional, shorter)).isInstanceOf(ForgedException.class);
    }

    @Test
    void ed25519AcceptsWhatIsStrictlyRight() throws Exception {
        List<Vector> vectors = Vector.ofResource("ed25519.txt");
        for (Vector vector : vectors) {
            checkEd25519(vector);
            if (vector.isValid()) {
                byte[] seed = vector.bytes("seed");
                assertThat(Ed25519.publicKey(seed)).isEqualTo(vector.bytes("public"));
                assertThat(Ed25519.sign(seed, vector.bytes("message"))).isEqualTo(vector.bytes("signature"));
            }
        }

        assertThat(vectors.stream().filter(Vector::isValid)).hasSize(20);
        assertThat(vectors).hasSize(49);
    }

    static void checkEd25519(Vector vector) {
        boolean verified = Ed25519.verify(vector.bytes("public"), vector.bytes("message"), vector.bytes("signature"));
        assertThat(verified).as(vector.toString()).isEqualTo(vector.isValid());
    }

    /** RFC 8032, 7.1, tests 1 to 3. */
    @Test
    void ed25519SignsAsTheRfc() {
        checkRfc8032(
                "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                "",
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                        + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
        checkRfc8032(
                "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
                "72",
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
        checkRfc8032(
                "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
                "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
                "af82",
                "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                        + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
    }

    private static void checkRfc8032(String seed, String publicKey, String message, String signature) {
        HexFormat hex = HexFormat.of();
        assertThat(hex.formatHex(Ed25519.publicKey(hex.parseHex(seed)))).isEqualTo(publicKey);
        assertThat(hex.formatHex(Ed25519.sign(hex.parseHex(seed), hex.parseHex(message))))
                .isEqualTo(signature);
        assertThat(Ed25519.verify(hex.parseHex(publicKey), hex.parseHex(message), hex.parseHex(signature)))
                .isTrue();
    }

    @Test
    void argon2idMakesTheKeysOfAnother() throws Exception {
        List<Vector> vectors = Vector.ofResource("argon2id.txt");
        for (Vector vector : vectors) {
            PasswordCost cost =
                    new PasswordCost(vector.number("memory"), vector.number("iterations"), vector.number("lanes"));
            assertThat(Argon2id.key(vector.bytes("password"), vector.bytes("salt"), cost, 32))
                    .isEqualTo(vector.bytes("key"));
        }

        assertThat(vectors).hasSize(3);
    }

    /** RFC 9106, 5.3: far below the floor of what is accepted, and with inputs that are not used here. */
    @Test
    void argon2idMakesTheKeyOfTheRfc() {
        Argon2Parameters.Builder parameters = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withSalt(filled(16, 2))
                .withMemoryAsKB(32)
                .withIterations(3)
                .withParallelism(4)
                .withSecret(filled(8, 3))
                .withAdditional(filled(12, 4));

        assertThat(HexFormat.of().formatHex(Argon2id.key(filled(32, 1), parameters, 32)))
                .isEqualTo("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static byte[] draw(SHAKEDigest source, int length) {
        byte[] drawn = new byte[length];
        source.doOutput(drawn, 0, length);
        return drawn;
    }
}
