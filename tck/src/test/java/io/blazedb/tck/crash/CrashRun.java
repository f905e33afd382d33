package io.blazedb.tck.crash;

import io.blazedb.tck.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * One database that is killed again and again: each round starts a child on what the last kill left, takes images while
 * it writes, kills it, and checks images and remains. Used by one thread.
 */
final class CrashRun {
    private static final String NAME = "db";
    private static final long RECOVERY_NANOS_MAX = 300_000_000;
    private static final int TRANSACTIONS_BETWEEN_MAX = 30;

    private final Target target;
    private final String settings;
    private final Workload workload;
    private final Path folder;
    private final Path live;
    private final Path progressFile;
    private final Progress progress;
    private final Random random;
    private final long seed;
    private final List<String> faults = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();
    private int images;
    private int kills;

    CrashRun(Target target, Workload workload, Path folder, long seed) throws IOException {
        this(target, "", workload, folder, seed);
    }

    /** @param settings for the end of the URL */
    CrashRun(Target target, String settings, Workload workload, Path folder, long seed) throws IOException {
        this.target = target;
        this.settings = settings;
        this.workload = workload;
        this.folder = folder;
        this.live = Files.createDirectories(folder.resolve("live"));
        this.progressFile = folder.resolve("progress");
        this.progress = Progress.open(progressFile);
        this.random = new Random(seed);
        this.seed = seed;
    }

    int images() {
        return images;
    }

    int kills() {
        return kills;
    }

    List<Violation> violations() {
        return violations;
    }

    /** What went wrong, with what is needed to look into it; empty if nothing did. */
    List<String> faults() {
        return faults;
    }

    /** Runs one child to its death; false if what it left must not be used further. */
    boolean round(int number, int imagesInRound) throws IOException {
        List<Image> taken = new ArrayList<>();
        try (ChildProcess child = start(number)) {
            if (number > 0 && random.nextInt(4) == 0) {
                pause(RECOVERY_NANOS_MAX); // dies while it starts or recovers
            } else {
                child.awaitReady();
                for (int i = 0; i < imagesInRound; i++) {
                    letWrite(child);
                    taken.add(takeImage(child));
                }
                letWrite(child);
            }
            child.kill();
        }
        kills++;
        Image remains = copy("kill");
        boolean usable = check(remains);
        for (Image image : taken) {
            check(image);
        }
        return usable;
    }

    private ChildProcess start(int round) throws IOException {
        return ChildProcess.start(
                CrashChild.class,
                folder.resolve("errors-" + round),
                target.url(live.resolve(NAME)) + settings,
                workload.name(),
                progressFile.toString(),
                Long.toString(seed + round),
                round == 0 ? "create" : "resume");
    }

    private void letWrite(ChildProcess child) throws IOException {
        long goal = progress.acknowledged() + 1 + random.nextInt(TRANSACTIONS_BETWEEN_MAX);
        child.await(() -> progress.acknowledged() >= goal, "transaction " + goal);
        pause(workload.pauseNanosMax());
    }

    private Image takeImage(ChildProcess child) throws IOException {
        child.stop();
        Image image = copy("image");
        child.resume();
        images++;
        return image;
    }

    /** Copies a database that stands still, together with what its child has reported. */
    private Image copy(String kind) throws IOException {
        List<Progress.Bounds> bounds = IntStream.range(0, workload.works().size())
                .mapToObj(i -> progress.writer(i).bounds())
                .toList();
        Path copy = folder.resolve(kind + "-" + images + "-" + kills);
        CrashImage.copy(live, copy);
        return new Image(copy, bounds);
    }

    private boolean check(Image image) throws IOException {
        String url = target.url(image.folder.resolve(NAME)) + settings;
        Path untouched = folder.resolve("untouched");
        CrashImage.copy(image.folder, untouched);
        Checker checker = new Checker(workload);
        List<Violation> found = new ArrayList<>(checker.check(url, image.bounds));
        if (found.isEmpty() && random.nextInt(3) == 0) {
            found.addAll(checker.check(url, image.bounds)); // what was recovered and closed is still whole
        }
        CrashImage.delete(image.folder);
        if (found.isEmpty()) {
            CrashImage.delete(untouched);
            return true;
        }
        violations.addAll(found);
        Path kept = Path.of("target", "crashed", seed + "-" + image.folder.getFileName());
        keep(untouched, kept);
        faults.add("seed %d, %s, %s, %s, kept in %s: %s"
                .formatted(seed, target, workload, image.folder.getFileName(), kept, found));
        return false;
    }

    private static void keep(Path untouched, Path kept) throws IOException {
        if (Files.exists(kept)) {
            CrashImage.delete(kept);
        }
        Files.createDirectories(kept.getParent());
        CrashImage.copy(untouched, kept);
        CrashImage.delete(untouched);
    }

    private void pause(long nanosMax) {
        LockSupport.parkNanos(1 + random.nextLong(nanosMax));
    }

    private record Image(Path folder, List<Progress.Bounds> bounds) {}
}
