package io.blazedb.tck.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.tck.Target;
import io.blazedb.tck.Volume;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A killed database opens again with every acknowledged transaction whole and no other than the one in flight.
 *
 * <p>In {@code verify}, for each durability: 12 kills and about 75 images; some kills come before the first image.
 */
class CrashTest {
    private static final int ROUNDS_EACH = 3;

    @TempDir
    Path folder;

    static List<Target> durable() {
        return Target.enabledDurable();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("durable")
    void rowsSurvive(Target target) throws IOException {
        crash(target, Workload.ROWS, Volume.of(1), 7);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("durable")
    void everyKindOfTransactionSurvives(Target target) throws IOException {
        crash(target, Workload.MIXED, Volume.of(2), 7);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("durable")
    void largeTransactionsSurvive(Target target) throws IOException {
        crash(target, Workload.LARGE, Volume.of(1), 4);
    }

    private void crash(Target target, Workload workload, int databases, int images) throws IOException {
        long seed = Volume.seed();
        System.out.println(target + " " + workload + " seed " + seed);
        for (int database = 0; database < databases; database++) {
            CrashRun run = new CrashRun(target, workload, folder.resolve("run" + database), seed + 1000L * database);
            boolean usable = true;
            for (int round = 0; round < ROUNDS_EACH && usable; round++) {
                usable = run.round(round, images);
            }
            assertThat(run.faults()).as("%s %s seed %d", target, workload, seed).isEmpty();
            assertThat(run.kills()).isEqualTo(ROUNDS_EACH);
            assertThat(run.images()).isGreaterThanOrEqualTo(images);
        }
    }
}
