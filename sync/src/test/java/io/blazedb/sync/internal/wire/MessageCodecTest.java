package io.blazedb.sync.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.blazedb.sync.OriginId;
import io.blazedb.sync.internal.session.Message;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Every message has one form; whatever else comes is refused and costs no more than its own size. */
class MessageCodecTest {
    @Property(tries = 5_000)
    void whatIsWrittenIsRead(@ForAll long seed) throws MalformedException {
        Message message = new RandomMessages(seed).next();

        byte[] encoded = encoded(message);

        assertThat(MessageCodec.read(ByteBuffer.wrap(encoded))).isEqualTo(message);
        assertThat(encoded(MessageCodec.read(ByteBuffer.wrap(encoded)))).isEqualTo(encoded);
    }

    @Test
    void everyTypeIsTried() {
        Set<MessageType> types = EnumSet.noneOf(MessageType.class);
        for (long seed = 0; seed < 200; seed++) {
            types.add(MessageType.of(new RandomMessages(seed).next()));
        }

        assertThat(types).containsExactly(MessageType.values());
    }

    @Test
    void aMessageCutAnywhereIsRefused() {
        for (long seed = 0; seed < 300; seed++) {
            byte[] encoded = encoded(new RandomMessages(seed).next());
            for (int length = 0; length < encoded.length; length++) {
                ByteBuffer cut = ByteBuffer.wrap(encoded, 0, length);

                assertThatExceptionOfType(MalformedException.class)
                        .as("seed %d cut to %d of %d", seed, length, encoded.length)
                        .isThrownBy(() -> MessageCodec.read(cut));
            }
        }
    }

    @Test
    void bytesAfterTheEndAreRefused() {
        for (long seed = 0; seed < 300; seed++) {
            byte[] encoded = encoded(new RandomMessages(seed).next());
            ByteBuffer longer = ByteBuffer.wrap(Arrays.copyOf(encoded, encoded.length + 1));

            assertThatExceptionOfType(MalformedException.class)
                    .as("seed %d", seed)
                    .isThrownBy(() -> MessageCodec.read(longer));
        }
    }

    @Test
    void changedBytesAreRefusedOrGiveAMessage() {
        for (long seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = encoded(new RandomMessages(seed).next());
            int changes = 1 + random.nextInt(4);
            for (int i = 0; i < changes; i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }

            assertRefusedOrWritable(bytes, seed);
        }
    }

    @Test
    void bytesAtRandomAreRefusedOrGiveAMessage() {
        for (long seed = 0; seed < 50_000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = new byte[1 + random.nextInt(120)];
            random.nextBytes(bytes);
            bytes[0] = (byte) (1 + random.nextInt(MessageType.values().length));

            assertRefusedOrWritable(bytes, seed);
        }
    }

    @Test
    void numbersThatPromiseMoreThanFollowsAreRefused() {
        byte[] origin = new OriginId(1, 1).toBytes();
        int many = Integer.MAX_VALUE;

        assertRefused(new ByteWriter().u8(MessageType.HEADS.code()).varint(many).raw(new byte[100]));
        assertRefused(new ByteWriter().u8(MessageType.ACK.code()).varint(many).raw(new byte[100]));
        assertRefused(new ByteWriter()
                .u8(MessageType.BATCH.code())
                .u64(0)
                .varint(many)
                .raw(new byte[100]));
        assertRefused(new ByteWriter()
                .u8(MessageType.BATCH.code())
                .u64(0)
                .varint(1)
                .varint(many)
                .raw(new byte[100]));
        assertRefused(
                new ByteWriter().u8(MessageType.GO_AWAY.code()).varint(many).raw(new byte[100]));
        assertRefused(new ByteWriter()
                .u8(MessageType.PULL.code())
                .raw(origin)
                .varint(2)
                .varint(Long.MAX_VALUE - 1));
    }

    @Test
    void anotherVersionIsNamed() {
        ByteWriter out = new ByteWriter().u8(MessageType.HELLO.code()).u8(2);

        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> MessageCodec.read(out.toBuffer()))
                .withMessage("version of a peer: 2 (expected: 1); update the older node");
    }

    private static void assertRefused(ByteWriter out) {
        assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> MessageCodec.read(out.toBuffer()));
    }

    private static void assertRefusedOrWritable(byte[] bytes, long seed) {
        try {
            Message message = MessageCodec.read(ByteBuffer.wrap(bytes));
            assertThat(MessageCodec.read(ByteBuffer.wrap(encoded(message))))
                    .as("seed %d", seed)
                    .isEqualTo(message);
        } catch (MalformedException expected) {
            assertThat(expected).as("seed %d", seed).hasMessageMatching("(?s).{5,}");
        }
    }

    private static byte[] encoded(Message message) {
        ByteWriter out = new ByteWriter();
        MessageCodec.write(out, message);
        return out.toByteArray();
    }
}
