package io.blazedb.sync.internal.log;

import static io.blazedb.sync.internal.log.LogContents.SMALL;
import static io.blazedb.sync.internal.log.LogContents.appendRandom;
import static io.blazedb.sync.internal.log.LogContents.readAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.sync.Volume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * T6 over many lives of one log: it is written, the disk fills up or breaks, it is closed, killed or loses power, and
 * is opened again. Whatever was durable at any time is there ever after, in its order, and nothing but what followed.
 */
class LogHistoryTest {
    private static final int LIVES_MAX = 6;

    private enum End {
        CLOSED,
        KILLED,
        POWER_CUT
    }

    static LongStream seeds() {
        return Volume.seeds(200, 20_000);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatWasDurableOnceIsThereEverAfter(long seed) throws IOException {
        Random random = new Random(seed);
        FaultyLogDirectory disk = new FaultyLogDirectory();
        List<LogContents.Entry> written = new ArrayList<>();
        long durableEnd = 0;
        int lives = 2 + random.nextInt(LIVES_MAX - 1);
        for (int life = 0; life < lives; life++) {
            End end = End.values()[random.nextInt(End.values().length)];
            MemoryLogDirectory left = new MemoryLogDirectory();
            try (OperationLog log = OperationLog.open(disk, SMALL)) {
                assertThat(readAll(log)).as("seed %d, life %d", seed, life).isEqualTo(written);
                live(log, disk, written, random);
                durableEnd = log.durableEnd();
                if (end != End.CLOSED) {
                    left = end == End.POWER_CUT ? disk.afterPowerCut(random) : disk.afterKill();
                }
                disk.fillUpAfter(Integer.MAX_VALUE);
                disk.failForcesAfter(Integer.MAX_VALUE);
            } catch (LogFailedException stopped) {
                // A force that was under way failed: closing says so, and nothing durable may be gone.
                assertThat(stopped).hasMessageContaining("open the database again");
            }
            if (end == End.CLOSED) {
                left = disk.afterKill();
            }
            written = survivors(left, written, end, durableEnd, "seed " + seed + ", life " + life + ", " + end);
            disk = diskWith(left);
        }
    }

    /** Appends and forces, until it has been enough or the disk gives up. */
    private static void live(
            OperationLog log, FaultyLogDirectory disk, List<LogContents.Entry> written, Random random) {
        if (random.nextInt(3) == 0) {
            disk.fillUpAfter(random.nextInt(3));
        }
        if (random.nextInt(3) == 0) {
            disk.failForcesAfter(random.nextInt(12));
        }
        int bursts = random.nextInt(8);
        try {
            for (int burst = 0; burst < bursts; burst++) {
                int count = random.nextInt(30) + 1;
                for (int i = 0; i < count; i++) {
                    written.addAll(appendRandom(log, random, 1, 900));
                }
                if (random.nextBoolean()) {
                    log.force(written.get(written.size() - 1 - random.nextInt(count))
                            .lsn());
                }
            }
        } catch (LogFailedException stopped) {
            assertThat(stopped).hasMessageContaining("open the database again");
        }
    }

    /** What is there when the log is opened again, which is what comes next. */
    private static List<LogContents.Entry> survivors(
            MemoryLogDirectory left, List<LogContents.Entry> written, End end, long durableEnd, String what)
            throws IOException {
        List<LogContents.Entry> found;
        try (OperationLog log = OperationLog.open(Damaging.copy(left), SMALL)) {
            found = readAll(log);
        }
        assertThat(found).as(what).isEqualTo(written.subList(0, found.size()));
        long durable =
                written.stream().filter(entry -> entry.lsn() < durableEnd).count();
        assertThat((long) found.size()).as(what).isGreaterThanOrEqualTo(durable);
        if (end != End.POWER_CUT) {
            assertThat(found).as(what).hasSameSizeAs(written);
        }
        return new ArrayList<>(found);
    }

    private static FaultyLogDirectory diskWith(MemoryLogDirectory left) throws IOException {
        FaultyLogDirectory disk = new FaultyLogDirectory();
        for (String name : left.list()) {
            ByteBuffer bytes = left.open(name).buffer();
            LogFile file = disk.create(name, bytes.capacity());
            file.buffer().put(0, bytes, 0, bytes.capacity());
            file.force(0, bytes.capacity());
        }
        return disk;
    }
}
