package io.blazedb.tck.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.tck.Target;
import io.blazedb.tck.Volume;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plain H2 forgets acknowledged transactions at a kill: the checks notice it, and notice nothing where it cannot. */
class CrashControlTest {
    private static final int IMAGES = 8;
    private static final int DATABASES_MAX = 4;

    @TempDir
    Path folder;

    @Test
    void plainH2IsCaught() throws IOException {
        long seed = Volume.seed();
        List<Violation> violations = new ArrayList<>();

        for (int i = 0; i < DATABASES_MAX && violations.isEmpty(); i++) {
            CrashRun run = new CrashRun(Target.H2_FILE, Workload.MIXED, folder.resolve("run" + i), seed + i);
            run.round(0, IMAGES);
            violations.addAll(run.violations());
        }

        assertThat(violations)
                .as("seed %d", seed)
                .extracting(Violation::kind)
                .containsAnyOf(Violation.Kind.TORN, Violation.Kind.LOST);
    }

    @Test
    void checkpointedH2IsAccepted() throws IOException {
        long seed = Volume.seed();
        CrashRun run = new CrashRun(Target.H2_FILE, Workload.CHECKPOINTED, folder, seed);

        for (int round = 0; round < 4; round++) {
            run.round(round, IMAGES);
        }

        assertThat(run.faults()).as("seed %d", seed).isEmpty();
    }
}
