package io.blazedb.tck.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.tck.Volume;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * T4: linked databases whose process is killed open again with all that their authors were told is committed, and
 * agree after {@code SYNC}; with checkpoints, trimming, first copies and schema changes going on.
 */
@Tag("full")
class LinkedCrashTest {
    private static final int DATABASES = 10;
    private static final int KILLS_EACH = 10;

    @TempDir
    Path folder;

    @Test
    void nothingIsLostTornOrAppliedTwiceAtAKill() throws Exception {
        long seed = Volume.seed();
        System.out.println("LinkedCrashTest seed " + seed);
        long acknowledged = 0;
        int trimmed = 0;
        int databases = 0;
        for (int database = 0; database < Volume.of(DATABASES); database++) {
            LinkedRun run = new LinkedRun(folder.resolve("run" + database), seed + 1000L * database);
            assertThat(run.kill(KILLS_EACH))
                    .as("seed %d, database %d", seed, database)
                    .isEmpty();
            acknowledged += run.acknowledged();
            trimmed += run.trimmed();
            databases += run.databases();
            CrashImage.delete(folder.resolve("run" + database));
        }
        System.out.println(
                "LinkedCrashTest: %d transactions, %d of %d logs trimmed".formatted(acknowledged, trimmed, databases));
        assertThat(acknowledged).isGreaterThan(100L * Volume.of(DATABASES));
        assertThat(databases).as("databases, with those that joined").isGreaterThan(5 * Volume.of(DATABASES) / 2);
        assertThat(trimmed).as("logs that were trimmed").isPositive();
    }
}
