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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperationLogTest {
    @TempDir
    Path directory;

    private LogDirectory directory(boolean memory) {
        return memory ? new MemoryLogDirectory() : new FileLogDirectory(directory.resolve("database.blaze"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWasAppendedIsReadAcrossManySegmentsAndReopenings(boolean memory) throws IOException {
        LogDirectory files = directory(memory);
        Random random = new Random(7);
        List<LogContents.Entry> expected = new ArrayList<>();

        for (int run = 0; run < 5; run++) {
            try (OperationLog log = OperationLog.open(files, SMALL)) {
                assertThat(log.recovery().closedInOrder()).isTrue();
                assertThat(readAll(log)).isEqualTo(expected);
                assertThat(log.durableEnd()).isEqualTo(log.endLsn());
                expected.addAll(appendRandom(log, random, 400, 900));
                assertThat(readAll(log)).isEqualTo(expected);
            }
        }

        assertThat(files.list()).hasSizeGreaterThan(10).allMatch(name -> name.matches("log-[0-9]+"));
    }

    @Test
    void aLogThatIsOnlyReadMakesNoFile() throws IOException {
        LogDirectory files = directory(false);

        try (OperationLog log = OperationLog.open(files, LogOptions.defaults())) {
            assertThat(readAll(log)).isEmpty();
            assertThat(log.firstLsn()).isEqualTo(log.endLsn());
        }

        assertThat(directory.resolve("database.blaze")).doesNotExist();
    }

    @Test
    void theFirstAppendMakesASmallFile() throws IOException {
        LogDirectory files = directory(false);

        try (OperationLog log = OperationLog.open(files, LogOptions.defaults())) {
            log.force(append(log, RecordType.TXN_LOCAL, filled(100, 1)).lsn());

            assertThat(Files.size(directory.resolve("database.blaze/log-1"))).isEqualTo(1 << 18);
        }
    }

    @Test
    void theLargestPayloadFitsWhereverTheLogStands() throws IOException {
        byte[] largest = filled(OperationLog.PAYLOAD_BYTES_MAX, 5);

        try (OperationLog log = OperationLog.open(directory(true), SMALL)) {
            List<LogContents.Entry> expected = List.of(
                    append(log, RecordType.OPEN, largest),
                    append(log, RecordType.DDL, filled(1, 1)),
                    append(log, RecordType.OPEN, largest));

            assertThat(readAll(log)).isEqualTo(expected);
            byte[] tooLarge = new byte[OperationLog.PAYLOAD_BYTES_MAX + 1];
            assertThatThrownBy(() -> append(log, RecordType.OPEN, tooLarge))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected: <= " + OperationLog.PAYLOAD_BYTES_MAX);
        }
    }

    @Test
    void readersSeeThePrefixThatIsPublishedWithoutGap() throws IOException {
        try (OperationLog log = OperationLog.open(directory(true), SMALL)) {
            long first = appendOnly(log, RecordType.TXN_LOCAL, filled(10, 1));
            long second = appendOnly(log, RecordType.TXN_LOCAL, filled(10, 2));
            long third = appendOnly(log, RecordType.TXN_LOCAL, filled(10, 3));

            log.publish(third);
            log.publish(second);
            assertThat(readAll(log)).isEmpty();

            log.publish(first);
            assertThat(readAll(log)).extracting(LogContents.Entry::lsn).containsExactly(first, second, third);
            assertThatThrownBy(() -> log.publish(second)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void manyRecordsInFlightArePublishedInRandomOrder() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (OperationLog log = OperationLog.open(directory(true), SMALL)) {
            List<Long> inFlight = new ArrayList<>();
            List<Long> all = new ArrayList<>();
            for (int step = 0; step < 20_000; step++) {
                if (inFlight.isEmpty() || (inFlight.size() < 300 && random.nextBoolean())) {
                    long lsn = appendOnly(log, RecordType.EFFECT, filled(random.nextInt(50), 9));
                    inFlight.add(lsn);
                    all.add(lsn);
                } else {
                    log.publish(inFlight.remove(random.nextInt(inFlight.size())));
                }
                if (!inFlight.isEmpty()) {
                    long gap = inFlight.stream().mapToLong(lsn -> lsn).min().orElseThrow();
                    assertThat(log.visibleEnd()).as("seed %d", seed).isLessThanOrEqualTo(gap);
                }
            }
            inFlight.forEach(log::publish);

            assertThat(readAll(log))
                    .as("seed %d", seed)
                    .extracting(LogContents.Entry::lsn)
                    .isEqualTo(all);
        }
    }

    @Test
    void aReaderGoesOnWhereItStoodAndStartsAtAnyRecord() throws IOException {
        try (OperationLog log = OperationLog.open(directory(true), SMALL);
                LogReader tailing = log.reader(log.endLsn())) {
            List<LogContents.Entry> expected = new ArrayList<>();
            List<LogContents.Entry> tailed = new ArrayList<>();
            Random random = new Random(3);
            for (int step = 0; step < 50; step++) {
                expected.addAll(appendRandom(log, random, 20, 500));
                tailed.addAll(readAll(tailing));
            }
            assertThat(tailed).isEqualTo(expected);

            for (int start = 0; start < expected.size(); start += 37) {
                try (LogReader reader = log.reader(expected.get(start).lsn())) {
                    assertThat(readAll(reader)).isEqualTo(expected.subList(start, expected.size()));
                }
            }
        }
    }

    @Test
    void theRecoveryReaderEndsWhereTheLogWasOpened() throws IOException {
        LogDirectory files = directory(true);
        List<LogContents.Entry> before;
        try (OperationLog log = OperationLog.open(files, SMALL)) {
            before = appendRandom(log, new Random(1), 100, 400);
        }

        try (OperationLog log = OperationLog.open(files, SMALL)) {
            append(log, RecordType.DDL, filled(1, 1));
            try (LogReader reader = log.recoveryReader(log.firstLsn())) {
                assertThat(readAll(reader)).isEqualTo(before);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void trimmingDeletesWholeSegmentsBelowAndReadersNotice(boolean memory) throws IOException {
        LogDirectory files = directory(memory);
        List<LogContents.Entry> all;
        try (OperationLog log = OperationLog.open(files, SMALL)) {
            all = appendRandom(log, new Random(1), 1000, 900);
            try (LogReader reader = log.reader(log.firstLsn())) {
                LogRecord first = Objects.requireNonNull(reader.next());
                assertThat(first.lsn()).isEqualTo(all.get(0).lsn());
                int filesBefore = files.list().size();
                long middle = all.get(500).lsn();

                log.trim(middle);

                assertThat(log.firstLsn()).isGreaterThan(all.get(0).lsn()).isLessThanOrEqualTo(middle);
                assertThat(files.list()).hasSizeLessThan(filesBefore);
                assertThatThrownBy(() -> readAll(reader)).isInstanceOf(LogTrimmedException.class);
                assertThatThrownBy(() -> log.reader(all.get(0).lsn())).isInstanceOf(LogTrimmedException.class);
            }
            log.trim(log.visibleEnd());
            assertThat(log.firstLsn()).isLessThanOrEqualTo(log.endLsn());
        }

        try (OperationLog log = OperationLog.open(files, SMALL)) {
            List<LogContents.Entry> left = readAll(log);
            assertThat(all.subList(all.size() - left.size(), all.size())).isEqualTo(left);
            assertThat(append(log, RecordType.DDL, filled(1, 1)).lsn())
                    .isGreaterThan(all.get(all.size() - 1).lsn());
        }
    }

    /** A wake-up between the look at the condition and the wait is lost when only the wait can be woken. */
    @Test
    @Timeout(60)
    void aWaitingReaderSeesThatItNeedNotWait() throws Exception {
        try (OperationLog log = OperationLog.open(directory(true), SMALL)) {
            for (int round = 0; round < 5_000; round++) {
                AtomicBoolean enough = new AtomicBoolean();
                Thread waker = new Thread(() -> {
                    enough.set(true);
                    log.wakeReaders();
                });
                waker.start();
                assertThat(log.awaitVisible(log.visibleEnd(), TimeUnit.MINUTES.toNanos(5), enough::get))
                        .isFalse();
                assertThat(enough).isTrue();
                waker.join();
            }
        }
    }

    @Test
    void aWaitingReaderWakesWhenARecordIsPublished() throws Exception {
        try (OperationLog log = OperationLog.open(directory(true), SMALL)) {
            long beyond = log.visibleEnd() - 1;
            long before = append(log, RecordType.DDL, filled(1, 1)).lsn();
            assertThat(log.awaitVisible(beyond, 0)).isTrue();
            assertThat(log.awaitVisible(log.visibleEnd(), TimeUnit.MILLISECONDS.toNanos(1)))
                    .isFalse();

            long from = log.visibleEnd();
            Thread writer = new Thread(() -> {
                for (int index = 0; index < 1000; index++) {
                    append(log, RecordType.EFFECT, filled(40, index));
                }
            });
            int read = 0;
            try (LogReader reader = log.reader(from)) {
                writer.start();
                while (read < 1000) {
                    assertThat(log.awaitVisible(reader.position(), TimeUnit.SECONDS.toNanos(20)))
                            .isTrue();
                    read += readAll(reader).size();
                }
            }
            writer.join();
            assertThat(before).isLessThan(from);
        }
    }

    @Test
    void appendingWithoutTheLockOrAfterCloseIsRefused() throws IOException {
        OperationLog log = OperationLog.open(directory(true), SMALL);
        assertThatThrownBy(() -> log.append(RecordType.DDL, filled(1, 1), 0, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("appendLock");

        log.close();
        log.close();

        assertThatThrownBy(() -> append(log, RecordType.DDL, filled(1, 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }
}
