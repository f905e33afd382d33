package io.blazedb.sync.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prints what the log costs; asserts no time. {@code mvn -Pbench -pl sync test -Dtest=LogBench} */
@Tag("bench")
class LogBench {
    private static final int ROUNDS = 5;
    private static final byte[] PAYLOAD = LogContents.filled(100, 7);

    @TempDir
    Path directory;

    @Test
    void appendAndPublish() throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            try (OperationLog log = open("append" + round)) {
                append(log);
                int count = 1_000_000;
                long[] nanos = new long[count];
                long start = System.nanoTime();
                long last = start;
                for (int index = 0; index < count; index++) {
                    append(log);
                    long now = System.nanoTime();
                    nanos[index] = now - last;
                    last = now;
                }
                Arrays.sort(nanos);
                System.out.printf(
                        "append and publish of 100 bytes: %.0f ns on average, p50 %d, p99 %d, max %d us%n",
                        (double) (last - start) / count,
                        nanos[count / 2],
                        nanos[count / 100 * 99],
                        nanos[count - 1] / 1000);
                readBack(log, count);
            }
        }
    }

    @Test
    void openingAndFirstAppend() throws IOException {
        for (int round = 0; round < 2 * ROUNDS; round++) {
            long start = System.nanoTime();
            try (OperationLog log = open("first" + round)) {
                long opened = System.nanoTime();
                append(log);
                System.out.printf(
                        "open empty %d us, first append %d us%n",
                        (opened - start) / 1000, (System.nanoTime() - opened) / 1000);
            }
            start = System.nanoTime();
            try (OperationLog log = open("first" + round)) {
                long opened = System.nanoTime();
                append(log);
                System.out.printf(
                        "reopen %d us, next append %d us%n",
                        (opened - start) / 1000, (System.nanoTime() - opened) / 1000);
            }
        }
    }

    @Test
    void forces() throws Exception {
        plainForces();
        for (int threads : new int[] {1, 2, 4, 8}) {
            try (OperationLog log = open("force" + threads)) {
                for (int warm = 0; warm < 3000; warm++) {
                    log.force(LogContents.append(log, RecordType.TXN_LOCAL, PAYLOAD)
                            .lsn());
                }
                long forcesBefore = log.forces();
                long start = System.nanoTime();
                int each = 8000;
                List<Thread> writers = new ArrayList<>();
                for (int index = 0; index < threads; index++) {
                    writers.add(new Thread(() -> {
                        for (int commit = 0; commit < each; commit++) {
                            log.force(LogContents.append(log, RecordType.TXN_LOCAL, PAYLOAD)
                                    .lsn());
                        }
                    }));
                }
                writers.forEach(Thread::start);
                for (Thread writer : writers) {
                    writer.join();
                }
                double seconds = (System.nanoTime() - start) / 1e9;
                System.out.printf(
                        "%d threads: %.0f forced commits a second, %.0f forces a second%n",
                        threads, threads * each / seconds, (log.forces() - forcesBefore) / seconds);
            }
        }
    }

    @Test
    void wakingAReader() throws Exception {
        try (OperationLog log = open("wake")) {
            append(log);
            int count = 20_000;
            long[] nanos = new long[count];
            long from = log.visibleEnd();
            long[] sent = new long[count];
            Thread reader = new Thread(() -> read(log, from, sent, nanos));
            reader.start();
            for (int index = 0; index < count; index++) {
                long until = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(100);
                while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                }
                sent[index] = System.nanoTime();
                append(log);
            }
            reader.join();
            Arrays.sort(nanos);
            System.out.printf(
                    "publish to read: p50 %.1f us, p99 %.1f us%n",
                    nanos[count / 2] / 1e3, nanos[count / 100 * 99] / 1e3);
        }
    }

    private static void read(OperationLog log, long from, long[] sent, long[] nanos) {
        int index = 0;
        try (LogReader reader = log.reader(from)) {
            while (index < nanos.length) {
                if (!log.awaitVisible(reader.position(), TimeUnit.SECONDS.toNanos(10))) {
                    throw new IllegalStateException("Nothing came after record " + index);
                }
                while (reader.next() != null) {
                    nanos[index] = System.nanoTime() - sent[index];
                    index++;
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void plainForces() throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(directory.resolve("plain").toFile(), "rw")) {
            file.write(new byte[1 << 20]);
            file.getChannel().force(true);
            int count = 3000;
            long start = System.nanoTime();
            for (int index = 0; index < count; index++) {
                file.seek((long) index % 200 * 4096);
                file.write(new byte[4096]);
                file.getChannel().force(false);
            }
            System.out.printf("4 KiB write and fsync: %.0f a second%n", count / ((System.nanoTime() - start) / 1e9));
        }
    }

    private static void readBack(OperationLog log, int count) {
        long start = System.nanoTime();
        int read = 0;
        try (LogReader reader = log.reader(log.firstLsn())) {
            while (reader.next() != null) {
                read++;
            }
        }
        System.out.printf("read: %.0f ns a record%n", (double) (System.nanoTime() - start) / read);
        assertThat(read).isEqualTo(count + 1);
    }

    private static void append(OperationLog log) {
        long lsn;
        log.appendLock().lock();
        try {
            lsn = log.append(RecordType.TXN_LOCAL, PAYLOAD, 0, PAYLOAD.length);
        } finally {
            log.appendLock().unlock();
        }
        log.publish(lsn);
    }

    private OperationLog open(String name) throws IOException {
        return OperationLog.open(new FileLogDirectory(directory.resolve(name)), LogOptions.defaults());
    }
}
