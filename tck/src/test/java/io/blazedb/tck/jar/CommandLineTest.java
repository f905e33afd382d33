package io.blazedb.tck.jar;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.tck.jar.OneJar.Run;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code blazedb.jar} as a newcomer runs them. */
class CommandLineTest {
    @TempDir
    Path folder;

    @Test
    void demoShowsWhatItSays() throws Exception {
        Run demo = OneJar.command(folder, "", "demo");

        assertThat(demo.errors()).isEmpty();
        assertThat(demo.exitCode()).isZero();
        assertThat(demo.output()).contains("HIDDEN", "RESOLVED", "LOST", "none is torn", "The databases are removed");
    }

    @Test
    void shellRunsWhatComesFromStandardInput() throws Exception {
        String script = """
                CREATE TABLE bug(id INT PRIMARY KEY, title VARCHAR);
                INSERT INTO bug VALUES (1, 'a;b'), -- no end; of a statement
                  (2, 'c');
                SELECT title FROM bug ORDER BY id; CONNECT TO 'jdbc:blaze:./other'; SYNC
                """;

        Run first = OneJar.command(folder, script, "shell", "jdbc:blaze:./one");
        Run second = OneJar.command(folder, "", "shell", "jdbc:blaze:./other", "-e", "SELECT COUNT(*) N FROM bug");

        assertThat(first.errors()).isEmpty();
        assertThat(first.exitCode()).isZero();
        assertThat(first.output().lines()).containsExactly("TITLE", "-----", "a;b", "c");
        assertThat(second.output().lines()).containsExactly("N", "-", "2");
    }

    @Test
    void firstStatementThatFailsEndsTheScript() throws Exception {
        Run run = OneJar.command(folder, "SELECT * FROM nowhere;\nSELECT 1;", "shell", "jdbc:blaze:mem:failing");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors().strip())
                .startsWith("Error 42S04: Table \"NOWHERE\" not found")
                .hasLineCount(1);
        assertThat(run.output()).isEmpty();
    }

    @Test
    void otherDriversUrlIsRefused() throws Exception {
        Run run = OneJar.command(folder, "SELECT 1", "shell", "jdbc:h2:mem:other");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).contains("ZB101", "jdbc:blaze:");
    }

    @Test
    void unknownCommandTellsWhichThereAre() throws Exception {
        Run run = OneJar.command(folder, "", "dmeo");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).contains("demo");
    }
}
