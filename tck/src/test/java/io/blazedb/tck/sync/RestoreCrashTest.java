package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.tck.Volume;
import io.blazedb.tck.crash.ChildProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node whose files were put back writes again is whole, wherever the process is killed meanwhile. */
class RestoreCrashTest {
    private static final int KILLS = 3;
    private static final int ROWS = 6_000;
    private static final int LIVES_MILLIS_MAX = 60;
    private static final int BLOCK_BYTES = 4096;
    private static final byte[] ZEROS = new byte[BLOCK_BYTES];
    /** More than a database writes when it is opened. */
    private static final long BEGUN_BYTES = 8 * BLOCK_BYTES;

    private static final String SUMS = "SELECT COUNT(*), SUM(N), MIN(N), MAX(N), MIN(NOTE), MAX(NOTE) FROM T";

    @TempDir
    Path folder;

    @Test
    void nothingWrittenAloneIsLostOrCountedTwice() throws Exception {
        long seed = Volume.seed();
        System.out.println("RestoreCrashTest seed " + seed);
        Random random = new Random(seed);
        Backup old;
        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            east.execute("CREATE TABLE T(ID INT PRIMARY KEY, N BIGINT, NOTE VARCHAR(20))");
            east.execute("CREATE MERGE RULE ON T(N) USING COUNTER");
            east.execute("INSERT INTO T SELECT X, 0, 'old' FROM SYSTEM_RANGE(1, " + ROWS + ")");
            east.connectTo(west, "WITH (INTERVAL 1)");
            east.sync();
        }
        old = Backup.of(folder, "east");
        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            east.execute("UPDATE T SET N = N + 100");
            west.execute("UPDATE T SET N = N + 10");
            east.sync();
        }
        Backup west = Backup.of(folder, "west");
        writeAlone(old, west);
        Backup east = Backup.of(folder, "east");

        for (int kill = 0; kill < Volume.of(KILLS); kill++) {
            east.restore(folder, "east");
            west.restore(folder, "west");
            int millis = random.nextInt(LIVES_MILLIS_MAX);
            meetAndKill(kill, millis);

            assertBothHaveAll("seed " + seed + ", kill " + kill + " after " + millis + " ms");
        }
    }

    private void writeAlone(Backup old, Backup west) throws Exception {
        old.restore(folder, "east");
        Backup.hiding(folder, "west");
        try (Node east = Node.open(folder, "east")) {
            east.execute("UPDATE T SET N = N + 1", "UPDATE T SET NOTE = 'alone'");
        }
        west.restore(folder, "west");
    }

    private void meetAndKill(int kill, int millis) throws Exception {
        try (ChildProcess child =
                ChildProcess.start(RestoreChild.class, folder.resolve("errors" + kill), folder.toString())) {
            child.awaitReady();
            awaitWritten(logEnd() + BEGUN_BYTES);
            long until = System.nanoTime() + millis * 1_000_000L;
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            child.kill();
        }
    }

    /** What was written again is in the log as far as this. */
    private void awaitWritten(long end) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (logEnd() < end) {
            assertThat(System.nanoTime()).as("nothing is written").isLessThan(deadline);
        }
    }

    /** Bytes of the only segment of the log before it is all zeros. */
    private long logEnd() throws IOException {
        try (Stream<Path> files = Files.list(Backup.log(folder, "east"))) {
            Path segment = files.filter(path -> path.getFileName().toString().startsWith("log-"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
            try (SeekableByteChannel channel = Files.newByteChannel(segment)) {
                long end = 0;
                while (channel.read(block.clear()) == BLOCK_BYTES && !Arrays.equals(block.array(), ZEROS)) {
                    end += BLOCK_BYTES;
                }
                return end;
            }
        }
    }

    private void assertBothHaveAll(String when) throws Exception {
        try (Node west = Node.open(folder, "west");
                Node east = Node.open(folder, "east")) {
            east.sync();
            west.sync();
            String all = ROWS + "|" + 111L * ROWS + "|111|111|alone|alone";
            assertThat(east.rows(SUMS)).as("east, %s", when).containsExactly(all);
            assertThat(west.rows(SUMS)).as("west, %s", when).containsExactly(all);
        }
    }
}
