package io.blazedb.sync.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pattern XX against 50 vectors on P-256 and 10 on Curve25519, made by an implementation in another language. */
class NoiseTest {
    static List<Vector> handshakes() throws Exception {
        return Vector.ofResource("noise-xx.txt");
    }

    @ParameterizedTest
    @MethodSource("handshakes")
    void saysWhatOthersSay(Vector vector) throws Exception {
        NoiseVectors.check(vector);
    }

    @Test
    void bothCurvesAreTried() throws Exception {
        assertThat(handshakes().stream().filter(v -> v.text("curve").equals("P256")))
                .hasSize(50);
        assertThat(handshakes().stream().filter(v -> v.text("curve").equals("25519")))
                .hasSize(10);
    }

    @Test
    void eachSideSpeaksInItsTurnOnly() throws Exception {
        DhKeyPair keys = P256.generate(new SecureRandom());
        XxHandshake initiator = new XxHandshake(P256.INSTANCE, true, new byte[0], keys, keys);
        XxHandshake responder = new XxHandshake(P256.INSTANCE, false, new byte[0], keys, keys);

        assertThatThrownBy(() -> responder.write(new byte[0])).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> initiator.read(new byte[65])).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(initiator::split).isInstanceOf(IllegalStateException.class);
        responder.read(initiator.write(new byte[0]));
        assertThatThrownBy(() -> initiator.write(new byte[0])).isInstanceOf(IllegalStateException.class);
    }
}
