package io.blazedb.tck.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every source file of the project keeps the rules of the page. */
class SourceTest {
    private static final List<String> MODULES = List.of("sql-extensions", "sync", "driver", "tck");

    @Test
    void sourcesKeepTheRules() throws IOException {
        List<String> faults = new ArrayList<>();
        for (String module : MODULES) {
            Path sources = Path.of("..", module, "src");
            List<Path> files = javaFiles(sources);
            assertThat(files).as(module).isNotEmpty();
            for (Path file : files) {
                faults.addAll(SourceRules.faults(sources.relativize(file).toString(), Files.readString(file)));
            }
        }

        assertThat(faults).isEmpty();
    }

    @Test
    void longLineIsFound() throws IOException {
        assertThat(SourceRules.faults("A.java", "// " + "x".repeat(118)))
                .containsExactly("A.java:1 has 121 characters (allowed: 120)");
    }

    @Test
    void longFileIsFound() throws IOException {
        assertThat(SourceRules.faults("A.java", "\n".repeat(401)))
                .containsExactly("A.java has 401 lines (allowed: 400)");
    }

    @Test
    void longMethodIsFound() throws IOException {
        String body = "int i = 0;\n".repeat(59);

        assertThat(SourceRules.faults("A.java", "class A {\nvoid g() {}\nvoid f() {\n" + body + "}\n}"))
                .containsExactly("A.java:3 method f has 61 lines (allowed: 60)");
    }

    @Test
    void secondTypeAndLeftoverAreFound() throws IOException {
        assertThat(SourceRules.faults("A.java", "class A {}\nclass B {} // TO" + "DO later"))
                .containsExactly("A.java:2 leaves something to do", "A.java has 2 top-level types (allowed: 1)");
    }

    private static List<Path> javaFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }
}
