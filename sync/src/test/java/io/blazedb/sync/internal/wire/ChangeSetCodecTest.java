package io.blazedb.sync.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.Life;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.Role;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.RowChange.Kind;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.WrittenVersions;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChangeSetCodecTest {
    private static final OriginId ORIGIN = new OriginId(7, 7);
    private static final int HEADER = 1 + OriginId.BYTES + 8 + 8 + 1 + 3;

    @Property(tries = 20_000)
    void whatIsWrittenIsRead(@ForAll long seed) throws MalformedException {
        ChangeSet changeSet = new RandomChangeSets(seed).next();

        byte[] encoded = encoded(changeSet);

        assertThat(ChangeSetCodec.read(ByteBuffer.wrap(encoded))).isEqualTo(changeSet);
        assertThat(encoded(ChangeSetCodec.read(ByteBuffer.wrap(encoded)))).isEqualTo(encoded);
    }

    @Test
    void aChangeSetCutAnywhereIsRefused() {
        for (long seed = 0; seed < 200; seed++) {
            byte[] encoded = encoded(new RandomChangeSets(seed).next());
            for (int length = 0; length < encoded.length; length++) {
                ByteBuffer cut = ByteBuffer.wrap(encoded, 0, length);

                assertThatExceptionOfType(MalformedException.class)
                        .as("seed %d cut to %d of %d", seed, length, encoded.length)
                        .isThrownBy(() -> ChangeSetCodec.read(cut));
            }
        }
    }

    @Test
    void bytesAfterTheEndAreRefused() {
        byte[] encoded = encoded(new RandomChangeSets(1).next());

        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> ChangeSetCodec.read(ByteBuffer.wrap(Arrays.copyOf(encoded, encoded.length + 1))))
                .withMessageContaining("1 bytes too many");
    }

    /** A changed bit gives an error or another change set in its one form, never a crash or a second form. */
    @Test
    void everyFlippedBitIsRefusedOrGivesAnotherChangeSet() {
        for (long seed = 0; seed < 60; seed++) {
            ChangeSet original = new RandomChangeSets(seed).next();
            byte[] encoded = encoded(original);
            for (int bit = 0; bit < 8 * encoded.length; bit++) {
                encoded[bit / 8] ^= (byte) (1 << (bit % 8));
                assertOneForm(encoded, "seed " + seed + " bit " + bit, original);
                encoded[bit / 8] ^= (byte) (1 << (bit % 8));
            }
        }
    }

    @Test
    void bytesAtRandomAreRefusedOrHaveOneForm() {
        for (long seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = new byte[HEADER + random.nextInt(200)];
            random.nextBytes(bytes);
            bytes[0] = ChangeSetCodec.FORMAT;
            bytes[HEADER - 4] = 1;
            bytes[HEADER - 3] = (byte) random.nextInt(2);
            bytes[HEADER - 2] = (byte) random.nextInt(2);
            bytes[HEADER - 1] = (byte) random.nextInt(20);

            assertOneForm(bytes, "seed " + seed, null);
        }
    }

    @Test
    void aNumberOfThingsThatCannotFollowIsRefused() {
        ByteWriter out = new ByteWriter();
        out.u8(ChangeSetCodec.FORMAT).raw(ORIGIN.toBytes()).u64(1).u64(1).u8(0);
        out.varint(0).varint(0).varint(Integer.MAX_VALUE).raw(new byte[100]);

        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> ChangeSetCodec.read(out.toBuffer()))
                .withMessage("changes: 2147483647 of at least 3 bytes in 100 bytes");
    }

    @Test
    void anUnknownFormatIsNamed() {
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> ChangeSetCodec.read(ByteBuffer.wrap(new byte[] {9})))
                .withMessageContaining("9 (expected: 1)");
    }

    @Test
    void theVersionsOfUsualChangesCostNothing() {
        Stamp own = new Stamp(5, ORIGIN);
        RowChange insert = change(Kind.INSERT, Stamp.ZERO, 0, 1, 2);
        RowChange byServer = change(Kind.INSERT, own, 0, 1, 2);
        int values = 3 * (1 + 4);

        assertThat(encoded(insert)).hasSize(HEADER + 1 + 1 + 9 + 1 + values);
        assertThat(encoded(byServer)).hasSize(HEADER + 1 + 1 + 9 + 1 + values);
        assertThat(encoded(insert, insert)).hasSize(HEADER + 1 + 2 * (1 + 9 + 1 + values));
        assertThat(encoded(change(Kind.UPDATE, own, 2))).hasSize(HEADER + 1 + 1 + 9 + 1 + 1 + 5);
        assertThat(encoded(RowChange.delete(1, new byte[8], new Life(own, 2)))).hasSize(HEADER + 1 + 1 + 9 + 1);
    }

    @Test
    void aChangeSetWrittenBeforeItsNumberAndClockGetsThemLater() throws MalformedException {
        Stamp provisional = new Stamp(0, ORIGIN);
        Stamp known = new Stamp(3, new OriginId(1, 1));
        List<RowChange> changes = List.of(change(Kind.INSERT, provisional, 0, 1), change(Kind.UPDATE, known, 1));
        ByteBuffer encoded =
                ByteBuffer.wrap(encoded(new ChangeSet(ORIGIN, 1, 0, Role.SERVER, List.of(), List.of(), changes)));

        ChangeSetCodec.stamp(encoded, 0, 42, -3);

        ChangeSet read = ChangeSetCodec.read(encoded);
        assertThat(read.seq()).isEqualTo(42);
        assertThat(read.stamp()).isEqualTo(new Stamp(-3, ORIGIN));
        assertThat(read.changes().get(0).life().fence()).isEqualTo(read.stamp());
        assertThat(read.changes().get(1).life().fence()).isEqualTo(known);
    }

    private static void assertOneForm(byte[] bytes, String what, @Nullable ChangeSet not) {
        ChangeSet read;
        try {
            read = ChangeSetCodec.read(ByteBuffer.wrap(bytes));
        } catch (MalformedException expected) {
            assertThat(expected).as(what).hasMessageMatching("(?s).{5,}");
            return;
        }
        assertThat(encoded(read)).as(what).isEqualTo(bytes);
        assertThat(read).as(what).isNotEqualTo(not);
    }

    private static RowChange change(Kind kind, Stamp fence, int... columns) {
        byte[][] values = new byte[columns.length][4];
        WrittenVersions versions = WrittenVersions.uniform(fence, 1);
        return new RowChange(1, new byte[8], kind, new Life(fence, 1), columns, versions, values);
    }

    private static byte[] encoded(RowChange... changes) {
        return encoded(new ChangeSet(ORIGIN, 1, 5, Role.SERVER, List.of(), List.of(), List.of(changes)));
    }

    private static byte[] encoded(ChangeSet changeSet) {
        ByteWriter out = new ByteWriter();
        ChangeSetCodec.write(out, changeSet);
        return out.toByteArray();
    }
}
