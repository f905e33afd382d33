package io.blazedb.sync.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every byte of every message counts: changed, or missing at the end, or too many. One handshake is repeated with the
 * same random numbers, so that only the side that gets the changed message has to compute.
 */
class HandshakeTamperTest {
    private static final DhKeyPair INITIATOR_EPHEMERAL = P256.generate(Scene.RANDOM);
    private static final DhKeyPair RESPONDER_EPHEMERAL = P256.generate(Scene.RANDOM);

    private final Scene scene = Scene.withMember();
    private final List<byte[]> honest = honest();

    @Test
    void theSameNumbersGiveTheSameMessages() throws Exception {
        for (int i = 0; i < 4; i++) {
            assertThat(honest().get(i)).isEqualTo(honest.get(i));
        }
        Initiator initiator = initiator();
        initiator.begin();
        initiator.answer(honest.get(1));
        assertThat(initiator.finish(honest.get(3), 0).sessionId()).hasSize(16);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void everyFlippedByteEndsTheHandshake(int number) {
        for (int at = 0; at < honest.get(number - 1).length; at++) {
            int position = at;
            assertEnds(number, at, message -> {
                message[position] ^= (byte) (1 << (position % 8));
                return message;
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void everyTruncationEndsTheHandshake(int number) {
        for (int at = 0; at < honest.get(number - 1).length; at++) {
            int end = at;
            assertEnds(number, at, message -> Arrays.copyOf(message, end));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void anyByteTooManyEndsTheHandshake(int number) {
        for (int more : new int[] {1, 16, 64}) {
            assertEnds(number, more, message -> Arrays.copyOf(message, message.length + more));
        }
    }

    private void assertEnds(int number, int at, UnaryOperator<byte[]> change) {
        byte[] changed = change.apply(honest.get(number - 1).clone());
        assertThatThrownBy(() -> receive(number, changed))
                .as("message %d, byte %d", number, at)
                .isInstanceOf(HandshakeException.class);
    }

    /** Ends without an exception only if the changed message was taken for the right one. */
    private void receive(int number, byte[] changed) throws Exception {
        if (number % 2 == 1) {
            Responder responder = responder();
            byte[] second = Scene.answer(responder, number == 1 ? changed : honest.get(0));
            if (number == 3) {
                scene.finish(responder, changed);
                return;
            }
            Initiator initiator = initiator();
            initiator.begin();
            initiator.answer(second);
            return;
        }
        Initiator initiator = initiator();
        initiator.begin();
        initiator.answer(number == 2 ? changed : honest.get(1));
        if (number == 4) {
            initiator.finish(changed, Scene.NOW_MILLIS);
        }
    }

    private List<byte[]> honest() {
        Meeting meeting = scene.meet(initiator(), responder(), (number, message) -> message);
        assertThat(meeting.sessions()).isEqualTo(2);
        return meeting.sent();
    }

    private Initiator initiator() {
        return new Initiator(
                scene.prologue(), scene.node, scene.hubPin(), scene.membership, Offer.CURRENT, INITIATOR_EPHEMERAL);
    }

    private Responder responder() {
        return new Responder(scene.prologue(), scene.hub, Offer.CURRENT, sameNumbers(), RESPONDER_EPHEMERAL);
    }

    private static SecureRandom sameNumbers() {
        try {
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(1);
            return random;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
