package io.blazedb.sync.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.sync.Role;
import io.blazedb.sync.internal.wire.MalformedException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The payloads of the handshake: read back as written, and otherwise refused in one way only. */
class HandshakeCodecTest {
    private static final byte[] CARD = new byte[300];
    private static final Terms TERMS = new Terms(1, 1, -5, 1L << 40, Terms.FRAME_BYTES_LEAST);

    private static byte[] again(String kind, byte[] bytes) throws MalformedException {
        return switch (kind) {
            case "offer" -> Offer.parse(bytes).toBytes();
            case "choice" -> Choice.parse(bytes).toBytes();
            case "claim" -> Claim.parse(bytes).toBytes();
            case "verdict" -> Verdict.parse(bytes).toBytes();
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static List<byte[]> payloads(String kind) {
        Claim.ByToken byToken = new Claim.ByToken(new TokenId(-3), new byte[32]);
        Grant grant = new Grant(Role.SERVER, true, 1L << 50);
        return switch (kind) {
            case "offer" -> List.of(Offer.CURRENT.toBytes(), new Offer(List.of(1, 300, 65_535), List.of()).toBytes());
            case "choice" -> List.of(new Choice(TERMS, new byte[32], CARD).toBytes());
            case "claim" ->
                List.of(
                        new Claim(CARD, Long.MAX_VALUE, new Claim.AsMember()).toBytes(),
                        new Claim(CARD, 0, byToken).toBytes());
            case "verdict" ->
                List.of(
                        new Verdict.Refused().toBytes(),
                        new Verdict.Accepted(new byte[16], grant, new byte[32]).toBytes(),
                        new Verdict.Accepted(new byte[16], TestAuthority.GRANT, new byte[0]).toBytes());
            default -> throw new IllegalArgumentException(kind);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"offer", "choice", "claim", "verdict"})
    void payloadsAreReadBack(String kind) throws Exception {
        for (byte[] payload : payloads(kind)) {
            assertThat(again(kind, payload)).isEqualTo(payload);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"offer", "choice", "claim", "verdict"})
    void everyTruncationAndEveryByteTooManyIsRefused(String kind) {
        for (byte[] payload : payloads(kind)) {
            for (int end = 0; end < payload.length; end++) {
                byte[] cut = Arrays.copyOf(payload, end);
                assertThatThrownBy(() -> again(kind, cut)).isInstanceOf(MalformedException.class);
            }
            byte[] longer = Arrays.copyOf(payload, payload.length + 1);
            assertThatThrownBy(() -> again(kind, longer)).isInstanceOf(MalformedException.class);
        }
    }

    /** Random bytes, and payloads with a few random bytes: refused, or one form of what they say. */
    @ParameterizedTest
    @ValueSource(strings = {"offer", "choice", "claim", "verdict"})
    void anyBytesAreRefusedOrReadInTheirOnlyForm(String kind) {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        List<byte[]> payloads = payloads(kind);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = i % 2 == 0
                    ? new byte[random.nextInt(60)]
                    : payloads.get(random.nextInt(payloads.size())).clone();
            if (i % 2 == 0) {
                random.nextBytes(bytes);
            }
            for (int change = 0; change < 3 && bytes.length > 0; change++) {
                bytes[random.nextInt(Math.min(bytes.length, 24))] = (byte) random.nextInt(256);
            }
            try {
                assertThat(again(kind, bytes)).as("seed %d", seed).isEqualTo(bytes);
            } catch (MalformedException refused) {
                assertThat(refused.getMessage()).as("seed %d", seed).isNotEmpty();
            }
        }
    }

    @Test
    void limitsAreLimits() {
        assertMalformed(() -> Offer.parse(new Offer(List.of(65_536), List.of()).toBytes()));
        assertMalformed(() -> Offer.parse(new Offer(Collections.nCopies(17, 1), List.of()).toBytes()));
        assertMalformed(() -> Choice.parse(new Choice(TERMS, new byte[32], new byte[1_025]).toBytes()));
        assertMalformed(() -> Choice.parse(withFrameBytes(Terms.FRAME_BYTES_LEAST - 1)));
        assertMalformed(() -> Choice.parse(withFrameBytes(Terms.FRAME_BYTES_MAX + 1)));
        assertMalformed(() -> Claim.parse(new Claim(new byte[1_025], 0, new Claim.AsMember()).toBytes()));
        assertMalformed(() -> Claim.parse(new Claim(CARD, -1, new Claim.AsMember()).toBytes()));
    }

    @Test
    void theLargestMessagesAreWithinTheLimit() {
        byte[] card = new byte[Choice.CARD_BYTES_MAX];
        Claim.ByToken byToken = new Claim.ByToken(new TokenId(1), new byte[32]);
        int choice = new Choice(new Terms(65_535, 65_535, 0, -1, Terms.FRAME_BYTES_MAX), new byte[32], card)
                .toBytes()
                .length;
        int claim = new Claim(card, Long.MAX_VALUE, byToken).toBytes().length;

        assertThat(65 + 65 + 16 + choice + 16).isLessThan(Messages.HANDSHAKE_BYTES_MAX);
        assertThat(65 + 16 + claim + 16).isLessThan(Messages.HANDSHAKE_BYTES_MAX);
    }

    private static byte[] withFrameBytes(int frameBytes) {
        return new Choice(new Terms(1, 1, 0, 0, frameBytes), new byte[32], CARD).toBytes();
    }

    private static void assertMalformed(ThrowingCallable reading) {
        assertThatThrownBy(reading).isInstanceOf(MalformedException.class);
    }
}
