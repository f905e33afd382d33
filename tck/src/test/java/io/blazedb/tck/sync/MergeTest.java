package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What two databases make of the same rows when each wrote without knowing of the other. */
class MergeTest {
    private static final String ALL = "SELECT ID, A, B FROM T ORDER BY ID";
    private static final String CONFLICTS = "SELECT TABLE_NAME, ROW_KEY, COLUMN_NAME, KIND, LOCAL_VALUE, REMOTE_VALUE,"
            + " WINNER, STATUS FROM BLAZE.CONFLICTS ORDER BY ID";

    @TempDir
    Path folder;

    private Node east;
    private Node west;

    @BeforeEach
    void open() throws SQLException {
        east = Node.open(folder, "east");
        west = Node.open(folder, "west");
        east.execute(
                "CREATE TABLE T(ID INT PRIMARY KEY, A VARCHAR(10), B VARCHAR(10))",
                "INSERT INTO T VALUES(1, 'a', 'b'), (2, 'a', 'b')");
    }

    @AfterEach
    void close() throws SQLException {
        east.close();
        west.close();
    }

    /** Connects as equals, and pauses. */
    private void part() throws SQLException {
        east.connectTo(west);
        east.sync();
        east.execute("PAUSE SYNC");
    }

    /** Connects with {@code east} as the server, and pauses. */
    private void partFromServer() throws SQLException {
        east.execute(
                "CREATE TOPOLOGY M",
                "ALTER TOPOLOGY M ADD NODE EAST CURRENT DATABASE ROLE SERVER",
                "ALTER TOPOLOGY M ADD NODE WEST AT '" + west.url() + "' ROLE CLIENT",
                "CONNECT EAST TO WEST",
                "SYNC",
                "PAUSE SYNC");
    }

    private void meet() throws SQLException {
        east.execute("RESUME SYNC");
        east.sync();
        west.sync();
        assertThat(TableComparison.differences(east.connection(), west.connection()))
                .isEmpty();
    }

    @Test
    void changesOfDifferentColumnsAreBothKept() throws SQLException {
        part();
        east.execute("UPDATE T SET A = 'east' WHERE ID = 1");
        west.execute("UPDATE T SET B = 'west' WHERE ID = 1");

        meet();

        assertThat(east.rows(ALL)).containsExactly("1|east|west", "2|a|b");
        assertThat(east.rows(CONFLICTS)).isEmpty();
    }

    @Test
    void theLaterChangeOfAColumnWinsAndTheOtherIsShown() throws SQLException {
        part();
        east.execute("UPDATE T SET A = 'first' WHERE ID = 1");
        awaitNextMilli();
        west.execute("UPDATE T SET A = 'second' WHERE ID = 1");

        meet();

        assertThat(east.rows(ALL)).containsExactly("1|second|b", "2|a|b");
        assertThat(east.rows(CONFLICTS)).singleElement().asString().contains("T|", "|A|", "first", "second", "LOST");
        assertThat(west.rows(CONFLICTS)).singleElement().asString().contains("T|", "|A|", "first", "second", "LOST");
    }

    @Test
    void theServersChangeWinsThoughItIsEarlier() throws SQLException {
        partFromServer();
        east.execute("UPDATE T SET A = 'server' WHERE ID = 1");
        awaitNextMilli();
        west.execute("UPDATE T SET A = 'client', B = 'client' WHERE ID = 1");

        meet();

        assertThat(east.rows(ALL)).containsExactly("1|server|client", "2|a|b");
        assertThat(west.rows(CONFLICTS)).singleElement().asString().contains("server", "client", "LOST");
        west.execute("UPDATE T SET A = 'seen' WHERE ID = 1");
        west.sync();
        assertThat(east.rows(ALL)).containsExactly("1|seen|client", "2|a|b");
    }

    @Test
    void deleteWinsOverAnUpdateBetweenEquals() throws SQLException {
        part();
        east.execute("DELETE FROM T WHERE ID = 1");
        awaitNextMilli();
        west.execute("UPDATE T SET A = 'west' WHERE ID = 1");

        meet();

        assertThat(east.rows(ALL)).containsExactly("2|a|b");
        assertThat(west.rows(CONFLICTS)).isNotEmpty().allMatch(row -> row.contains("west"));
        assertThat(east.rows(CONFLICTS)).isNotEmpty().allMatch(row -> row.contains("west"));
    }

    @Test
    void theServersUpdateBringsBackWhatAClientDeleted() throws SQLException {
        partFromServer();
        east.execute("UPDATE T SET A = 'server' WHERE ID = 1");
        awaitNextMilli();
        west.execute("DELETE FROM T WHERE ID = 1");

        meet();

        assertThat(west.rows(ALL)).containsExactly("1|server|b", "2|a|b");
    }

    @Test
    void theServersDeleteWins() throws SQLException {
        partFromServer();
        east.execute("DELETE FROM T WHERE ID = 1");
        awaitNextMilli();
        west.execute("UPDATE T SET A = 'client' WHERE ID = 1");

        meet();

        assertThat(west.rows(ALL)).containsExactly("2|a|b");
    }

    @Test
    void bothInsertTheSameKey() throws SQLException {
        part();
        east.execute("INSERT INTO T VALUES(3, 'east', 'same')");
        awaitNextMilli();
        west.execute("INSERT INTO T VALUES(3, 'west', 'same')");

        meet();

        assertThat(east.rows(ALL)).containsExactly("1|a|b", "2|a|b", "3|west|same");
        assertThat(east.rows(CONFLICTS)).isNotEmpty().anyMatch(row -> row.contains("east") && row.contains("west"));
    }

    @Test
    void bothDeleteTheSameRow() throws SQLException {
        part();
        east.execute("DELETE FROM T WHERE ID = 1");
        west.execute("DELETE FROM T");

        meet();

        assertThat(east.rows(ALL)).isEmpty();
        assertThat(east.rows(CONFLICTS)).isEmpty();
    }

    @Test
    void aRowThatWasInsertedAgainIsNewToOldChanges() throws SQLException {
        part();
        east.execute("DELETE FROM T WHERE ID = 1", "INSERT INTO T VALUES(1, 'new', 'new')");
        awaitNextMilli();
        west.execute("UPDATE T SET A = 'old life' WHERE ID = 1");

        meet();

        assertThat(east.rows(ALL)).containsExactly("1|new|new", "2|a|b");
    }

    @Test
    void reinsertionWithinOneTransactionTravels() throws SQLException {
        part();
        east.connection().setAutoCommit(false);
        east.execute("DELETE FROM T", "INSERT INTO T VALUES(1, 'x', NULL)", "INSERT INTO T VALUES(5, 'y', 'z')");
        east.connection().commit();
        east.connection().setAutoCommit(true);

        meet();

        assertThat(west.rows(ALL)).containsExactly("1|x|null", "5|y|z");
    }

    @Test
    void aRowThatIsInsertedTwiceInOneTransactionCountsOnce() throws SQLException {
        east.execute("CREATE TABLE N(ID INT PRIMARY KEY, N INT)", "CREATE MERGE RULE ON N (N) USING COUNTER");
        part();
        east.connection().setAutoCommit(false);
        east.execute("INSERT INTO N VALUES(1, 5)", "DELETE FROM N", "INSERT INTO N VALUES(1, 7)");
        east.execute("INSERT INTO N VALUES(2, 1)", "UPDATE N SET N = N + 1");
        east.connection().commit();
        east.connection().setAutoCommit(true);

        meet();

        assertThat(west.rows("SELECT * FROM N ORDER BY ID")).containsExactly("1|8", "2|2");
        assertThat(west.rows("SELECT TYPE, ROW_KEY FROM BLAZE.OPERATIONS WHERE TABLE_NAME = 'N' ORDER BY ROW_KEY"))
                .containsExactly("INSERT|1", "INSERT|2");
    }

    @Test
    void keysThatMoveTravel() throws SQLException {
        part();
        east.execute("UPDATE T SET ID = 3 - ID", "UPDATE T SET A = 'was 2' WHERE ID = 1");
        west.execute("INSERT INTO T VALUES(9, 'nine', NULL)", "UPDATE T SET ID = 10 WHERE ID = 9");

        meet();

        assertThat(west.rows(ALL)).containsExactly("1|was 2|b", "2|a|b", "10|nine|null");
    }

    @Test
    void compositeKeysThatAreSwappedTravel() throws SQLException {
        east.execute("CREATE TABLE K(A INT, B INT, NOTE VARCHAR(10), PRIMARY KEY(A, B))");
        east.execute("INSERT INTO K VALUES(1, 1, 'one'), (1, 2, 'two'), (2, 1, 'alone')");
        part();
        for (int i = 0; i < 3; i++) {
            east.execute("UPDATE K SET B = 3 - B");
        }
        east.connection().setAutoCommit(false);
        east.execute("DELETE FROM K WHERE NOTE = 'alone'", "INSERT INTO K VALUES(2, 1, 'again')");
        east.execute("UPDATE K SET A = 3 WHERE NOTE = 'one'", "UPDATE K SET B = 2 WHERE NOTE = 'two'");
        east.connection().commit();
        east.connection().setAutoCommit(true);

        meet();
        assertThat(west.rows("SELECT * FROM K ORDER BY A, B")).containsExactly("1|2|two", "2|1|again", "3|2|one");

        west.execute("UPDATE K SET NOTE = 'seen'", "UPDATE K SET A = 1, B = 1 WHERE A = 3");
        meet();
        assertThat(east.rows("SELECT * FROM K ORDER BY A, B")).containsExactly("1|1|seen", "1|2|seen", "2|1|seen");
    }

    @Test
    void longOfflineOnBothSidesMerges() throws SQLException {
        part();
        for (int i = 0; i < 300; i++) {
            east.execute("INSERT INTO T VALUES(%d, 'east', NULL)".formatted(1000 + i * 2));
            west.execute("INSERT INTO T VALUES(%d, 'west', NULL)".formatted(1001 + i * 2));
            east.execute("UPDATE T SET A = 'e%d' WHERE ID = 1".formatted(i));
            west.execute("UPDATE T SET B = 'w%d' WHERE ID = 1".formatted(i));
        }

        meet();

        assertThat(east.rows("SELECT COUNT(*) FROM T")).containsExactly("602");
        assertThat(east.rows("SELECT A, B FROM T WHERE ID = 1")).containsExactly("e299|w299");
        assertThat(east.rows(CONFLICTS)).isEmpty();
    }

    @Test
    void oneOfTwoWithTheSameUniqueValueIsHiddenUntilItIsFree() throws SQLException {
        east.execute("CREATE TABLE U(ID INT PRIMARY KEY, NAME VARCHAR(10) UNIQUE)");
        part();
        east.execute("INSERT INTO U VALUES(1, 'ann')");
        awaitNextMilli();
        west.execute("INSERT INTO U VALUES(2, 'ann')");

        meet();
        assertThat(west.rows("SELECT * FROM U")).containsExactly("1|ann");
        for (Node node : List.of(east, west)) {
            assertThat(node.rows("SELECT TABLE_NAME, KIND, STATUS FROM BLAZE.CONFLICTS"))
                    .as(node.name())
                    .containsExactly("U|UNIQUE|HIDDEN");
        }

        east.execute("UPDATE U SET NAME = 'eve' WHERE ID = 1");
        east.sync();
        west.sync();
        east.sync();
        assertThat(east.rows("SELECT * FROM U ORDER BY ID")).containsExactly("1|eve", "2|ann");
        assertThat(west.rows("SELECT * FROM U ORDER BY ID")).containsExactly("1|eve", "2|ann");
        assertThat(west.rows("SELECT STATUS FROM BLAZE.CONFLICTS WHERE KIND = 'UNIQUE'"))
                .containsExactly("RESOLVED");
    }

    @Test
    void aChildWhoseParentIsGoneIsHiddenUntilItIsBack() throws SQLException {
        east.execute("CREATE TABLE C(ID INT PRIMARY KEY, T INT REFERENCES T(ID))");
        part();
        east.execute("DELETE FROM T WHERE ID = 1");
        west.execute("INSERT INTO C VALUES(7, 1)");

        meet();
        assertThat(west.rows("SELECT * FROM C")).isEmpty();
        assertThat(west.rows("SELECT TABLE_NAME, KIND, STATUS FROM BLAZE.CONFLICTS"))
                .containsExactly("C|FOREIGN_KEY|HIDDEN");

        west.execute("INSERT INTO T VALUES(1, 'back', NULL)");
        west.sync();
        east.sync();
        assertThat(west.rows("SELECT * FROM C")).containsExactly("7|1");
        assertThat(east.rows("SELECT * FROM C")).containsExactly("7|1");
    }

    @Test
    void hiddenRowsSurviveReopening() throws SQLException {
        east.execute("CREATE TABLE U(ID INT PRIMARY KEY, NAME VARCHAR(10) UNIQUE)");
        part();
        east.execute("INSERT INTO U VALUES(1, 'ann')");
        awaitNextMilli();
        west.execute("INSERT INTO U VALUES(2, 'ann')");
        meet();
        close();
        east = Node.open(folder, "east");
        west = Node.open(folder, "west");

        east.execute("DELETE FROM U");
        east.sync();
        west.sync();

        assertThat(west.rows("SELECT * FROM U")).containsExactly("2|ann");
        assertThat(east.rows("SELECT * FROM U")).containsExactly("2|ann");
    }

    /** Stamps have the resolution of a millisecond: what is written afterwards is later. */
    private static void awaitNextMilli() {
        long now = System.currentTimeMillis();
        while (System.currentTimeMillis() <= now + 1) {
            Thread.onSpinWait();
        }
    }
}
