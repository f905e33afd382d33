package io.blazedb.sync.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.blazedb.sync.Life;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.Role;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.internal.merge.ColumnVersion;
import io.blazedb.sync.internal.merge.Counter;
import io.blazedb.sync.internal.merge.Counters;
import io.blazedb.sync.internal.merge.Mark;
import io.blazedb.sync.internal.merge.RowAuthor;
import io.blazedb.sync.internal.merge.RowState;
import io.blazedb.sync.internal.merge.RowValues;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RowStateCodecTest {
    private static final OriginId ORIGIN = new OriginId(7, 7);
    private static final Stamp STAMP = new Stamp(0x0193_1234_5678_0000L, ORIGIN);

    private static final List<Mark.Order> ORDERS = List.of(Mark.Order.STANDARD, Mark.Order.MAX, Mark.Order.MIN);

    private final RowStateCodec codec = new RowStateCodec(new Origins());

    /** The numbers of one database, in memory. */
    private static final class Origins implements OriginTable {
        private final List<OriginId> origins = new ArrayList<>();

        @Override
        public int indexOf(OriginId origin) {
            int index = origins.indexOf(origin);
            if (index >= 0) {
                return index;
            }
            origins.add(origin);
            return origins.size() - 1;
        }

        @Override
        public OriginId originAt(int index) {
            return origins.get(index);
        }

        @Override
        public int size() {
            return origins.size();
        }
    }

    @Property(tries = 20_000)
    void whatIsWrittenIsRead(@ForAll long seed) throws MalformedException {
        RowState state = state(seed);

        ByteReader in = new ByteReader(ByteBuffer.wrap(encoded(state)));

        assertThat(codec.read(in)).isEqualTo(state);
        in.end("state");
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aRowThatWasNeverUpdatedTakesElevenBytes(Role role) {
        byte[][] values = {{1}, {2}, {3}, {4}, {5}};
        RowState state = new RowAuthor(role, STAMP)
                .insert(RowState.ABSENT, 1, new byte[8], new int[] {0, 1, 2, 3, 4}, values)
                .after();

        assertThat(encoded(state)).hasSize(11);
        assertThat(encoded(RowState.base(STAMP, 5))).hasSize(11);
    }

    @Test
    void aStateCutAnywhereIsRefused() {
        for (long seed = 0; seed < 1_000; seed++) {
            byte[] encoded = encoded(state(seed));
            for (int length = 0; length < encoded.length; length++) {
                ByteReader cut = new ByteReader(ByteBuffer.wrap(encoded, 0, length));

                assertThatExceptionOfType(MalformedException.class)
                        .as("seed %d cut to %d", seed, length)
                        .isThrownBy(() -> codec.read(cut));
            }
        }
    }

    @Test
    void everyFlippedBitIsRefusedOrGivesAStateThatCanBeWritten() throws MalformedException {
        int refused = 0;
        for (long seed = 0; seed < 500; seed++) {
            byte[] encoded = encoded(state(seed));
            for (int bit = 0; bit < 8 * encoded.length; bit++) {
                byte[] flipped = encoded.clone();
                flipped[bit / 8] ^= (byte) (1 << (bit % 8));
                refused += isRefused(flipped) ? 1 : 0;
            }
        }
        assertThat(refused).isPositive();
    }

    private boolean isRefused(byte[] bytes) throws MalformedException {
        RowState read;
        try {
            read = codec.read(new ByteReader(ByteBuffer.wrap(bytes)));
        } catch (MalformedException expected) {
            return true;
        }
        assertThat(codec.read(new ByteReader(ByteBuffer.wrap(encoded(read))))).isEqualTo(read);
        return false;
    }

    private static RowState state(long seed) {
        Random random = new Random(seed);
        Life life = new Life(stamp(random), random.nextInt(5));
        ColumnVersion[] versions = new ColumnVersion[random.nextInt(6)];
        for (int i = 0; i < versions.length; i++) {
            boolean same = i > 0 && random.nextInt(3) > 0;
            versions[i] = same ? versions[i - 1] : version(random);
        }
        byte[][] image = new byte[random.nextInt(5)][];
        for (int i = 0; i < image.length; i++) {
            image[i] = new byte[random.nextInt(4)];
            random.nextBytes(image[i]);
        }
        RowState state = RowState.of(life, life.cause() + random.nextInt(3), versions, RowValues.of(image));
        return random.nextInt(3) == 0 ? state.withCounters(counters(random)) : state;
    }

    private static ColumnVersion version(Random random) {
        Mark mark = random.nextBoolean() ? Mark.NONE : mark(random);
        return new ColumnVersion(mark, stamp(random), 1 + random.nextInt(3), stamp(random));
    }

    private static Mark mark(Random random) {
        Stamp epoch = new Stamp(1 + random.nextInt(2), ORIGIN);
        return new Mark(epoch, ORDERS.get(random.nextInt(3)));
    }

    private static Counters counters(Random random) {
        Map<Integer, Counter> counters = new TreeMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            List<Counter.Shard> shards = new ArrayList<>();
            for (int cause = 1; cause <= random.nextInt(4); cause++) {
                BigDecimal sum = new BigDecimal(BigInteger.valueOf(random.nextInt(500) - 250), random.nextInt(5) - 2);
                OriginId origin = new OriginId(0, random.nextInt(3));
                shards.add(new Counter.Shard(mark(new Random(1)).epoch(), cause, origin, random.nextLong(), sum));
            }
            byte[] base = new byte[random.nextInt(3)];
            random.nextBytes(base);
            counters.put(random.nextInt(9), Counter.of(base, shards));
        }
        return Counters.of(counters);
    }

    private static Stamp stamp(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> Stamp.ZERO;
            case 1 -> STAMP;
            default -> new Stamp(random.nextLong(), new OriginId(0, 1 + random.nextInt(4)));
        };
    }

    private byte[] encoded(RowState state) {
        ByteWriter out = new ByteWriter();
        codec.write(out, state);
        return out.toByteArray();
    }
}
