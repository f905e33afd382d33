package io.blazedb.tck.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Linked databases whose process is killed again and again. Each child checks what the last kill left before it writes;
 * after the last one this process does. One thread.
 */
final class LinkedRun {
    private static final long WORK_NANOS_MIN = 50_000_000;
    private static final long WORK_NANOS_MAX = 300_000_000;
    private static final long START_NANOS_MAX = 900_000_000;
    /** The first copy of the third database begins in this life. */
    private static final int JOINS_IN = 3;

    private static final List<String> OPTIONS =
            List.of("-XX:TieredStopAtLevel=1", "-Dblazedb.checkpointAlways=true", "-Dblazedb.checkpointLookMillis=10");

    private final Path folder;
    private final Path progressFile;
    private final Progress progress;
    private final Random random;
    private final long seed;

    LinkedRun(Path folder, long seed) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.progressFile = folder.resolve("progress");
        this.progress = Progress.open(progressFile);
        this.random = new Random(seed);
        this.seed = seed;
    }

    /** What went wrong after that many kills; a child that found a fault has thrown it. */
    List<String> kill(int kills) throws IOException, SQLException {
        for (int life = 0; life < kills; life++) {
            live(life);
        }
        try (LinkedNodes nodes = LinkedNodes.open(folder)) {
            return nodes.faults(progress);
        }
    }

    private void live(int life) throws IOException {
        try (ChildProcess child = start(life)) {
            if (life > 0 && random.nextInt(4) == 0) {
                pause(START_NANOS_MAX); // dies while it starts, recovers or checks
            } else {
                child.awaitReady();
                pause(WORK_NANOS_MIN + random.nextLong(WORK_NANOS_MAX - WORK_NANOS_MIN));
            }
            child.kill();
        }
    }

    private ChildProcess start(int life) throws IOException {
        return ChildProcess.start(
                LinkedChild.class,
                OPTIONS,
                folder.resolve("errors-" + life),
                folder.toString(),
                progressFile.toString(),
                Long.toString(seed + life),
                life == 0 ? "create" : life >= JOINS_IN ? "join" : "resume");
    }

    private static void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    long acknowledged() {
        return progress.acknowledged();
    }

    /** How many of the databases no longer have the beginning of their log. */
    int trimmed() throws IOException {
        int trimmed = 0;
        for (Path log : logs()) {
            trimmed += Files.exists(log.resolve("log-1")) ? 0 : 1;
        }
        return trimmed;
    }

    int databases() throws IOException {
        return logs().size();
    }

    private List<Path> logs() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".blaze"))
                    .toList();
        }
    }
}
