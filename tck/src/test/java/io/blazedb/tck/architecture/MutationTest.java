package io.blazedb.tck.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The tests find what they are there for: each patch in {@code tck/mutations} breaks one rule, and must be noticed. */
@Tag("full")
class MutationTest {
    @Test
    void everyBrokenRuleIsFound() throws IOException, InterruptedException {
        Process run = new ProcessBuilder(Path.of("mutations", "run").toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(run.waitFor()).as(output).isZero();
    }
}
