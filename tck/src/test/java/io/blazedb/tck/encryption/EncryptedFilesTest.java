package io.blazedb.tck.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.tck.Sql;
import io.blazedb.tck.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that is readable lies in any file of an encrypted database, at any time of its life. */
class EncryptedFilesTest {
    private static final String ROW = "canaryRowValue";
    private static final String DELETED = "canaryDeletedRow";
    private static final String TABLE = "CANARY_TABLE";
    private static final String COLUMN = "CANARY_COLUMN";
    private static final String OBJECT = "canaryLargeObject";
    private static final String LOST = "canaryLostValue";
    private static final String USER = "CANARY_USER";
    private static final String FAILED = "canaryFailedStatement";
    private static final String RESULT = "canaryLargeResult";

    @TempDir
    Path folder;

    private final Canaries canaries = new Canaries(ROW, DELETED, TABLE, COLUMN, OBJECT, LOST, USER, FAILED, RESULT);

    private static Connection open(Path database, boolean encrypted) throws SQLException {
        return encrypted
                ? Protected.open(database, ";ENCRYPT=TRUE", Protected.PASSWORD, USER)
                : Protected.open(database, "", "", USER);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void scanFindsAllCanariesInPlainFilesAndNoneInEncryptedOnes(boolean encrypted) throws Exception {
        Path here = folder.resolve("here");
        Path there = folder.resolve("there");
        try (Connection east = open(here, encrypted);
                Connection west = open(there, encrypted)) {
            write(east);
            Sql.execute(
                    east,
                    "CONNECT TO '" + Target.BLAZE_FILE.url(there) + "' WITH (USER '" + USER + "', PASSWORD '')",
                    "SYNC");
            conflict(east, west);
            writeObject(east);
            Sql.execute(east, "SYNC");
            search(east);
            assertThat(Sql.value(east, "SELECT COUNT(*) FROM BLAZE.CONFLICTS")).isNotEqualTo("0");
            Sql.execute(east, "CHECKPOINT SYNC");
            canaries.search(folder);
        }
        canaries.search(folder);
        try (Connection east = open(here, encrypted)) {
            assertThat(Sql.value(east, "SELECT COUNT(*) FROM " + TABLE)).isEqualTo("2");
        }
        Files.delete(folder.resolve("here.mv.db"));
        open(here, encrypted).close(); // the log that is left belongs to no file
        canaries.search(folder);

        assertThat(canaries.files()).isGreaterThan(20);
        assertThat(canaries.found()).isEqualTo(encrypted ? Set.of() : canaries.all());
        assertThat(Files.exists(folder.resolve("here.trace.db"))).isNotEqualTo(encrypted);
    }

    private static void write(Connection connection) throws SQLException {
        Sql.execute(
                connection,
                "CREATE TABLE " + TABLE + "(ID INT PRIMARY KEY, " + COLUMN + " VARCHAR, O CLOB)",
                "INSERT INTO " + TABLE + " VALUES (1, '" + ROW + "', ''), (2, '', ''), (3, '" + DELETED + "', '')",
                "DELETE FROM " + TABLE + " WHERE ID = 3");
        assertThatThrownBy(() -> Sql.execute(connection, "SELECT " + FAILED + " FROM " + TABLE))
                .isInstanceOf(SQLException.class);
    }

    private static void conflict(Connection east, Connection west) throws SQLException {
        Sql.execute(east, "PAUSE SYNC");
        Sql.execute(east, "UPDATE " + TABLE + " SET " + COLUMN + " = '" + LOST + "' WHERE ID = 2");
        Sql.execute(west, "UPDATE " + TABLE + " SET " + COLUMN + " = '" + LOST + " too' WHERE ID = 2");
        Sql.execute(east, "RESUME SYNC", "SYNC");
    }

    private static void writeObject(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("UPDATE " + TABLE + " SET O = ? WHERE ID = 1")) {
            statement.setString(1, (OBJECT + " ").repeat(20_000));
            statement.executeUpdate();
        }
    }

    /** While a result stands open that does not fit into memory. */
    private void search(Connection connection) throws SQLException, IOException {
        Sql.execute(connection, "SET MAX_MEMORY_ROWS 100");
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT '" + RESULT + "' || REPEAT('x', 4000) || X FROM SYSTEM_RANGE(1, 8000) ORDER BY X")) {
            assertThat(rows.next()).isTrue();
            canaries.searchTemporaryFiles();
            canaries.search(folder);
        }
    }

    @Test
    void everythingIsThereAfterReopening() throws Exception {
        Path database = folder.resolve("db");
        for (int life = 0; life < 3; life++) {
            try (Connection connection = Protected.open(database);
                    Connection second = Protected.open(database)) {
                Sql.execute(connection, "CREATE TABLE IF NOT EXISTS T(ID INT PRIMARY KEY, O CLOB)");
                Sql.execute(second, "INSERT INTO T VALUES(" + life + ", REPEAT('x', 30000))");
            }
        }
        try (Connection connection = Protected.open(database)) {
            assertThat(Sql.rows(connection, "SELECT ID, LENGTH(O) FROM T ORDER BY ID"))
                    .isEqualTo(List.of("0|30000", "1|30000", "2|30000"));
        }
    }

    @Test
    void encryptedDatabasesOfOneProcessSync() throws Exception {
        Path here = folder.resolve("here");
        Path there = folder.resolve("there");
        try (Connection east = Protected.open(here, "east");
                Connection west = Protected.open(there, "west")) {
            Sql.execute(east, "CREATE TABLE T(ID INT PRIMARY KEY, V VARCHAR)", "INSERT INTO T VALUES(1, 'a')");
            Sql.execute(east, "CONNECT TO '" + Target.BLAZE_FILE.url(there) + "'", "SYNC");
            Sql.execute(west, "INSERT INTO T VALUES(2, 'b')", "SYNC");
            assertThat(Sql.rows(east, "SELECT V FROM T ORDER BY ID")).isEqualTo(List.of("a", "b"));
        }
        try (Connection east = Protected.open(here, "east")) {
            Sql.execute(east, "INSERT INTO T VALUES(3, 'c')");
            try (Connection west = Protected.open(there, "west")) {
                Sql.execute(east, "SYNC");
                assertThat(Sql.rows(west, "SELECT V FROM T ORDER BY ID")).isEqualTo(List.of("a", "b", "c"));
            }
        }
    }
}
