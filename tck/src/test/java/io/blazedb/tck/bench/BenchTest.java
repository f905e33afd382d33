package io.blazedb.tck.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Runs every program; asserts no time. {@code mvn -Pbench -pl tck -am verify}, {@code -Dbench=latency,replay} for some.
 */
@Tag("bench")
class BenchTest {
    @Test
    void everyProgramFillsItsLines() throws Exception {
        String wanted = System.getProperty("bench", "");

        BenchMain.main(wanted.isEmpty() ? new String[0] : wanted.split(","));

        assertThat(Files.readString(Path.of("target", "bench.md"))).contains("| goal |", ">= ");
    }
}
