package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.tck.Sql;
import io.blazedb.tck.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A statement that cannot be done says what it found and what it expected, and has changed nothing anywhere. */
class BadInputTest {
    private static final List<String> CATALOG = List.of(
            "SELECT TABLE_SCHEMA, TABLE_NAME FROM INFORMATION_SCHEMA.TABLES"
                    + " WHERE TABLE_SCHEMA = 'PUBLIC' ORDER BY 1, 2",
            "SELECT TABLE_NAME, COLUMN_NAME, DATA_TYPE FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = 'PUBLIC'"
                    + " ORDER BY 1, 2",
            "SELECT USER_NAME, IS_ADMIN FROM INFORMATION_SCHEMA.USERS ORDER BY 1",
            "SELECT TOPOLOGY, NODE, NODE_ID, ROLE, LOCATION FROM BLAZE.NODES ORDER BY 1, 2",
            "SELECT TOPOLOGY, SOURCE, TARGET, MODE, REPLACE(STATE, 'CONNECTING', 'CONNECTED') FROM BLAZE.CONNECTIONS"
                    + " ORDER BY 1, 2, 3");

    @TempDir
    Path folder;

    private Node east;
    private Node west;

    @BeforeEach
    void open() throws SQLException {
        east = Node.open(folder, "east");
        west = Node.open(folder, "west");
        east.execute("CREATE TABLE T(ID INT PRIMARY KEY, N INT)", "INSERT INTO T VALUES(1, 1)");
    }

    @AfterEach
    void close() throws SQLException {
        east.close();
        west.close();
    }

    private Refusal refused(String state, String sql) throws SQLException {
        List<String> before = catalogs();
        Refusal error = Refusal.of(east.connection(), sql);
        assertThat(error.state()).as("%s: %s", sql, error.message()).isEqualTo(state);
        assertThat(catalogs()).as("after %s", sql).isEqualTo(before);
        return error;
    }

    private List<String> catalogs() throws SQLException {
        List<String> all = new ArrayList<>();
        for (Node node : List.of(east, west)) {
            for (String query : CATALOG) {
                all.add(node.name() + ": " + (query.contains("BLAZE.") && !hasViews(node) ? "[]" : node.rows(query)));
            }
        }
        return all;
    }

    /** The views come with the first statement that needs them. */
    private static boolean hasViews(Node node) throws SQLException {
        return !node.rows("SELECT 1 FROM INFORMATION_SCHEMA.SCHEMATA WHERE SCHEMA_NAME = 'BLAZE'")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "",
                "jdbc:h2:./other",
                "jdbc:blaze:",
                "jdbc:postgresql://localhost/x",
                "http://localhost/x"
            })
    void aMalformedLocationIsRefused(String location) throws SQLException {
        assertThat(refused("ZB101", "CONNECT TO '" + location + "'").message())
                .contains("expected")
                .contains("jdbc:blaze:");
    }

    @Test
    void anUnknownSettingOfALocationIsRefused() throws SQLException {
        assertThat(refused("ZB102", "CONNECT TO '" + west.url() + ";SPEED=9'").message())
                .contains("SPEED");
        assertThat(refused("0A000", "CONNECT TO '" + west.url() + ";INIT=DROP TABLE T'")
                        .message())
                .contains("INIT");
    }

    @Test
    void aLocationThatCannotBeCreatedIsRefused() throws SQLException, IOException {
        Path file = Files.writeString(folder.resolve("file.txt"), "no folder");
        String url = Target.BLAZE_FILE.url(file.resolve("db"));

        Refusal error = refused("ZB501", "CONNECT TO '" + url + "'");

        assertThat(error.message()).contains("file.txt");
    }

    @Test
    void aLocationThatMustExistIsNotMade() throws SQLException {
        String url = Target.BLAZE_FILE.url(folder.resolve("absent")) + ";IFEXISTS=TRUE";

        Refusal error = Refusal.of(east.connection(), "CONNECT TO '" + url + "'");

        assertThat(error.message()).contains("absent").contains("not found");
        assertThat(folder.resolve("absent.mv.db")).doesNotExist();
    }

    @Test
    void aWrongPasswordIsRefused() throws SQLException {
        String url = Target.BLAZE_FILE.url(folder.resolve("locked"));
        try (Connection locked = DriverManager.getConnection(url, "keeper", "secret")) {
            assertThat(Sql.rows(locked, "SELECT 1")).hasSize(1);

            Refusal error = refused("ZB302", "CONNECT TO '" + url + "' WITH (USER 'keeper', PASSWORD 'guess-me')");
            assertThat(error.message()).contains("locked", "KEEPER", "PASSWORD").doesNotContain("guess-me");
            refused("ZB302", "CONNECT TO '" + url + "'");
            assertThat(Sql.rows(locked, "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME = 'T'"))
                    .isEmpty();
        }
    }

    @Test
    void aUserWithoutAdminRightIsRefusedThere() throws SQLException {
        west.execute("CREATE USER READER PASSWORD 'x'");

        Refusal error = refused("42501", "CONNECT TO '" + west.url() + "' WITH (USER 'READER', PASSWORD 'x')");

        assertThat(error.message()).contains("READER").contains("ADMIN");
    }

    @Test
    void aUserWithoutAdminRightIsRefusedHere() throws SQLException {
        east.execute("CREATE USER READER PASSWORD 'x'");

        try (Connection reader = DriverManager.getConnection(east.url(), "READER", "x")) {
            Refusal error = Refusal.of(reader, "CONNECT TO '" + west.url() + "'");
            assertThat(error.state()).as(error.message()).isEqualTo("42501");
        }
        assertThat(west.rows("SELECT 1 FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME = 'T'"))
                .isEmpty();
    }

    @Test
    void theDatabaseItselfIsRefusedHoweverItIsSpelled() throws SQLException, IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
        List<String> spellings = List.of(
                east.url(),
                Target.BLAZE_FILE.url(folder) + "/./east",
                Target.BLAZE_FILE.url(folder) + "/x/../east",
                Target.BLAZE_FILE.url(link.resolve("east")),
                "jdbc:blaze:file:" + folder.resolve("east"),
                east.url() + ";IFEXISTS=TRUE");
        for (String spelling : spellings) {
            Refusal error = refused("ZB112", "CONNECT TO '" + spelling + "'");
            assertThat(error.message()).contains("itself").contains("expected");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ZB111 | CONNECT TO WESTT | WEST",
                "ZB111 | DISCONNECT FROM NOBODY | NOBODY",
                "ZB111 | SYNC WITH WESTT | WEST",
                "ZB111 | PAUSE SYNC WITH NOBODY | NOBODY",
                "ZB111 | RESUME SYNC WITH NOBODY | NOBODY",
                "ZB110 | CONNECT TO WEST IN TOPOLOGY MAINN | MAIN",
                "ZB110 | DROP TOPOLOGY NOWHERE | NOWHERE",
                "ZB110 | ALTER TOPOLOGY NOWHERE DROP NODE WEST | NOWHERE",
                "ZB110 | CREATE TOPOLOGY MAIN | MAIN",
                "ZB111 | ALTER TOPOLOGY MAIN DROP NODE NOBODY | NOBODY",
                "ZB201 | CONNECT TO WEST POLICY NONE_SUCH | NONE_SUCH",
                "42000 | CONNECT TO WEST MODE SIDEWAYS | SIDEWAYS",
                "42000 | CONNECT TO WEST WITH (SPEED 3) | SPEED",
                "42000 | CONNECT | expected TO",
                "42000 | SYNC TIMEOUT -1 | expected",
                "42000 | CREATE TOPOLOGY X PATTERN RING | RING",
                "ZB112 | CONNECT EAST TO EAST | EAST",
                "ZB112 | CONNECT TO WEST | DISCONNECT",
            })
    void unknownNamesAndWordsAreRefused(String state, String sql, String named) throws SQLException {
        east.connectTo(west);
        east.sync();

        Refusal error = refused(state, sql);

        assertThat(error.message()).contains(named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INTERVAL 0", "INTERVAL 100000", "INTERVAL -1", "MAX BACKLOG -1", "TOKEN 'secret-token'"})
    void optionsOutOfRangeAreRefused(String option) throws SQLException {
        List<String> before = catalogs();

        Refusal error = Refusal.of(east.connection(), "CONNECT TO '" + west.url() + "' WITH (" + option + ")");

        assertThat(error.state()).as(error.message()).isIn("ZB112", "42000");
        assertThat(error.message()).doesNotContain("secret-token");
        assertThat(catalogs()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE TABLE T(ID INT, N INT PRIMARY KEY) | PRIMARY KEY",
                "CREATE TABLE T(ID INT, N INT, PRIMARY KEY(ID, N)) | PRIMARY KEY",
                "CREATE TABLE T(ID INT, N INT) | PRIMARY KEY",
                "CREATE TABLE T(ID INT PRIMARY KEY, N DATE) | N",
                "CREATE TABLE T(ID UUID PRIMARY KEY, N INT) | ID",
            })
    void tablesThatCannotBeReconciledAreRefused(String table, String named) throws SQLException {
        west.execute(table);

        Refusal error = refused("ZB403", "CONNECT TO '" + west.url() + "'");

        assertThat(error.message()).containsIgnoringCase(named).contains("\"T\"", "here", "at the peer");
    }

    @Test
    void databasesWithOtherSettingsAreRefused() throws SQLException {
        for (String setting : List.of("MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE", "IGNORECASE=TRUE")) {
            String name = "other" + setting.hashCode();
            try (Node other = Node.open(folder, name, ";" + setting)) {
                Refusal error = refused("ZB403", "CONNECT TO '" + other.url() + "'");
                assertThat(error.message()).contains("here", "at the peer", "Open both");
            }
        }
    }

    @Test
    void syncThatCannotFinishSaysWhatIsMissing() throws SQLException {
        east.connectTo(west);
        east.sync();
        west.connection().setAutoCommit(false);
        west.execute("UPDATE T SET N = 2 WHERE ID = 1");
        east.execute("UPDATE T SET N = 3 WHERE ID = 1");

        Refusal error = refused("ZB310", "SYNC TIMEOUT 1");

        assertThat(error.message()).contains("WEST").contains("1 operation");
        west.connection().rollback();
        west.connection().setAutoCommit(true);
        east.sync();
        assertThat(west.rows("SELECT N FROM T")).containsExactly("3");
    }

    @Test
    void anOpenTransactionHereIsNoObstacle() throws SQLException {
        east.connection().setAutoCommit(false);
        east.execute("UPDATE T SET N = 2");

        east.connectTo(west);

        east.connection().commit();
        east.connection().setAutoCommit(true);
        assertThat(east.rows("SELECT N FROM T")).containsExactly("2");
    }
}
