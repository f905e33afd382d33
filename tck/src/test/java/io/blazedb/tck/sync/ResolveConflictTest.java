package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What RESOLVE CONFLICT does in three databases that are connected, and what it leaves alone. */
class ResolveConflictTest {
    private static final String ALL = "SELECT ID, A, B FROM T ORDER BY ID";
    private static final String OPEN = "SELECT COUNT(*) FROM BLAZE.CONFLICTS WHERE STATUS <> 'RESOLVED'";
    private static final String STATUS = "SELECT KIND, STATUS FROM BLAZE.CONFLICTS ORDER BY ID";

    @TempDir
    Path folder;

    private Node east;
    private Node west;
    private Node south;
    private List<Node> all;

    @BeforeEach
    void open() throws SQLException {
        east = Node.open(folder, "east");
        west = Node.open(folder, "west");
        south = Node.open(folder, "south");
        all = List.of(east, west, south);
        east.execute(
                "CREATE TABLE T(ID INT PRIMARY KEY, A VARCHAR(10), B VARCHAR(10))",
                "INSERT INTO T VALUES(1, 'a', 'b'), (2, 'a', 'b')",
                "CREATE TABLE U(ID INT PRIMARY KEY, NAME VARCHAR(10) UNIQUE)",
                "CREATE TABLE C(ID INT PRIMARY KEY, T INT REFERENCES T(ID))",
                "CREATE TABLE G(ID INT PRIMARY KEY, X INT, Y INT, CHECK (X + Y = 10))",
                "INSERT INTO G VALUES(1, 5, 5)",
                "CREATE TABLE L(ID INT PRIMARY KEY, TEXT CLOB)",
                "INSERT INTO L VALUES(1, 'short')",
                "CREATE TOPOLOGY M PATTERN MESH",
                "ALTER TOPOLOGY M ADD NODE EAST CURRENT DATABASE",
                "ALTER TOPOLOGY M ADD NODE WEST AT '" + west.url() + "'",
                "ALTER TOPOLOGY M ADD NODE SOUTH AT '" + south.url() + "'");
        Node.settle(all);
        pause();
    }

    @AfterEach
    void close() throws SQLException {
        for (Node node : all) {
            node.close();
        }
    }

    private void pause() throws SQLException {
        for (Node node : all) {
            node.execute("PAUSE SYNC");
        }
    }

    private void meet() throws SQLException {
        for (Node node : all) {
            node.execute("RESUME SYNC");
        }
        Node.settle(all);
        for (Node node : all) {
            assertThat(TableComparison.differences(east.connection(), node.connection()))
                    .as(node.name())
                    .isEmpty();
        }
    }

    /** Two values of one column meet, the later one wins. */
    private void twoValues() throws SQLException {
        east.execute("UPDATE T SET A = 'first' WHERE ID = 1");
        awaitNextMilli();
        west.execute("UPDATE T SET A = 'second' WHERE ID = 1");
        meet();
    }

    private static void resolve(Node node, String kind, String winner) throws SQLException {
        node.execute("RESOLVE CONFLICT "
                + node.value("SELECT MIN(ID) FROM BLAZE.CONFLICTS WHERE STATUS <> 'RESOLVED' AND KIND = '" + kind + "'")
                + " USING " + winner);
        node.sync();
    }

    @Test
    void theLosingValueComesBackEverywhere() throws SQLException {
        twoValues();

        resolve(east, "UPDATE_UPDATE", "LOCAL");

        meet();
        assertThat(south.rows(ALL)).containsExactly("1|first|b", "2|a|b");
        for (Node node : all) {
            assertThat(node.rows(STATUS)).as(node.name()).containsExactly("UPDATE_UPDATE|RESOLVED");
        }
    }

    @Test
    void theWinningValueIsConfirmedEverywhere() throws SQLException {
        twoValues();

        resolve(west, "UPDATE_UPDATE", "LOCAL");

        meet();
        assertThat(east.rows(ALL)).containsExactly("1|second|b", "2|a|b");
        assertThat(all).allSatisfy(node -> assertThat(node.value(OPEN)).isEqualTo("0"));
    }

    @Test
    void aPlainWriteSettlesTheConflictEverywhere() throws SQLException {
        twoValues();

        east.execute("UPDATE T SET B = 'other' WHERE ID = 1", "UPDATE T SET A = 'third' WHERE ID = 2");
        meet();
        assertThat(all).allSatisfy(node -> assertThat(node.rows(STATUS)).containsExactly("UPDATE_UPDATE|LOST"));

        east.execute("UPDATE T SET A = 'third' WHERE ID = 1");
        meet();
        awaitStatus("UPDATE_UPDATE|RESOLVED");
    }

    @Test
    void whatWasWrittenBeforeTheConflictCameSettlesNothing() throws SQLException {
        east.execute("UPDATE T SET A = 'first' WHERE ID = 1");
        awaitNextMilli();
        west.execute("UPDATE T SET A = 'second' WHERE ID = 1");
        west.execute("UPDATE T SET A = 'third' WHERE ID = 1", "UPDATE T SET B = 'own' WHERE ID = 1");

        meet();

        west.execute("UPDATE T SET A = 'more' WHERE ID = 2"); // has all looked at again
        meet();
        assertThat(all).allSatisfy(node -> assertThat(node.rows(STATUS)).containsExactly("UPDATE_UPDATE|LOST"));
    }

    @Test
    void aPlainWriteBeforeAKillSettlesTheConflict() throws SQLException {
        twoValues();

        east.execute("UPDATE T SET A = 'third' WHERE ID = 1", "SHUTDOWN IMMEDIATELY");
        close();
        all = List.of(Node.open(folder, "east"), Node.open(folder, "west"), Node.open(folder, "south"));
        east = all.get(0);

        meet();
        awaitStatus("UPDATE_UPDATE|RESOLVED");
    }

    /** At the author it follows on the commit. */
    private void awaitStatus(String expected) throws SQLException {
        for (Node node : all) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (!node.rows(STATUS).equals(List.of(expected)) && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertThat(node.rows(STATUS)).as(node.name()).containsExactly(expected);
        }
    }

    @Test
    void theResolutionIsAnOperationThatSurvivesReopening() throws SQLException {
        twoValues();
        resolve(east, "UPDATE_UPDATE", "LOCAL");
        east.execute("UPDATE T SET B = 'after' WHERE ID = 2");
        meet();

        east.execute("SHUTDOWN IMMEDIATELY");
        close();
        all = List.of(Node.open(folder, "east"), Node.open(folder, "west"), Node.open(folder, "south"));
        east = all.get(0);
        west = all.get(1);
        south = all.get(2);
        east.execute("UPDATE T SET B = 'later' WHERE ID = 2");
        meet();
        assertThat(south.rows(ALL)).containsExactly("1|first|b", "2|a|later");
        assertThat(all).allSatisfy(node -> assertThat(node.value(OPEN)).isEqualTo("0"));
    }

    @Test
    void aDeletedRowComesBackWithTheValueThatLost() throws SQLException {
        east.execute("DELETE FROM T WHERE ID = 1");
        awaitNextMilli();
        west.execute("UPDATE T SET A = 'kept' WHERE ID = 1");
        meet();
        assertThat(west.rows(ALL)).containsExactly("2|a|b");

        resolve(west, "UPDATE_DELETE", "LOCAL");

        meet();
        assertThat(south.rows(ALL)).containsExactly("1|kept|b", "2|a|b");
        assertThat(all).allSatisfy(node -> assertThat(node.value(OPEN)).isEqualTo("0"));
    }

    @Test
    void aDeleteIsConfirmedWithoutAWrite() throws SQLException {
        east.execute("DELETE FROM T WHERE ID = 1");
        awaitNextMilli();
        west.execute("UPDATE T SET A = 'kept' WHERE ID = 1");
        meet();
        String operations = east.value("SELECT COUNT(*) FROM BLAZE.OPERATIONS");

        resolve(east, "UPDATE_DELETE", "LOCAL");

        assertThat(east.value("SELECT COUNT(*) FROM BLAZE.OPERATIONS")).isEqualTo(operations);
        assertThat(east.value(OPEN)).isEqualTo("0");
        assertThat(east.rows(ALL)).containsExactly("2|a|b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"LOCAL", "REMOTE"})
    void aUniqueKeyGoesToTheChosenRow(String winner) throws SQLException {
        east.execute("INSERT INTO U VALUES(1, 'ann')");
        awaitNextMilli();
        west.execute("INSERT INTO U VALUES(2, 'ann')");
        meet();

        resolve(south, "UNIQUE", winner);

        meet();
        assertThat(east.rows("SELECT * FROM U")).containsExactly(winner.equals("LOCAL") ? "1|ann" : "2|ann");
        assertThat(all).allSatisfy(node -> assertThat(node.value(OPEN)).isEqualTo("0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"LOCAL", "REMOTE"})
    void aHiddenChildEndsOrItsParentComesBack(String winner) throws SQLException {
        east.execute("DELETE FROM T WHERE ID = 1");
        west.execute("INSERT INTO C VALUES(7, 1)");
        meet();
        assertThat(east.rows("SELECT * FROM C")).isEmpty();

        resolve(east, "FOREIGN_KEY", winner);

        meet();
        assertThat(west.rows("SELECT * FROM C")).isEqualTo(winner.equals("LOCAL") ? List.of() : List.of("7|1"));
        assertThat(west.rows(ALL)).hasSize(winner.equals("LOCAL") ? 1 : 2);
        assertThat(all).allSatisfy(node -> assertThat(node.value(OPEN)).isEqualTo("0"));
    }

    @Test
    void columnsThatBelongTogetherComeBackTogether() throws SQLException {
        east.execute("UPDATE G SET X = 1, Y = 9");
        awaitNextMilli();
        west.execute("UPDATE G SET X = 8, Y = 2");
        meet();
        assertThat(east.rows("SELECT X, Y FROM G")).containsExactly("8|2");

        resolve(east, "UPDATE_UPDATE", "LOCAL");

        meet();
        assertThat(south.rows("SELECT X, Y FROM G")).containsExactly("1|9");
        assertThat(all).allSatisfy(node -> assertThat(node.value(OPEN)).isEqualTo("0"));
    }

    @Test
    void aLargeObjectComesBackWhole() throws SQLException {
        east.execute("UPDATE L SET TEXT = REPEAT('east', 100000)");
        awaitNextMilli();
        west.execute("UPDATE L SET TEXT = REPEAT('west', 100000)");
        meet();

        resolve(east, "UPDATE_UPDATE", "LOCAL");

        meet();
        assertThat(south.rows("SELECT TEXT = REPEAT('east', 100000) FROM L")).containsExactly("TRUE");
    }

    @Test
    void aWriteOfTheColumnBySomebodyWhoSawBothResolvesIt() throws SQLException {
        twoValues();

        south.execute("UPDATE T SET B = 'other' WHERE ID = 1");
        meet();
        assertThat(east.value(OPEN)).isEqualTo("1");
        south.execute("UPDATE T SET A = 'third' WHERE ID = 1");
        meet();

        assertThat(east.value(OPEN)).isEqualTo("0");
        assertThat(west.value(OPEN)).isEqualTo("0");
    }

    @Test
    void aConflictThatIsUnknownOrResolvedIsRefused() throws SQLException {
        twoValues();
        String id = east.value("SELECT ID FROM BLAZE.CONFLICTS");

        assertRefused("RESOLVE CONFLICT 4711 USING LOCAL", "ZB404", "There is no conflict 4711");
        assertRefused("RESOLVE CONFLICT 'x' USING LOCAL", "ZB404", "a number");
        east.execute("RESOLVE CONFLICT " + id + " USING REMOTE");
        assertRefused("RESOLVE CONFLICT " + id + " USING LOCAL", "ZB404", "resolved already");
        assertThat(east.rows(ALL)).containsExactly("1|second|b", "2|a|b");
    }

    @Test
    void aConflictOfADeletedRowIsRefused() throws SQLException {
        twoValues();
        String id = east.value("SELECT ID FROM BLAZE.CONFLICTS");
        east.execute("DELETE FROM T WHERE ID = 1");

        assertRefused("RESOLVE CONFLICT " + id + " USING LOCAL", "ZB404", "the row is deleted");
        assertThat(east.value("SELECT STATUS FROM BLAZE.CONFLICTS WHERE ID = " + id))
                .isEqualTo("LOST");
    }

    @Test
    void aValueThatWouldHideItsRowIsRefused() throws SQLException {
        east.execute("INSERT INTO U VALUES(1, 'x'), (2, 'y')");
        meet();
        pause();
        east.execute("UPDATE U SET NAME = 'one' WHERE ID = 1");
        awaitNextMilli();
        west.execute("UPDATE U SET NAME = 'two' WHERE ID = 1");
        meet();
        east.execute("UPDATE U SET NAME = 'one' WHERE ID = 2");
        String id = east.value("SELECT ID FROM BLAZE.CONFLICTS WHERE STATUS = 'LOST'");

        assertRefused("RESOLVE CONFLICT " + id + " USING LOCAL", "ZB402", "unique key");
        assertThat(east.rows("SELECT * FROM U ORDER BY ID")).containsExactly("1|two", "2|one");
    }

    @Test
    void theNextStatementOfEachConnectionWarnsOnce() throws SQLException {
        try (Connection other = east.another();
                PreparedStatement prepared = other.prepareStatement("SELECT 1")) {
            twoValues();

            assertThat(east.warnings("SELECT 1"))
                    .containsExactly("1 conflicts with concurrent writes since; see BLAZE.CONFLICTS");
            assertThat(east.warnings("SELECT 1")).isEmpty();
            prepared.execute();
            assertThat(prepared.getWarnings().getMessage()).contains("BLAZE.CONFLICTS");
            prepared.clearWarnings();
            prepared.execute();
            assertThat((Object) prepared.getWarnings()).isNull();
        }
    }

    @Test
    void onlyAnAdministratorResolves() throws SQLException {
        twoValues();
        east.execute("CREATE USER BOB PASSWORD 'b'");
        String id = east.value("SELECT ID FROM BLAZE.CONFLICTS");

        try (var bob = java.sql.DriverManager.getConnection(east.url(), "BOB", "b");
                var statement = bob.createStatement()) {
            assertThatThrownBy(() -> statement.execute("RESOLVE CONFLICT " + id + " USING LOCAL"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
        }
    }

    private void assertRefused(String sql, String state, String message) {
        assertThatThrownBy(() -> east.execute(sql))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state))
                .hasMessageContaining(message);
    }

    /** Stamps have the resolution of a millisecond: what is written afterwards is later. */
    private static void awaitNextMilli() {
        long now = System.currentTimeMillis();
        while (System.currentTimeMillis() <= now + 1) {
            Thread.onSpinWait();
        }
    }
}
