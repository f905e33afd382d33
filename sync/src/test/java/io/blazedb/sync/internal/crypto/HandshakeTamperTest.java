package io.blazedb.sync.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every byte of every message counts: changed, or missing at the end, or too many. */
class HandshakeTamperTest {
    private final Scene scene = Scene.withMember();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void everyFlippedByteEndsTheHandshake(int number) {
        int length = honest().get(number - 1).length;

        for (int at = 0; at < length; at++) {
            int position = at;
            int bit = at % 8;
            assertEnds(number, at, message -> {
                byte[] flipped = message.clone();
                flipped[position] ^= (byte) (1 << bit);
                return flipped;
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void everyTruncationEndsTheHandshake(int number) {
        int length = honest().get(number - 1).length;

        for (int at = 0; at < length; at++) {
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

    private List<byte[]> honest() {
        Meeting meeting =
                scene.meet(scene.initiator(scene.membership), scene.responder(), (number, message) -> message);
        assertThat(meeting.sessions()).isEqualTo(2);
        return meeting.sent();
    }

    /** The responder has let a member in before the fourth message; the initiator has not come in then. */
    private void assertEnds(int number, int at, UnaryOperator<byte[]> change) {
        Meeting meeting = scene.meet(
                scene.initiator(scene.membership),
                scene.responder(),
                (n, message) -> n == number ? change.apply(message) : message);

        assertThat(meeting.failure()).as("message %d, byte %d", number, at).isPresent();
        assertThat(meeting.initiator()).isEmpty();
        assertThat(meeting.responder().isPresent()).isEqualTo(number == 4);
    }
}
