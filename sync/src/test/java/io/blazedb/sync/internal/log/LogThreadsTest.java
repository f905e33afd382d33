package io.blazedb.sync.internal.log;

import static io.blazedb.sync.internal.log.LogContents.SMALL;
import static io.blazedb.sync.internal.log.LogContents.append;
import static io.blazedb.sync.internal.log.LogContents.appendOnly;
import static io.blazedb.sync.internal.log.LogContents.filled;
import static io.blazedb.sync.internal.log.LogContents.readAll;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many threads at one log of the disk. */
@Timeout(60)
class LogThreadsTest {
    private static final int THREADS = 8;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @TempDir
    Path directory;

    @AfterEach
    void end() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }

    private OperationLog open() throws IOException {
        return OperationLog.open(new FileLogDirectory(directory), SMALL);
    }

    @Test
    void committersShareForces() throws Exception {
        int commitsEach = 200;
        try (OperationLog log = open()) {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<Boolean>> committers = new ArrayList<>();
            for (int index = 0; index < THREADS; index++) {
                committers.add(threads.submit(() -> commit(log, start, commitsEach)));
            }
            start.countDown();
            for (Future<Boolean> committer : committers) {
                assertThat(committer.get()).isTrue();
            }

            assertThat(readAll(log)).hasSize(THREADS * commitsEach);
            assertThat(log.forces()).isPositive().isLessThan((long) THREADS * commitsEach);
        }
    }

    private static boolean commit(OperationLog log, CountDownLatch start, int count) throws InterruptedException {
        start.await();
        for (int index = 0; index < count; index++) {
            long lsn = append(log, RecordType.TXN_LOCAL, filled(100, index)).lsn();
            log.force(lsn);
            if (log.durableEnd() <= lsn) {
                return false;
            }
        }
        return true;
    }

    @Test
    void anAppendIsForcedSoonWithoutAnybodyWaiting() throws Exception {
        try (OperationLog log = open()) {
            for (int round = 0; round < 5; round++) {
                long lsn = append(log, RecordType.TXN_LOCAL, filled(100, round)).lsn();
                log.forceSoon();
                while (log.durableEnd() <= lsn) {
                    Thread.onSpinWait();
                }
            }
            assertThat(log.forces()).isBetween(1L, 6L);
        }
    }

    @Test
    void readersSeeEveryRecordOnceInOrderWhileWritersPublishOutOfOrder() throws Exception {
        int recordsEach = 5000;
        try (OperationLog log = open()) {
            List<Future<Long>> readers = new ArrayList<>();
            for (int index = 0; index < 3; index++) {
                readers.add(threads.submit(() -> follow(log, (long) THREADS * recordsEach)));
            }
            List<Future<?>> writers = new ArrayList<>();
            for (int index = 0; index < THREADS; index++) {
                Random random = new Random(index);
                writers.add(threads.submit(() -> {
                    for (int record = 0; record < recordsEach; record++) {
                        log.publish(appendOnly(log, RecordType.EFFECT, filled(random.nextInt(200), record)));
                    }
                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            for (Future<Long> reader : readers) {
                assertThat(reader.get()).isEqualTo((long) THREADS * recordsEach);
            }
        }
    }

    private static long follow(OperationLog log, long count) throws InterruptedException {
        long read = 0;
        long last = -1;
        try (LogReader reader = log.reader(log.firstLsn())) {
            while (read < count) {
                if (!log.awaitVisible(reader.position(), TimeUnit.SECONDS.toNanos(20))) {
                    return read;
                }
                for (LogRecord record = reader.next(); record != null; record = reader.next()) {
                    if (record.lsn() <= last) {
                        return -1;
                    }
                    last = record.lsn();
                    read++;
                }
            }
        }
        return read;
    }

    @Test
    void interruptsOfWritersAndReadersBreakNothing() throws Exception {
        long seed = System.nanoTime();
        AtomicBoolean done = new AtomicBoolean();
        ConcurrentLinkedQueue<Long> appended = new ConcurrentLinkedQueue<>();
        try (OperationLog log = open()) {
            List<Thread> workers = new ArrayList<>();
            ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
            for (int index = 0; index < 4; index++) {
                workers.add(start(failures, () -> writeInterrupted(log, appended, done)));
            }
            Random random = new Random(seed);
            while (appended.size() < 5000 && failures.isEmpty()) {
                workers.get(random.nextInt(workers.size())).interrupt();
                Thread.onSpinWait();
            }
            done.set(true);
            for (Thread worker : workers) {
                worker.join();
            }

            assertThat(failures).as("seed %d", seed).isEmpty();
            assertThat(readAll(log)).extracting(LogContents.Entry::lsn).containsExactlyInAnyOrderElementsOf(appended);
        }

        try (OperationLog log = open()) {
            assertThat(log.recovery().closedInOrder()).isTrue();
            assertThat(readAll(log)).hasSameSizeAs(appended);
        }
    }

    private static boolean writeInterrupted(
            OperationLog log, ConcurrentLinkedQueue<Long> appended, AtomicBoolean done) {
        int count = 0;
        while (!done.get()) {
            long lsn = append(log, RecordType.TXN_LOCAL, filled(300, count)).lsn();
            appended.add(lsn);
            if (++count % 50 == 0) {
                log.force(lsn);
            }
            log.forceSoon();
            if (count % 300 == 0) {
                Thread.interrupted();
            }
        }
        return true;
    }

    private static Thread start(ConcurrentLinkedQueue<Throwable> failures, Callable<Boolean> work) {
        Thread thread = new Thread(() -> {
            try {
                work.call();
            } catch (Exception e) {
                failures.add(e);
            }
        });
        thread.start();
        return thread;
    }

    @Test
    void trimmingBesideWritersAndReadersNeverHandsOutAWrongRecord() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        try (OperationLog log = open()) {
            append(log, RecordType.EFFECT, filled(10, 10));
            List<Future<Boolean>> readers = new ArrayList<>();
            for (int index = 0; index < 3; index++) {
                readers.add(threads.submit(() -> readWhileTrimmed(log, done)));
            }
            for (int round = 0; round < 200; round++) {
                for (int record = 0; record < 100; record++) {
                    append(log, RecordType.EFFECT, filled(record * 5, record * 5));
                }
                log.trim(log.visibleEnd());
            }
            done.set(true);

            for (Future<Boolean> reader : readers) {
                assertThat(reader.get()).isTrue();
            }
        }
    }

    private static boolean readWhileTrimmed(OperationLog log, AtomicBoolean done) {
        while (!done.get()) {
            try (LogReader reader = log.reader(log.firstLsn())) {
                for (LogRecord record = reader.next(); record != null; record = reader.next()) {
                    int length = record.payload().remaining();
                    if (length > 0 && record.payload().get(length - 1) != (byte) length) {
                        return false;
                    }
                }
            } catch (LogTrimmedException e) {
                Thread.onSpinWait();
            }
        }
        return true;
    }
}
