package io.blazedb.tck.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.SqlState;
import io.blazedb.tck.Sql;
import io.blazedb.tck.Target;
import io.blazedb.tck.jar.OneJar.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code blazedb password}, which writes the keystore of an encrypted database and nothing else. */
class PasswordCommandTest {
    @TempDir
    Path folder;

    private Connection open(String encryptionPassword) throws SQLException {
        return Target.connect(
                Target.BLAZE_FILE.url(folder.resolve("db")) + ";ENCRYPT=TRUE;ENCRYPTIONPASSWORD=" + encryptionPassword);
    }

    /** All files but the keystore, and those that running a command makes. */
    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString();
                if (name.startsWith("db") && !name.endsWith("keystore")) {
                    files.put(name, Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
                }
            }
        }
        return files;
    }

    @Test
    void newPasswordOpensTheDatabaseAndTheOldOneDoesNot() throws Exception {
        try (Connection connection = open("old")) {
            Sql.execute(connection, "CREATE TABLE T(ID INT PRIMARY KEY)", "INSERT INTO T VALUES(1)");
        }
        Map<String, String> before = files();

        Run wrong = OneJar.command(folder, "wrong\nnew\n", "password", "jdbc:blaze:./db");
        Run right = OneJar.command(folder, "old\nnew\n", "password", "jdbc:blaze:./db");

        assertThat(wrong.errors()).startsWith("Error 28000: Wrong encryption password");
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(right.errors()).isEmpty();
        assertThat(right.output().strip()).isEqualTo("The encryption password is changed.");
        assertThat(right.exitCode()).isZero();
        assertThat(files()).hasSizeGreaterThan(2).isEqualTo(before);
        Path keystore = folder.resolve("db.blaze").resolve("keystore");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keystore)))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> open("old"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(SqlState.WRONG_PASSWORD.code()));
        try (Connection connection = open("new")) {
            assertThat(Sql.value(connection, "SELECT COUNT(*) FROM T")).isEqualTo("1");
        }
    }
}
