package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.BlazeConnection;
import io.blazedb.tck.Sql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.h2.mvstore.tx.BelowCapture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code CHECK SYNC} finds what differs though nothing is on its way, {@code REPAIR SYNC} makes it the same again. */
class ComparisonTest {
    private static final String ALL = "SELECT ID, NAME, NOTE FROM T ORDER BY ID";
    private static final String LOST =
            "SELECT ROW_KEY, COLUMN_NAME, KIND, LOCAL_VALUE, REMOTE_VALUE FROM BLAZE.CONFLICTS ORDER BY ID";

    @TempDir
    Path folder;

    private Node east;
    private Node west;

    @BeforeEach
    void open() throws SQLException {
        east = Node.open(folder, "east");
        west = Node.open(folder, "west");
        east.execute(
                "CREATE TABLE T(ID INT PRIMARY KEY, NAME VARCHAR(10) UNIQUE, NOTE VARCHAR(10))",
                "CREATE TABLE U(A INT, B VARCHAR(10), DOC CLOB, PRIMARY KEY(A, B))",
                "INSERT INTO T VALUES(1, 'one', 'a'), (2, 'two', 'a'), (3, 'three', 'a')");
        east.connectTo(west);
        east.sync();
        east.execute("INSERT INTO U VALUES(1, 'x', REPEAT('long', 20000)), (2, 'y', 'short')");
        west.execute("UPDATE T SET NOTE = 'b' WHERE ID = 2", "INSERT INTO T VALUES(4, 'four', 'b')");
        west.execute("DELETE FROM T WHERE ID = 3");
        east.sync();
    }

    @AfterEach
    void close() throws SQLException {
        east.closeAfterFaults();
        west.closeAfterFaults();
    }

    private static void below(Node node, String... statements) throws SQLException {
        try (BelowCapture fault = new BelowCapture(node.connection())) {
            fault.execute(statements);
        }
    }

    private static long repair(Node node, String sql) throws SQLException {
        try (Statement statement = node.connection().createStatement()) {
            return statement.executeLargeUpdate(sql);
        }
    }

    private static long repaired(Node node) throws SQLException {
        return node.connection().unwrap(BlazeConnection.class).divergenceRepaired();
    }

    private void assertSame(String... rows) throws SQLException {
        for (Node node : List.of(east, west)) {
            assertThat(node.rows(ALL)).as(node.name()).containsExactly(rows);
            assertThat(node.rows("CHECK SYNC TABLE T")).containsExactly("PUBLIC|T|3|3|0|" + other(node));
        }
    }

    private String other(Node node) {
        return node == east ? "WEST" : "EAST";
    }

    @Test
    void equalNodesHaveNoDifferences() throws SQLException {
        assertThat(east.rows("CHECK SYNC")).containsExactly("PUBLIC|T|3|3|0|WEST", "PUBLIC|U|2|2|0|WEST");
        assertThat(repair(east, "REPAIR SYNC WITH WEST")).isZero();
        assertThat(repaired(east)).isZero();
        assertThat(east.rows(LOST)).isEmpty();
    }

    @Test
    void aChangedValueIsFoundAndTheOneThatLosesIsKept() throws SQLException {
        below(west, "UPDATE T SET NOTE = 'c' WHERE ID = 1");
        assertThat(east.rows("CHECK SYNC WITH WEST")).containsExactly("PUBLIC|T|3|3|1|WEST", "PUBLIC|U|2|2|0|WEST");

        assertThat(repair(east, "REPAIR SYNC WITH WEST")).isEqualTo(1);

        assertSame("1|one|c", "2|two|b", "4|four|b");
        assertThat(east.rows(LOST)).containsExactly("1|NOTE|FORK|a|c");
        assertThat(List.of(repaired(east), repaired(west))).containsExactly(1L, 1L);
    }

    @Test
    void aLostRowComesBack() throws SQLException {
        below(east, "DELETE FROM T WHERE ID IN (1, 4)");
        assertThat(east.rows("CHECK SYNC TABLE T")).containsExactly("PUBLIC|T|1|3|2|WEST");

        assertThat(repair(west, "REPAIR SYNC TABLE T WITH EAST")).isEqualTo(2);

        assertSame("1|one|a", "2|two|b", "4|four|b");
    }

    @Test
    void aRowThatNobodyInsertedGoesToTheOther() throws SQLException {
        below(east, "INSERT INTO U VALUES(7, 'z', REPEAT('much', 30000))");

        assertThat(repair(east, "REPAIR SYNC TABLE U WITH WEST")).isEqualTo(1);

        assertThat(west.rows("SELECT A, B, LENGTH(DOC) FROM U WHERE A = 7")).containsExactly("7|z|120000");
        assertThat(west.rows("CHECK SYNC TABLE U")).containsExactly("PUBLIC|U|3|3|0|EAST");
    }

    @Test
    void aRowThatIsDeletedIsTakenOutAgainAndKeptAsAConflict() throws SQLException {
        below(east, "INSERT INTO T VALUES(3, 'back', 'c')");
        assertThat(west.rows("CHECK SYNC TABLE T")).containsExactly("PUBLIC|T|3|4|1|EAST");

        assertThat(repair(west, "REPAIR SYNC WITH EAST")).isEqualTo(1);

        assertSame("1|one|a", "2|two|b", "4|four|b");
        assertThat(east.value("SELECT LOCAL_VALUE FROM BLAZE.CONFLICTS")).contains("NAME=back", "NOTE=c");
    }

    @Test
    void whatIsRepairedGoesOnToAThirdNode() throws SQLException {
        Node third = Node.open(folder, "third");
        try {
            west.connectTo(third);
            west.sync();
            below(east, "INSERT INTO T VALUES(9, 'nine', 'x')");

            repair(east, "REPAIR SYNC WITH WEST");
            west.sync();

            assertThat(third.rows(ALL)).isEqualTo(east.rows(ALL)).contains("9|nine|x");
            assertThat(west.rows("CHECK SYNC TABLE T")).containsExactly("PUBLIC|T|4|4|0|EAST", "PUBLIC|T|4|4|0|THIRD");
        } finally {
            third.closeAfterFaults();
        }
    }

    @Test
    void onlyTheNamedTablesAreRepaired() throws SQLException {
        below(east, "UPDATE T SET NOTE = 'c' WHERE ID = 1", "DELETE FROM U");

        assertThat(repair(east, "REPAIR SYNC TABLE U WITH WEST")).isEqualTo(2);

        assertThat(east.rows("CHECK SYNC")).containsExactly("PUBLIC|T|3|3|1|WEST", "PUBLIC|U|2|2|0|WEST");
    }

    @Test
    void aClosedDirectionIsNotRepaired() throws SQLException {
        east.execute("DISCONNECT FROM WEST");
        east.connectTo(west, "MODE READ ONLY");
        east.sync();
        below(west, "INSERT INTO T VALUES(8, 'eight', 'w')");
        below(east, "INSERT INTO T VALUES(9, 'nine', 'e')");

        repair(east, "REPAIR SYNC WITH WEST");

        boolean toWest = west.rows(ALL).contains("9|nine|e");
        boolean toEast = east.rows(ALL).contains("8|eight|w");
        assertThat(toWest ^ toEast).isTrue();
        assertThat(east.rows("CHECK SYNC TABLE T").get(0)).endsWith("|0|WEST");
    }

    @Test
    void itWorksWhileOthersWrite() throws Exception {
        below(west, "UPDATE T SET NOTE = 'c' WHERE ID = 1");
        try (Connection another = east.another()) {
            another.setAutoCommit(false);
            Sql.execute(another, "INSERT INTO T VALUES(50, 'open', 'x')");

            assertThat(repair(east, "REPAIR SYNC WITH WEST")).isEqualTo(1);
            another.commit();
        }
        east.sync();
        assertThat(west.rows(ALL)).isEqualTo(east.rows(ALL)).contains("1|one|c", "50|open|x");
    }

    @Test
    void wrongNamesAreErrorsWithTheNearestOne() {
        Refusal table = Refusal.of(east.connection(), "CHECK SYNC TABLE TT");
        assertThat(table.state()).isEqualTo("42000");
        assertThat(table.message()).contains("TT", "nearest name is T");

        Refusal node = Refusal.of(east.connection(), "REPAIR SYNC WITH WEAST");
        assertThat(node.state()).isEqualTo("ZB111");
        assertThat(node.message()).contains("WEAST", "nearest name is");
    }

    @Test
    void aPausedPeerCannotBeComparedWith() throws SQLException {
        east.execute("PAUSE SYNC");

        Refusal refusal = Refusal.of(east.connection(), "REPAIR SYNC WITH WEST");

        assertThat(refusal.state()).isEqualTo("ZB310");
        assertThat(refusal.message()).contains("WEST", "paused", "RESUME SYNC");
    }

    @Test
    void onlyAnAdministratorMay() throws SQLException {
        east.execute("CREATE USER GUEST PASSWORD 'guest'");
        try (Connection guest = DriverManager.getConnection(east.url(), "GUEST", "guest")) {
            assertThat(Refusal.of(guest, "CHECK SYNC").state()).isEqualTo("42501");
            assertThat(Refusal.of(guest, "REPAIR SYNC WITH WEST").state()).isEqualTo("42501");
        }
    }
}
