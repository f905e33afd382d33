package io.blazedb.tck.bench;

import io.blazedb.tck.Target;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Commits that are on the disk when they return: DURABILITY=FULL against H2 with a checkpoint at each commit, and
 * against
 * bare writes of 4 KiB with a force each.
 */
final class Forced {
    private static final int COMMITS = 2_000;
    private static final int THREADS = 8;
    private static final int ROUNDS = 5;
    private static final int ID_RANGE = 1_000_000_000;
    private static final int PAGE_BYTES = 4096;

    private final Report report;
    private int nextRange;

    Forced(Report report) {
        this.report = report;
    }

    void run() throws Exception {
        try (Place place = Place.create();
                Items h2 = place.h2("h2");
                Items blaze = new Items(Target.connect(place.url(Target.BLAZE_FULL, "a")))) {
            double[] bare = new double[ROUNDS];
            double[][] peer = new double[2][ROUNDS];
            double[][] ours = new double[2][ROUNDS];
            for (int round = -1; round < ROUNDS; round++) {
                int slot = Math.max(0, round); // the round before the first is warm-up
                bare[slot] = bareWrites(place.folder().resolve("bare"));
                peer[0][slot] = commits(place.url(Target.H2_FILE, "h2"), 1, true);
                ours[0][slot] = commits(place.url(Target.BLAZE_FULL, "a"), 1, false);
                peer[1][slot] = commits(place.url(Target.H2_FILE, "h2"), THREADS, true);
                ours[1][slot] = commits(place.url(Target.BLAZE_FULL, "a"), THREADS, false);
            }
            double floor = Contest.median(bare);
            add("1 thread, forced commits, of bare 4 KiB writes", floor, ours[0], Goal.atLeast(0.8, "x"));
            add("8 threads, forced commits, of bare 4 KiB writes", floor, ours[1], Goal.atLeast(4, "x"));
            add("1 thread, of H2's CHECKPOINT SYNC", Contest.median(peer[0]), ours[0], Goal.atLeast(1, "x"));
            add("8 threads, of H2's CHECKPOINT SYNC", Contest.median(peer[1]), ours[1], Goal.atLeast(1, "x"));
            if (blaze.count() == 0 || h2.count() == 0) {
                throw new IllegalStateException("nothing was written");
            }
        }
    }

    private void add(String what, double peer, double[] ours, Goal goal) {
        double rate = Contest.median(ours);
        report.add(what, Goal.number(peer) + "/s", Goal.number(rate) + "/s", rate / peer, goal);
    }

    private static double bareWrites(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer page = ByteBuffer.allocateDirect(PAGE_BYTES);
            long start = System.nanoTime();
            for (int i = 0; i < COMMITS; i++) {
                page.clear();
                channel.write(page);
                channel.force(false);
            }
            return rate(COMMITS, start);
        }
    }

    private double commits(String url, int threads, boolean checkpoint) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Integer>> writers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                Items items = new Items(Target.connect(url));
                items.lastId((long) ++nextRange * ID_RANGE);
                writers.add(() -> write(items, checkpoint));
            }
            long start = System.nanoTime();
            for (Future<Integer> done : pool.invokeAll(writers)) {
                done.get();
            }
            return rate(threads * COMMITS, start);
        } finally {
            pool.shutdown();
        }
    }

    private static int write(Items items, boolean checkpoint) throws Exception {
        try (Connection connection = items.connection();
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < COMMITS; i++) {
                items.insert();
                if (checkpoint) {
                    statement.execute("CHECKPOINT SYNC");
                }
            }
            return COMMITS;
        }
    }

    private static double rate(int count, long start) {
        return count * 1e9 / (System.nanoTime() - start);
    }
}
