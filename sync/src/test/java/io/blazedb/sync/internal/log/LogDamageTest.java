package io.blazedb.sync.internal.log;

import static io.blazedb.sync.internal.log.LogContents.SMALL;
import static io.blazedb.sync.internal.log.LogContents.append;
import static io.blazedb.sync.internal.log.LogContents.appendRandom;
import static io.blazedb.sync.internal.log.LogContents.filled;
import static io.blazedb.sync.internal.log.LogContents.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.sync.Volume;
import io.blazedb.sync.internal.log.LogCorruptedException.Damage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is damaged is recovered or refused: T6. Never is a durable record lost without a word, never is a record handed
 * out that was not appended.
 */
class LogDamageTest {
    private static final int BLOCK_BYTES = 4096;

    /** A crashed log, with what was appended to it and how much of that was durable. */
    private record Crashed(MemoryLogDirectory files, List<LogContents.Entry> entries, long durableEnd, long endLsn) {}

    static LongStream seeds() {
        return Volume.seeds(200, 5_000);
    }

    private static Crashed killed(Random random) throws IOException {
        FaultyLogDirectory disk = new FaultyLogDirectory();
        try (OperationLog log = OperationLog.open(disk, SMALL)) {
            List<LogContents.Entry> entries = new ArrayList<>();
            int bursts = 1 + random.nextInt(8);
            for (int burst = 0; burst < bursts; burst++) {
                entries.addAll(appendRandom(log, random, random.nextInt(60) + 1, 600));
                if (random.nextBoolean()) {
                    log.force(entries.get(entries.size() - 1).lsn());
                }
            }
            return new Crashed(disk.afterKill(), entries, log.durableEnd(), log.endLsn());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aKillLosesNothing(long seed) throws IOException {
        Crashed crashed = killed(new Random(seed));

        try (OperationLog log = OperationLog.open(crashed.files, SMALL)) {
            assertThat(readAll(log)).as("seed %d", seed).isEqualTo(crashed.entries);
            assertThat(log.recovery()).isEqualTo(new RecoveryReport(crashed.endLsn, false, 0, 0));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aPowerCutLosesNothingThatWasForced(long seed) throws IOException {
        Random random = new Random(seed);
        FaultyLogDirectory disk = new FaultyLogDirectory();
        List<LogContents.Entry> entries = new ArrayList<>();
        try (OperationLog log = OperationLog.open(disk, SMALL)) {
            for (int burst = random.nextInt(10); burst >= 0; burst--) {
                entries.addAll(appendRandom(log, random, random.nextInt(40) + 1, 600));
                if (random.nextInt(3) > 0) {
                    log.force(entries.get(random.nextInt(entries.size())).lsn());
                }
            }
            MemoryLogDirectory left = disk.afterPowerCut(random);

            requirePrefix(left, entries, log.durableEnd(), "power cut, seed " + seed);
        }
    }

    @Test
    void aTruncatedLogIsCutOrRefusedAtEveryByteOfTheLastBlock() throws IOException {
        for (boolean forced : new boolean[] {false, true}) {
            FaultyLogDirectory disk = new FaultyLogDirectory();
            try (OperationLog log = OperationLog.open(disk, SMALL)) {
                List<LogContents.Entry> entries = appendRandom(log, new Random(11), 60, 400);
                if (forced) {
                    log.force(entries.get(40).lsn());
                    append(log, RecordType.DDL, filled(3, 3));
                    entries = readAll(log);
                }
                MemoryLogDirectory whole = disk.afterKill();
                String last = lastSegment(whole, log.endLsn());
                int end = (int) (log.endLsn()
                        - SegmentLayout.read(whole.open(last).buffer(), last).base());
                for (int cut = Math.max(SegmentLayout.HEADER_BYTES, end - BLOCK_BYTES); cut <= end + 1; cut++) {
                    MemoryLogDirectory damaged = Damaging.truncated(whole, last, cut);
                    requirePrefix(damaged, entries, log.durableEnd(), "cut to " + cut + " bytes, forced " + forced);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void flippedBitsAreFoundOrDoNotMatter(long seed) throws IOException {
        Random random = new Random(seed);
        Crashed crashed = killed(random);
        for (int round = 0; round < 10; round++) {
            MemoryLogDirectory damaged = Damaging.copy(crashed.files);
            int flips = 1 + random.nextInt(3);
            for (int flip = 0; flip < flips; flip++) {
                String file = pick(damaged, random);
                int limit = Math.min(damaged.open(file).buffer().capacity(), written(crashed, file) + 64);
                Damaging.flip(damaged, file, random.nextInt(limit), random.nextInt(8));
            }
            requirePrefix(
                    damaged,
                    crashed.entries,
                    flips == 1 ? crashed.durableEnd : -1,
                    "flips, seed " + seed + ", round " + round);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void zeroedSectorsAreFoundOrWereNotDurable(long seed) throws IOException {
        Random random = new Random(seed);
        Crashed crashed = killed(random);
        for (int round = 0; round < 10; round++) {
            MemoryLogDirectory damaged = Damaging.copy(crashed.files);
            String file = pick(damaged, random);
            int sectors = written(crashed, file) / FaultyLogDirectory.SECTOR_BYTES + 1;
            Damaging.zeroSector(damaged, file, 1 + random.nextInt(sectors - 1));
            requirePrefix(damaged, crashed.entries, crashed.durableEnd, "zeros, seed " + seed + ", round " + round);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aWrongRecordBeforeWholeOnesIsRefusedAndNothingIsChanged(boolean forced) throws IOException {
        FaultyLogDirectory disk = new FaultyLogDirectory();
        MemoryLogDirectory damaged;
        LogContents.Entry damagedEntry;
        try (OperationLog log = OperationLog.open(disk, SMALL)) {
            List<LogContents.Entry> entries = new ArrayList<>();
            for (int index = 1; index <= 100; index++) {
                entries.add(append(log, RecordType.TXN_LOCAL, filled(300, index)));
            }
            if (forced) {
                log.force(entries.get(99).lsn());
            }
            damaged = disk.afterKill();
            damagedEntry = entries.get(70);
        }
        String file = lastSegment(damaged, damagedEntry.lsn() + 1);
        int offset = (int) (damagedEntry.lsn()
                - SegmentLayout.read(damaged.open(file).buffer(), file).base());
        Damaging.flip(damaged, file, offset + 5, 3);
        byte[] before = bytes(damaged, file);

        assertThatThrownBy(() -> OperationLog.open(damaged, SMALL))
                .isInstanceOfSatisfying(LogCorruptedException.class, e -> {
                    assertThat(e.damage()).isEqualTo(Damage.RECORD);
                    assertThat(e.lsn()).isEqualTo(damagedEntry.lsn());
                    assertThat(e.file()).isEqualTo(file);
                    assertThat(e.offset()).isEqualTo(offset);
                })
                .hasMessageContaining("restore this database from a backup");
        assertThat(bytes(damaged, file)).isEqualTo(before);
    }

    @Test
    void aTornTailIsCutAndNeverReadAgain() throws IOException {
        FaultyLogDirectory disk = new FaultyLogDirectory();
        MemoryLogDirectory files;
        List<LogContents.Entry> entries = new ArrayList<>();
        try (OperationLog log = OperationLog.open(disk, SMALL)) {
            for (int index = 0; index < 40; index++) {
                entries.add(append(log, RecordType.TXN_LOCAL, filled(300, index + 1)));
            }
            files = disk.afterKill();
        }
        int torn = (int) entries.get(10).lsn();
        files.open(lastSegment(files, torn)).buffer().put(torn / 512 * 512, new byte[512]);

        try (OperationLog log = OperationLog.open(files, SMALL)) {
            List<LogContents.Entry> kept = readAll(log);
            assertThat(kept.size()).isBetween(8, 10);
            assertThat(entries.subList(0, kept.size())).isEqualTo(kept);
            assertThat(log.recovery().cutRecords()).isGreaterThan(20);
            assertThat(log.recovery().cutBytes()).isGreaterThan(20 * 300);
            for (int index = 0; index < 4; index++) {
                kept.add(append(log, RecordType.TXN_LOCAL, filled(300, 99)));
                assertThat(readAll(log)).isEqualTo(kept);
                try (OperationLog again = OperationLog.open(Damaging.copy(files), SMALL)) {
                    assertThat(readAll(again)).isEqualTo(kept);
                }
            }
        }
    }

    @Test
    void aLostSectorMayHoldTheZerosThatAWholeRecordBeginsWith() throws IOException {
        FaultyLogDirectory disk = new FaultyLogDirectory();
        try (OperationLog log = OperationLog.open(disk, SMALL)) {
            int firstEnd = SegmentLayout.HEADER_BYTES + 2 * FaultyLogDirectory.SECTOR_BYTES - 3;
            int payload = firstEnd - RecordLayout.bytes(0) - SegmentLayout.HEADER_BYTES;
            append(log, RecordType.TXN_LOCAL, filled(payload, 1));
            append(log, RecordType.TXN_LOCAL, filled(100, 2));
            MemoryLogDirectory files = disk.afterKill();
            Damaging.zeroSector(files, lastSegment(files, firstEnd), firstEnd / FaultyLogDirectory.SECTOR_BYTES);

            try (OperationLog recovered = OperationLog.open(files, SMALL)) {
                assertThat(readAll(recovered)).isEmpty();
                assertThat(recovered.recovery().cutRecords()).isEqualTo(1);
            }
        }
    }

    @Test
    void aMissingForeignOrNewerSegmentIsNamed() throws IOException {
        MemoryLogDirectory files = closedLog(new MemoryLogDirectory(), 1);
        MemoryLogDirectory foreign = closedLog(new MemoryLogDirectory(), 2);
        assertThat(files.list()).hasSizeGreaterThan(4);
        requireRefused(files, copy -> copy.delete("log-3"), Damage.MISSING_SEGMENT, "log-3");
        requireRefused(files, copy -> copy.delete("log-" + files.list().size()), Damage.MISSING_SEGMENT, "is missing");
        requireRefused(
                files,
                copy -> {
                    copy.delete("log-2");
                    copy.create("log-2", 1 << 16)
                            .buffer()
                            .put(0, foreign.open("log-2").buffer(), 0, 1 << 16);
                },
                Damage.FOREIGN_SEGMENT,
                "expected: 2 of ");
        requireRefused(files, copy -> Damaging.flip(copy, "log-1", 3, 1), Damage.HEADER, "log-1");

        MemoryLogDirectory newer = Damaging.copy(files);
        makeNewer(newer);
        assertThatThrownBy(() -> OperationLog.open(newer, SMALL))
                .isInstanceOf(LogFormatException.class)
                .hasMessageContaining("format version 3 (known: up to 2)");
    }

    private static byte[] bytes(MemoryLogDirectory files, String name) throws IOException {
        ByteBuffer buffer = files.open(name).buffer();
        byte[] bytes = new byte[buffer.capacity()];
        buffer.get(0, bytes);
        return bytes;
    }

    private interface Deed {
        void to(MemoryLogDirectory files) throws IOException;
    }

    private static void requireRefused(MemoryLogDirectory files, Deed deed, Damage damage, String message)
            throws IOException {
        MemoryLogDirectory copy = Damaging.copy(files);
        deed.to(copy);
        assertThatThrownBy(() -> OperationLog.open(copy, SMALL))
                .isInstanceOfSatisfying(
                        LogCorruptedException.class, e -> assertThat(e.damage()).isEqualTo(damage))
                .hasMessageContaining(message);
    }

    private static void makeNewer(MemoryLogDirectory files) throws IOException {
        var buffer = files.open("log-1").buffer();
        buffer.putInt(8, 3);
        var crc = new CRC32C();
        crc.update(buffer.duplicate().limit(48).position(0));
        buffer.putInt(48, (int) crc.getValue());
    }

    private static MemoryLogDirectory closedLog(MemoryLogDirectory files, long seed) throws IOException {
        try (OperationLog log = OperationLog.open(files, SMALL)) {
            appendRandom(log, new Random(seed), 900, 600);
        }
        return files;
    }

    /** Opens, and reads all: either it is refused, or what is there is a prefix, which holds what was durable. */
    private static void requirePrefix(
            MemoryLogDirectory files, List<LogContents.Entry> entries, long durableEnd, String what)
            throws IOException {
        List<LogContents.Entry> found;
        try (OperationLog log = OperationLog.open(files, SMALL)) {
            found = readAll(log);
            append(log, RecordType.CLOSE, filled(1, 1));
            assertThat(readAll(log)).as(what).hasSize(found.size() + 1);
        } catch (LogCorruptedException | LogFormatException e) {
            assertThat(what).as("%s", e).doesNotStartWith("power cut");
            return;
        }
        assertThat(found).as(what).isEqualTo(entries.subList(0, found.size()));
        Predicate<LogContents.Entry> durable = entry -> entry.lsn() < durableEnd;
        assertThat(found.size()).as(what).isGreaterThanOrEqualTo((int)
                entries.stream().filter(durable).count());
    }

    private static String pick(MemoryLogDirectory files, Random random) throws IOException {
        List<String> names = segments(files);
        return names.get(random.nextInt(names.size()));
    }

    /** The files but for one that was still being made. */
    private static List<String> segments(MemoryLogDirectory files) throws IOException {
        List<String> names = new ArrayList<>();
        for (String name : files.list()) {
            if (files.open(name).buffer().getLong(0) != 0) {
                names.add(name);
            }
        }
        return names;
    }

    private static int written(Crashed crashed, String file) throws IOException {
        var buffer = crashed.files.open(file).buffer();
        long end = crashed.endLsn - SegmentLayout.read(buffer, file).base();
        return (int) Math.max(SegmentLayout.HEADER_BYTES, Math.min(buffer.capacity() - 64, end));
    }

    /** The segment that this position is in. */
    private static String lastSegment(MemoryLogDirectory files, long lsn) throws IOException {
        for (String name : segments(files)) {
            SegmentLayout.Header header = SegmentLayout.read(files.open(name).buffer(), name);
            if (header.base() < lsn && lsn <= header.base() + header.capacity()) {
                return name;
            }
        }
        throw new IllegalArgumentException("No segment holds LSN " + lsn);
    }
}
