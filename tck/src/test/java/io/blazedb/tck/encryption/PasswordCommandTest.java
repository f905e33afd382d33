package io.blazedb.tck.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.SqlState;
import io.blazedb.tck.Sql;
import io.blazedb.tck.Target;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code blazedb password}, which writes the keystore and nothing else. */
class PasswordCommandTest {
    @TempDir
    Path folder;

    private record Run(int exitCode, String output) {}

    private Run command(String input) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.blazedb.internal.cli.Main",
                        "password",
                        Target.BLAZE_FILE.url(folder.resolve("db")))
                .redirectErrorStream(true)
                .start();
        try (Writer in = process.outputWriter(StandardCharsets.UTF_8)) {
            in.write(input);
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }

    private Map<Path, Long> sizesAndTimes() throws IOException {
        Map<Path, Long> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                if (!file.endsWith("keystore")) {
                    files.put(
                            file,
                            Files.size(file) ^ Files.getLastModifiedTime(file).toMillis());
                }
            }
        }
        return files;
    }

    @Test
    void newPasswordOpensTheDatabaseAndTheOldOneDoesNot() throws Exception {
        Path database = folder.resolve("db");
        try (Connection connection = Protected.open(database, "old")) {
            Sql.execute(connection, "CREATE TABLE T(ID INT PRIMARY KEY)", "INSERT INTO T VALUES(1)");
        }
        Map<Path, Long> before = sizesAndTimes();

        Run wrong = command("wrong\nnew\n");
        Run right = command("old\nnew\n");

        assertThat(wrong.output()).contains("Error 28000: Wrong encryption password");
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(right).isEqualTo(new Run(0, "The encryption password is changed." + System.lineSeparator()));
        assertThat(sizesAndTimes()).isEqualTo(before);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.resolve("db.blaze").resolve("keystore"))))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> Protected.open(database, "old"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(SqlState.WRONG_PASSWORD.code()));
        try (Connection connection = Protected.open(database, "new")) {
            assertThat(Sql.value(connection, "SELECT COUNT(*) FROM T")).isEqualTo("1");
        }
    }
}
