package io.blazedb.tck.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.tck.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** T6: what no longer fits on the disk is refused with a word of what is full, and nothing else is lost by that. */
class FullDiskTest {
    private static final long MEBIBYTE = 1 << 20;

    @TempDir
    Path folder;

    @Test
    void aLogThatCannotGrowRefusesTheCommitAndReadsGoOn() throws Exception {
        try (ChildProcess child = start("rows")) {
            child.awaitReady();
            child.limitFiles(Long.toString(3 * MEBIBYTE)); // the segment after the second one has 16

            assertThat(child.line()).startsWith("refused: ZB501 ").contains("db.blaze", "File too large", "Remedy");
            assertThat(child.line()).isEqualTo("seen: ");
            assertThat(child.line()).startsWith("again: ZB501 ").contains("db.blaze", "File too large", "Remedy");
            assertThat(child.line()).isEqualTo("waiting: ");
            child.limitFiles("unlimited");
            goesOnAfterOpening(child);
        }
    }

    @Test
    void aDatabaseFileThatCannotGrowLosesNothing() throws Exception {
        try (ChildProcess child =
                start("rows", "-Dblazedb.checkpointAlways=true", "-Dblazedb.checkpointLookMillis=10")) {
            child.awaitReady();
            Path large = folder.resolve("db.blaze").resolve("log-3");
            child.await(() -> Files.exists(large), "the segment that is large enough for the rest");
            child.limitFiles(Long.toString(Files.size(folder.resolve("db.mv.db")) + MEBIBYTE / 4));

            assertThat(child.line()).matches("refused: (ZB501|08007) .*").contains("db.mv.db", "Remedy");
            String unused = child.line(); // H2 gives up its file, so it may not be possible to read
            assertThat(child.line()).matches("again: (ZB501|08007) .*").contains("db.mv.db", "Remedy");
            assertThat(child.line()).isEqualTo("waiting: ");
            child.limitFiles("unlimited");
            goesOnAfterOpening(child);
        }
    }

    @Test
    void aLargeValueThatHasNoRoomIsRefusedAlone() throws Exception {
        try (ChildProcess child = start("values")) {
            child.awaitReady();
            child.limitFiles(Long.toString(3 * MEBIBYTE));

            assertThat(child.line()).startsWith("refused: ZB501 ").contains("db.blaze", "File too large", "Remedy");
            assertThat(child.line()).isEqualTo("seen: ");
            assertThat(child.line()).startsWith("again: ZB501 ");
            assertThat(child.line()).isEqualTo("waiting: ");
            child.limitFiles("unlimited");
            goesOnAfterOpening(child);
        }
    }

    private ChildProcess start(String what, String... options) throws IOException {
        return ChildProcess.start(
                FullDiskChild.class,
                List.of(options),
                folder.resolve("errors"),
                folder.toString(),
                folder.resolve("progress").toString(),
                what);
    }

    private void goesOnAfterOpening(ChildProcess child) throws Exception {
        child.goOn();
        String line = child.line();
        while (line.startsWith("close: ")) {
            assertThat(line).matches("close: (ZB501|08007) .*");
            line = child.line();
        }
        assertThat(line).isEqualTo("reopened: ");
        assertThat(child.line()).isEqualTo("went on: ");
        assertThat(child.line()).isEqualTo("at last: ");
        child.awaitEnd();

        try (Connection connection = Target.BLAZE_FILE.connect(folder.resolve("db"))) {
            assertThat(SharedCheck.torn(connection)).isEmpty();
        }
    }
}
