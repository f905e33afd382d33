package io.blazedb.sync.internal.log;

import static io.blazedb.sync.internal.log.LogContents.SMALL;
import static io.blazedb.sync.internal.log.LogContents.append;
import static io.blazedb.sync.internal.log.LogContents.appendOnly;
import static io.blazedb.sync.internal.log.LogContents.appendRandom;
import static io.blazedb.sync.internal.log.LogContents.filled;
import static io.blazedb.sync.internal.log.LogContents.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that is full or broken stops the log with the cause; what was there before is there afterwards. */
class LogFailureTest {
    @Test
    void aFullDiskStopsTheLogAndKeepsWhatItHolds() throws IOException {
        FaultyLogDirectory disk = new FaultyLogDirectory();
        List<LogContents.Entry> entries = new ArrayList<>();
        try (OperationLog log = OperationLog.open(disk, SMALL)) {
            disk.fillUpAfter(3);

            assertThatThrownBy(() -> fill(log, entries))
                    .isInstanceOf(LogFailedException.class)
                    .hasMessageContaining("No space left on device")
                    .hasRootCauseMessage("No space left on device");

            assertThatThrownBy(() -> append(log, RecordType.DDL, filled(1, 1))).isInstanceOf(LogFailedException.class);
            assertThatThrownBy(() -> log.force(entries.get(entries.size() - 1).lsn()))
                    .isInstanceOf(LogFailedException.class);
            assertThat(readAll(log)).isEqualTo(entries);
        }

        assertThat(entries).hasSizeGreaterThan(100);
        disk.fillUpAfter(Integer.MAX_VALUE);
        try (OperationLog log = OperationLog.open(disk, SMALL)) {
            assertThat(readAll(log)).isEqualTo(entries);
            fillSome(log, entries, 500);
            assertThat(readAll(log)).isEqualTo(entries);
        }
    }

    @Test
    void spaceThatComesBackInTimeIsUsed() throws IOException {
        FaultyLogDirectory disk = new FaultyLogDirectory();
        List<LogContents.Entry> entries = new ArrayList<>();
        try (OperationLog log = OperationLog.open(disk, SMALL)) {
            fillSome(log, entries, 1);
            disk.fillUpAfter(0);
            fillSome(log, entries, 20);
            disk.fillUpAfter(Integer.MAX_VALUE);

            fillSome(log, entries, 500);

            assertThat(readAll(log)).isEqualTo(entries);
        }
    }

    @Test
    void aFullDiskAtTheFirstAppendLeavesAnEmptyLog() throws IOException {
        FaultyLogDirectory disk = new FaultyLogDirectory();
        try (OperationLog log = OperationLog.open(disk, SMALL)) {
            disk.fillUpAfter(0);
            assertThatThrownBy(() -> append(log, RecordType.DDL, filled(1, 1))).isInstanceOf(LogFailedException.class);
        }

        assertThat(disk.list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 8, 13, 21})
    void aFailedForceIsNeverRepeatedAsIfNothingHadHappened(int forcesThatWork) throws IOException {
        FaultyLogDirectory disk = new FaultyLogDirectory();
        List<LogContents.Entry> acknowledged = new ArrayList<>();
        try (OperationLog log = OperationLog.open(disk, SMALL)) {
            disk.failForcesAfter(forcesThatWork);

            assertThatThrownBy(() -> {
                        for (int index = 0; index < 1000; index++) {
                            LogContents.Entry entry = append(log, RecordType.TXN_LOCAL, filled(200, index));
                            log.force(entry.lsn());
                            acknowledged.add(entry);
                        }
                    })
                    .isInstanceOf(LogFailedException.class)
                    .hasRootCauseMessage("Input/output error");
            disk.failForcesAfter(Integer.MAX_VALUE);

            assertThatThrownBy(() -> appendOnly(log, RecordType.DDL, filled(1, 1)))
                    .isInstanceOf(LogFailedException.class);
            assertThatThrownBy(() -> log.force(log.endLsn() - 1)).isInstanceOf(LogFailedException.class);
            assertThat(readAll(log)).hasSizeGreaterThanOrEqualTo(acknowledged.size());
        }

        for (int seed = 0; seed < 20; seed++) {
            try (OperationLog log = OperationLog.open(disk.afterPowerCut(new Random(seed)), SMALL)) {
                List<LogContents.Entry> found = readAll(log);
                assertThat(found).as("seed %d", seed).hasSizeGreaterThanOrEqualTo(acknowledged.size());
                assertThat(found.subList(0, acknowledged.size())).isEqualTo(acknowledged);
            }
        }
    }

    @Test
    void closingAFailedLogDoesNotCallItClosedInOrder() throws IOException {
        FaultyLogDirectory disk = new FaultyLogDirectory();
        List<LogContents.Entry> entries;
        try (OperationLog log = OperationLog.open(disk, SMALL)) {
            entries = appendRandom(log, new Random(1), 10, 100);
            disk.failForcesAfter(0);
            assertThatThrownBy(() -> log.force(entries.get(9).lsn())).isInstanceOf(LogFailedException.class);
        }
        disk.failForcesAfter(Integer.MAX_VALUE);

        try (OperationLog log = OperationLog.open(disk, SMALL)) {
            assertThat(log.recovery().closedInOrder()).isFalse();
            assertThat(readAll(log)).isEqualTo(entries);
        }
    }

    private static void fill(OperationLog log, List<LogContents.Entry> entries) {
        fillSome(log, entries, 10_000);
    }

    private static void fillSome(OperationLog log, List<LogContents.Entry> entries, int count) {
        for (int index = 0; index < count; index++) {
            entries.add(append(log, RecordType.EFFECT, filled(500, index)));
        }
    }
}
