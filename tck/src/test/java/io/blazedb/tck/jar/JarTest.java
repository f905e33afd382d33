package io.blazedb.tck.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.tck.jar.OneJar.Run;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code blazedb.jar} is enough, and has in it what docs/architecture.md lists. */
class JarTest {
    private static final Pattern ALLOWED = Pattern.compile("io/blazedb/.*|org/h2/.*|org/apache/calcite/.*"
            + "|com/google/common/.*|com/google/thirdparty/.*|org/apache/commons/math3/.*|picocli/.*|sqlline/.*"
            + "|org/jline/.*|org/fusesource/jansi/.*|org/slf4j/.*|org/jspecify/.*|io/netty/.*|org/bouncycastle/.*");
    private static final long MEGABYTES_MAX = 20;

    @Test
    void jarAloneIsADatabase(@TempDir Path folder) throws Exception {
        Path application = Files.createDirectories(folder.resolve("classes/io/blazedb/tck/jar"));
        try (InputStream bytes = JarAloneMain.class.getResourceAsStream("JarAloneMain.class")) {
            Files.copy(Objects.requireNonNull(bytes), application.resolve("JarAloneMain.class"));
        }
        String classPath = OneJar.path() + File.pathSeparator + folder.resolve("classes");

        Run run = OneJar.java(
                folder,
                "",
                List.of("-cp", classPath, JarAloneMain.class.getName(), "jdbc:blaze:./a", "jdbc:blaze:./b"));

        assertThat(run.errors()).isEmpty();
        assertThat(run.output().strip()).isEqualTo("read back");
    }

    /** Some expressions load more of Calcite than others: what the jar leaves out, none of them may need. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "JSON_EXISTS(a, '$.x') AND a IS JSON OBJECT",
                "TIMESTAMPADD(DAY, 1, a) > b OR EXTRACT(EPOCH FROM a) > 1",
                "INTERVAL '1-2' YEAR TO MONTH > a",
                "a = X'0102' AND b = {d '2020-01-01'} AND {fn UCASE(c)} = 'X'",
                "a IN (SELECT b FROM t UNION ALL SELECT c FROM u EXCEPT VALUES (1))",
                "(SELECT MAX(b) OVER (PARTITION BY c ORDER BY d) FROM t) > 1",
                "CAST(a AS TIMESTAMP(3) WITH LOCAL TIME ZONE) > b AND a[1] = 2",
                "a = 1e400 AND b = 12345678901234567890123456789.5",
                "CASE WHEN a LIKE 'x%' ESCAPE '!' THEN b BETWEEN 1 AND 2 ELSE c IS DISTINCT FROM d END",
                "this is = not ( an expression"
            })
    void everyExpressionIsRead(String predicate) throws Exception {
        URL[] jar = {OneJar.path().toUri().toURL()};
        try (URLClassLoader alone = new URLClassLoader(jar, ClassLoader.getPlatformClassLoader())) {
            Driver driver = (Driver) alone.loadClass("io.blazedb.BlazeDriver")
                    .getDeclaredConstructor()
                    .newInstance();
            try (Connection connection = driver.connect("jdbc:blaze:mem:expressions", new Properties());
                    Statement statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.execute("CREATE SYNC POLICY p FOR TABLE t WHERE " + predicate))
                        .isInstanceOf(SQLException.class);
            }
        }
    }

    @Test
    void nothingUnexpectedIsInIt() throws IOException {
        try (JarFile jar = new JarFile(OneJar.path().toFile())) {
            Set<String> unexpected = jar.stream()
                    .map(entry -> entry.getName().replaceFirst("^META-INF/versions/\\d+/", ""))
                    .filter(name -> name.endsWith(".class"))
                    .filter(name -> !ALLOWED.matcher(name).matches())
                    .collect(Collectors.toSet());

            assertThat(unexpected).isEmpty();
        }
        assertThat(Files.size(OneJar.path())).isLessThan(MEGABYTES_MAX * 1024 * 1024);
    }

    @Test
    void itsFrameIsInOrder() throws IOException {
        try (JarFile jar = new JarFile(OneJar.path().toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Multi-Release"))
                    .isEqualTo("true");
            assertThat(jar.getManifest().getMainAttributes().getValue("Implementation-Version"))
                    .isNotBlank();
            assertThat(jar.stream().map(entry -> entry.getName()))
                    .contains("META-INF/LICENSE", "META-INF/NOTICE")
                    .noneMatch(name -> name.matches("META-INF/.*\\.(SF|RSA|DSA)"));
            String drivers = new String(
                    jar.getInputStream(jar.getEntry("META-INF/services/java.sql.Driver"))
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
            assertThat(drivers.lines()).containsExactlyInAnyOrder("io.blazedb.BlazeDriver", "org.h2.Driver");
        }
    }
}
