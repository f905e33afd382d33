package io.blazedb.tck.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.ConnectionProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents say what the code does. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)\\)");

    @Test
    void propertiesAreThoseOfTheEnum() throws IOException {
        List<String> lines = Files.readAllLines(ROOT.resolve("README.md"));
        int header = lines.indexOf("| name | default | of | meaning |");

        List<String> table = lines.stream()
                .skip(header + 2L)
                .takeWhile(line -> line.startsWith("|"))
                .toList();

        assertThat(header).isNotNegative();
        assertThat(table)
                .containsExactlyElementsOf(Arrays.stream(ConnectionProperty.values())
                        .map(ReadmeTest::row)
                        .toList());
    }

    private static String row(ConnectionProperty property) {
        String value = property.defaultValue().isEmpty() ? "" : "`" + property.defaultValue() + "`";
        return "| `%s` | %s | %s | %s |"
                .formatted(
                        property.key(),
                        value,
                        property.scope().name().toLowerCase(Locale.ROOT),
                        property.description());
    }

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        for (String name : List.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/architecture.md")) {
            Path document = ROOT.resolve(name);
            Matcher link = LINK.matcher(Files.readString(document));
            while (link.find()) {
                Path target = ROOT.resolve(name).resolveSibling(link.group(1));
                assertThat(target).as("link in %s", name).exists();
            }
        }
    }

    @Test
    void ciRunsTheTestCommandOfTheReadme() throws IOException {
        assertThat(Files.readString(ROOT.resolve("README.md"))).contains("\n    mvn verify\n");
        assertThat(Files.readString(ROOT.resolve(".ci/run"))).contains("mvn -B verify");
    }

    /** Each package of the driver is described. */
    @Test
    void architectureNamesEveryPackageOfTheDriver() throws IOException {
        String text = Files.readString(ROOT.resolve("docs/architecture.md"));
        try (Stream<Path> packages = Files.list(ROOT.resolve("driver/src/main/java/io/blazedb/internal"))) {
            assertThat(packages.map(folder -> folder.getFileName().toString()))
                    .allSatisfy(name -> assertThat(text).contains("`..internal." + name + "`"));
        }
    }
}
