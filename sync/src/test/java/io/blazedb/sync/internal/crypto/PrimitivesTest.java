package io.blazedb.sync.internal.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.sync.internal.wire.MalformedException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import javax.crypto.AEADBadTagException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** P-256, HKDF, HMAC and AES-GCM against the vectors of another implementation and of the RFCs. */
class PrimitivesTest {
    static List<Vector> agreements() throws Exception {
        return Vector.ofResource("p256.txt");
    }

    @ParameterizedTest
    @MethodSource("agreements")
    void onlyPointsOfTheCurveAgree(Vector vector) throws Exception {
        DhKeyPair mine = P256.restore(vector.bytes("private"), vector.bytes("own"));

        if (vector.isValid()) {
            assertThat(P256.INSTANCE.agree(mine, vector.bytes("public"))).isEqualTo(vector.bytes("shared"));
        } else {
            assertThatThrownBy(() -> P256.INSTANCE.agree(mine, vector.bytes("public")))
                    .isInstanceOf(MalformedException.class)
                    .hasMessageStartingWith("public key");
        }
    }

    @Test
    void bothKindsOfAgreementsAreTried() throws Exception {
        assertThat(agreements().stream().filter(Vector::isValid)).hasSizeGreaterThan(50);
        assertThat(agreements().stream().filter(vector -> !vector.isValid())).hasSizeGreaterThan(50);
    }

    @Test
    void aGeneratedPairIsRestoredFromItsBytes() throws Exception {
        DhKeyPair pair = P256.generate(new SecureRandom());
        DhKeyPair other = P256.generate(new SecureRandom());

        DhKeyPair restored = P256.restore(P256.privateNumber(pair), pair.publicKey());

        assertThat(P256.INSTANCE.agree(restored, other.publicKey()))
                .isEqualTo(P256.INSTANCE.agree(other, pair.publicKey()));
    }

    @Test
    void aPairOfTwoPairsIsRefused() {
        DhKeyPair pair = P256.generate(new SecureRandom());
        DhKeyPair other = P256.generate(new SecureRandom());

        assertThatThrownBy(() -> P256.restore(P256.privateNumber(pair), other.publicKey()))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> P256.restore(new byte[32], pair.publicKey())).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> P256.restore(filled(32, 0xFF), pair.publicKey()))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> P256.restore(new byte[31], pair.publicKey())).isInstanceOf(MalformedException.class);
    }

    @ParameterizedTest // RFC 5869, A.1 to A.3
    @CsvSource({
        "0b*22, 0+13, f0+10, 42, "
                + "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
        "0+80, 60+80, b0+80, 82, b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
                + "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c"
                + "01d5c1f3434f1d87",
        "0b*22, 0*0, 0*0, 42, 8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
    })
    void derivesAsTheStandardSays(String secret, String salt, String purpose, int length, String expected) {
        byte[] extracted = Hkdf.extract(pattern(salt), pattern(secret));

        assertThat(Hkdf.expand(extracted, pattern(purpose), length))
                .isEqualTo(HexFormat.of().parseHex(expected));
    }

    static List<Vector> derivations() throws Exception {
        return Vector.ofResource("hkdf.txt");
    }

    @ParameterizedTest
    @MethodSource("derivations")
    void derivesEveryLength(Vector vector) {
        byte[] extracted = Hkdf.extract(vector.bytes("salt"), vector.bytes("ikm"));

        byte[] output = Hkdf.expand(extracted, vector.bytes("info"), vector.number("size"));

        assertThat(output).hasSize(vector.number("size"));
        assertThat(Sha256.of(output)).isEqualTo(vector.bytes("okm"));
    }

    @Test
    void derivesNoMoreThanTheCounterCounts() {
        byte[] key = new byte[32];

        assertThatThrownBy(() -> Hkdf.expand(key, "purpose", 8_161)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Hkdf.expand(key, "purpose", 0)).isEmpty();
    }

    @ParameterizedTest // RFC 4231, 4.2 and 4.3
    @CsvSource({
        "0b*20, Hi There, b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        "4a656665, what do ya want for nothing?, 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    })
    void authenticatesAsTheStandardSays(String key, String message, String expected) {
        byte[] bytes = message.getBytes(US_ASCII);
        byte[] whole = Hmac.sha256(pattern(key), bytes);
        byte[] parts = Hmac.sha256(pattern(key), Arrays.copyOf(bytes, 3), Arrays.copyOfRange(bytes, 3, bytes.length));

        assertThat(HexFormat.of().formatHex(whole)).isEqualTo(expected);
        assertThat(parts).isEqualTo(whole);
    }

    static List<Vector> seals() throws Exception {
        return Vector.ofResource("aes-gcm.txt");
    }

    @ParameterizedTest
    @MethodSource("seals")
    void sealsAsOthersDo(Vector vector) throws Exception {
        AesGcm key = new AesGcm(vector.bytes("key"));
        byte[] sealed = key.seal(vector.bytes("iv"), vector.bytes("aad"), vector.bytes("plain"));

        assertThat(sealed).isEqualTo(vector.bytes("sealed"));
        assertThat(key.open(vector.bytes("iv"), vector.bytes("aad"), sealed)).isEqualTo(vector.bytes("plain"));
    }

    @ParameterizedTest
    @MethodSource("seals")
    void opensNothingThatWasChanged(Vector vector) {
        AesGcm key = new AesGcm(vector.bytes("key"));
        byte[] sealed = vector.bytes("sealed");

        for (int bit = 0; bit < sealed.length * 8; bit += sealed.length > 100 ? 41 : 1) {
            byte[] flipped = sealed.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThatThrownBy(() -> key.open(vector.bytes("iv"), vector.bytes("aad"), flipped))
                    .isInstanceOf(AEADBadTagException.class);
        }
        for (int length = 0; length < Math.min(40, sealed.length); length++) {
            byte[] cut = Arrays.copyOf(sealed, length);
            assertThatThrownBy(() -> key.open(vector.bytes("iv"), vector.bytes("aad"), cut))
                    .isInstanceOf(AEADBadTagException.class);
        }
        assertThatThrownBy(() -> key.open(vector.bytes("iv"), new byte[] {1, 2, 3}, sealed))
                .isInstanceOf(AEADBadTagException.class);
        assertThatThrownBy(() -> key.open(new byte[12], vector.bytes("aad"), sealed))
                .isInstanceOf(AEADBadTagException.class);
    }

    @Test
    void refusesKeysAndNoncesOfOtherSizes() {
        assertThatThrownBy(() -> new AesGcm(new byte[16])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AesGcm(new byte[32]).seal(new byte[16], new byte[0], new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** {@code 0b*22}: that byte so often; {@code f0+10}: so many bytes from there on; else hexadecimal digits. */
    private static byte[] pattern(String text) {
        String[] same = text.split("\\*", -1);
        if (same.length == 2) {
            return filled(Integer.parseInt(same[1]), Integer.parseInt(same[0], 16));
        }
        String[] rising = text.split("\\+", -1);
        if (rising.length == 2) {
            int from = Integer.parseInt(rising[0], 16);
            byte[] bytes = new byte[Integer.parseInt(rising[1])];
            IntStream.range(0, bytes.length).forEach(i -> bytes[i] = (byte) (from + i));
            return bytes;
        }
        return HexFormat.of().parseHex(text);
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
