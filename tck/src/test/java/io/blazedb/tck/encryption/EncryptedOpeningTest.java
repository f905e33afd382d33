package io.blazedb.tck.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.SqlState;
import io.blazedb.tck.Sql;
import io.blazedb.tck.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may open an encrypted database, and what each refusal says; none of them changes a file. */
class EncryptedOpeningTest {
    @TempDir
    Path folder;

    private Path database;
    private Path keystore;

    @BeforeEach
    void create() throws SQLException {
        database = folder.resolve("db");
        keystore = folder.resolve("db.blaze").resolve("keystore");
        try (Connection connection = Protected.open(database)) {
            Sql.execute(connection, "CREATE TABLE T(ID INT PRIMARY KEY)", "INSERT INTO T VALUES(1)");
        }
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                files.put(
                        folder.relativize(file).toString(),
                        Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
            }
        }
        return files;
    }

    private void requireRefused(ThrowingCallable opening, SqlState state, String message) throws IOException {
        Map<String, String> before = files();

        assertThatThrownBy(opening)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state.code()))
                .hasMessageContaining(message)
                .hasMessageContaining("Remedy");

        assertThat(files()).isEqualTo(before);
    }

    @Test
    void wrongPasswordIsOneErrorAndTouchesNothing() throws Exception {
        for (String password : new String[] {"wrong", Protected.PASSWORD + " ", Protected.PASSWORD.substring(1)}) {
            requireRefused(
                    () -> Protected.open(database, password), SqlState.WRONG_PASSWORD, "Wrong encryption password");
        }
        assertThatThrownBy(() -> Protected.open(database, "wrong"))
                .isInstanceOf(SQLInvalidAuthorizationSpecException.class)
                .hasNoCause()
                .hasMessageNotContaining("wrong");
        try (Connection connection = Protected.open(database)) {
            assertThat(Sql.value(connection, "SELECT COUNT(*) FROM T")).isEqualTo("1");
        }
    }

    @Test
    void furtherConnectionHasToKnowThePasswordToo() throws Exception {
        try (Connection connection = Protected.open(database)) {
            requireRefused(
                    () -> Protected.open(database, "wrong"), SqlState.WRONG_PASSWORD, "Wrong encryption password");
            requireRefused(() -> Protected.openPlain(database), SqlState.WRONG_PASSWORD, "Wrong encryption password");
            Protected.open(database).close();
            assertThat(Sql.value(connection, "SELECT COUNT(*) FROM T")).isEqualTo("1");
        }
    }

    @Test
    void userWithoutRightsOpensItAndOneWithAWrongPasswordDoesNot() throws Exception {
        try (Connection connection = Protected.open(database)) {
            Sql.execute(connection, "CREATE USER GUEST PASSWORD ''", "GRANT SELECT ON T TO GUEST");
        }
        try (Connection guest = Protected.open(database, ";ENCRYPT=TRUE", Protected.PASSWORD, "guest");
                Connection admin = Protected.open(database)) {
            assertThat(Sql.value(guest, "SELECT COUNT(*) FROM T")).isEqualTo("1");
            assertThat(Sql.value(admin, "SELECT COUNT(*) FROM T")).isEqualTo("1");
        }
        assertThatThrownBy(() -> Protected.open(database, ";ENCRYPT=TRUE", Protected.PASSWORD, "nobody"))
                .hasMessageContaining("Wrong user name or password");
        assertThat(files().keySet()).doesNotContain("db.trace.db");
    }

    @Test
    void settingsThatDoNotFitTheFilesAreRefused() throws Exception {
        Path plain = folder.resolve("plain");
        Protected.openPlain(plain).close();

        requireRefused(() -> Protected.open(plain), SqlState.BAD_SETTING, "is not encrypted, and cannot become so");
        requireRefused(() -> Protected.openPlain(database), SqlState.BAD_SETTING, "is encrypted");
        requireRefused(
                () -> Protected.open(database, "", Protected.PASSWORD, Target.USER),
                SqlState.BAD_SETTING,
                "not ENCRYPT=TRUE");
        requireRefused(
                () -> Protected.open(database, ";ENCRYPT=TRUE", "", Target.USER),
                SqlState.BAD_SETTING,
                "ENCRYPT=TRUE without a password");
        Map<String, String> before = files();
        assertThatThrownBy(() -> Protected.open(folder.resolve("new"), ";ENCRYPT=TRUE;IFEXISTS=TRUE", "p", "sa"))
                .isInstanceOf(SQLException.class);
        assertThat(files()).isEqualTo(before);
        assertThatThrownBy(() -> Target.connect(Target.BLAZE_MEMORY.url(folder) + ";ENCRYPT=TRUE;ENCRYPTIONPASSWORD=p"))
                .hasMessageContaining("in memory");
    }

    @Test
    void keystoreThatIsMissingDamagedOrForeignIsNamed() throws Exception {
        Path aside = folder.resolve("aside");
        Path other = folder.resolve("other");
        Protected.open(other).close();
        Files.copy(keystore, aside, StandardCopyOption.COPY_ATTRIBUTES);

        Files.delete(keystore);
        requireRefused(() -> Protected.open(database), SqlState.KEY, "keystore");
        Files.write(keystore, new byte[0]);
        Files.copy(aside, keystore, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        Files.write(keystore, new byte[] {'x'});
        requireRefused(() -> Protected.open(database), SqlState.KEY, "damaged");
        Files.copy(
                folder.resolve("other.blaze").resolve("keystore"),
                keystore,
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);
        assertThatThrownBy(() -> Protected.open(database)).hasMessageContaining("is not encrypted with the key");

        Files.copy(aside, keystore, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        try (Connection connection = Protected.open(database)) {
            assertThat(Sql.value(connection, "SELECT COUNT(*) FROM T")).isEqualTo("1");
        }
    }

    @Test
    void copyOfARunningDatabaseOpensWithItsPassword() throws Exception {
        Path copied = folder.resolve("copied");
        try (Connection connection = Protected.open(database)) {
            Sql.execute(connection, "INSERT INTO T VALUES(2)");
            copy(folder.resolve("db.mv.db"), copied.resolve("db.mv.db"));
            copy(folder.resolve("db.blaze"), copied.resolve("db.blaze"));
        }
        assertThatThrownBy(() -> Protected.open(copied.resolve("db"), "wrong"))
                .hasMessageContaining("Wrong encryption password");
        try (Connection connection = Protected.open(copied.resolve("db"))) {
            assertThat(Sql.value(connection, "SELECT COUNT(*) FROM T")).isEqualTo("2");
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> walk = Files.walk(from)) {
            for (Path file : walk.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }
}
