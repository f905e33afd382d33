package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two rows are one when H2 holds their keys to be equal, and a row whose key changes is another row. */
class KeysSyncTest {
    private static final String ALL = "SELECT * FROM T ORDER BY 1, 2";

    @TempDir
    Path folder;

    private Node east;
    private Node west;

    @BeforeEach
    void open() throws SQLException {
        east = Node.open(folder, "east");
        west = Node.open(folder, "west");
    }

    @AfterEach
    void close() throws SQLException {
        east.close();
        west.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "VARCHAR_IGNORECASE(10) | 'Straße' | 'STRASSE' | 2",
                "VARCHAR_IGNORECASE(10) | 'Straße' | 'STRAßE' | 1",
                "CHAR(5) | 'a' | 'a  ' | 1",
                "VARCHAR(5) | 'a' | 'a  ' | 2",
                "NUMERIC(10, 2) | 1 | 1.00 | 1",
                "DOUBLE PRECISION | 0 | -0.0 | 1",
                "TIMESTAMP WITH TIME ZONE | '2024-01-01 10:00:00+00' | '2024-01-01 11:00:00+01' | 1",
                "TIME WITH TIME ZONE | '00:30:00+01' | '23:30:00+00' | 2",
                "VARCHAR_IGNORECASE(5) ARRAY | ARRAY['a'] | ARRAY['A'] | 1"
            })
    void rowsOfEqualKeysAreOneRow(String type, String first, String second, int rows) throws SQLException {
        east.execute("CREATE TABLE T(K " + type + " PRIMARY KEY, A INT, B INT)");
        east.connectTo(west);
        east.sync();
        east.execute("PAUSE SYNC", "INSERT INTO T VALUES(" + first + ", 1, NULL)");
        west.execute("INSERT INTO T VALUES(" + second + ", 1, NULL)");
        east.execute("RESUME SYNC");
        east.sync();
        assertThat(east.rows(ALL)).hasSize(rows);

        east.execute("UPDATE T SET A = 2");
        west.execute("UPDATE T SET B = 3");
        east.sync();

        for (Node node : List.of(east, west)) {
            assertThat(node.rows("SELECT A, B FROM T")).hasSize(rows).containsOnly("2|3");
        }
        west.execute("DELETE FROM T WHERE K = " + first);
        west.sync();
        assertThat(east.rows(ALL)).hasSize(rows - 1);
        assertThat(west.rows(ALL)).hasSize(rows - 1);
    }

    @ParameterizedTest
    @CsvSource({"east", "west"})
    void anEditOfTheOldKeyLosesAndIsReported(String editor) throws SQLException {
        east.execute("CREATE TABLE T(ID INT PRIMARY KEY, NOTE VARCHAR(10))", "INSERT INTO T VALUES(1, 'old')");
        east.connectTo(west);
        east.sync();
        east.execute("PAUSE SYNC");
        Node edits = editor.equals("east") ? east : west;
        Node moves = edits == east ? west : east;

        moves.execute("UPDATE T SET ID = 2 WHERE ID = 1");
        edits.execute("UPDATE T SET NOTE = 'edit' WHERE ID = 1");
        east.execute("RESUME SYNC");
        east.sync();

        for (Node node : List.of(east, west)) {
            assertThat(node.rows(ALL)).as(node.name()).containsExactly("2|old");
            assertThat(node.rows("SELECT ROW_KEY, KIND FROM BLAZE.CONFLICTS"))
                    .as(node.name())
                    .isNotEmpty()
                    .allMatch(conflict -> conflict.startsWith("1|"));
        }
    }

    @Test
    void aTableThatCannotGetItsPeersKeyWaitsUntilItHasIt() throws SQLException {
        west.execute("CREATE TABLE PLAIN(V INT NOT NULL)", "INSERT INTO PLAIN VALUES(1)");
        assertThat(east.warnings("CONNECT TO '" + west.url() + "' WITH (INTERVAL 1)"))
                .isEmpty();
        west.sync();
        west.execute("INSERT INTO PLAIN VALUES(2)");
        west.sync();

        east.execute("PAUSE SYNC", "INSERT INTO PLAIN VALUES(4), (4)");
        west.execute("ALTER TABLE PLAIN ADD PRIMARY KEY(V)", "INSERT INTO PLAIN VALUES(3)");
        east.execute("RESUME SYNC");
        east.sync();
        assertThat(east.rows("SELECT V FROM PLAIN ORDER BY V")).containsExactly("1", "2", "4", "4");
        assertThat(west.rows("SELECT V FROM PLAIN ORDER BY V")).containsExactly("1", "2", "3");
        assertThat(east.value("SELECT REASON FROM BLAZE.SYNC_TABLES"))
                .contains("primary key \"V\" INTEGER in place of none", "a peer has declared what cannot be here");

        east.execute("DELETE FROM PLAIN WHERE V = 4 FETCH FIRST ROW ONLY", "ALTER TABLE PLAIN ADD PRIMARY KEY(V)");
        east.sync();
        west.sync();
        assertThat(east.rows("SELECT V FROM PLAIN ORDER BY V")).containsExactly("1", "2", "3", "4");
        assertThat(west.rows("SELECT V FROM PLAIN ORDER BY V")).containsExactly("1", "2", "3", "4");
    }

    @Test
    void whatWasDeletedBeforeAKeyCameStaysDeleted() throws SQLException {
        east.execute("CREATE TABLE T(ID INT NOT NULL, NOTE VARCHAR(10))");
        east.execute("INSERT INTO T VALUES(1, 'a'), (2, 'b'), (3, 'c')");
        east.connectTo(west, "WITH (INTERVAL 1)");
        east.sync();

        east.execute("PAUSE SYNC", "DELETE FROM T WHERE ID = 1", "UPDATE T SET NOTE = 'B' WHERE ID = 2");
        east.execute("ALTER TABLE T ADD PRIMARY KEY(ID)", "INSERT INTO T VALUES(4, 'd')", "RESUME SYNC");
        east.sync();
        west.sync();

        assertThat(east.rows(ALL)).containsExactly("2|B", "3|c", "4|d");
        assertThat(west.rows(ALL)).isEqualTo(east.rows(ALL));
    }

    @Test
    void keysThatChangePlacesInOneTransactionStayApart() throws SQLException {
        east.execute("CREATE TABLE T(ID INT PRIMARY KEY, NOTE VARCHAR(10))", "INSERT INTO T VALUES(1, 'a'), (2, 'b')");
        east.connectTo(west);
        east.sync();

        east.execute("UPDATE T SET ID = 3 - ID");
        east.sync();
        west.execute("UPDATE T SET NOTE = NOTE || ID");
        west.sync();

        assertThat(east.rows(ALL)).containsExactly("1|b1", "2|a2");
        assertThat(west.rows(ALL)).isEqualTo(east.rows(ALL));
    }
}
