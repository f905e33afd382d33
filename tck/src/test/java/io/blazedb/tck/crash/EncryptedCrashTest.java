package io.blazedb.tck.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.tck.Target;
import io.blazedb.tck.Volume;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@link CrashTest} asks of a database, of an encrypted one, with all kinds of transactions. */
class EncryptedCrashTest {
    private static final String SETTINGS = ";ENCRYPT=TRUE;ENCRYPTIONPASSWORD=crash";
    private static final int IMAGES = 2;
    private static final int ROUNDS = 2;

    @TempDir
    Path folder;

    @Test
    void everyKindOfTransactionSurvives() throws IOException {
        long seed = Volume.seed();
        System.out.println("EncryptedCrashTest seed " + seed);
        for (int database = 0; database < Volume.of(1); database++) {
            CrashRun run = new CrashRun(
                    Target.BLAZE_FILE, SETTINGS, Workload.MIXED, folder.resolve("run" + database), seed + database);
            boolean usable = true;
            for (int round = 0; round < ROUNDS && usable; round++) {
                usable = run.round(round, IMAGES);
            }
            assertThat(run.faults()).as("seed %d", seed).isEmpty();
            assertThat(run.kills()).isEqualTo(ROUNDS);
            assertThat(run.images()).isGreaterThanOrEqualTo(IMAGES);
        }
    }
}
