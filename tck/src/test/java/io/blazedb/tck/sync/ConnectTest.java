package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.tck.Sql;
import io.blazedb.tck.Target;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two databases and the statement that connects them. */
class ConnectTest {
    private static final String TABLE = "CREATE TABLE T(ID INT PRIMARY KEY, NOTE VARCHAR(40))";
    private static final String ALL = "SELECT ID, NOTE FROM T ORDER BY ID";

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

    @Test
    void oneStatementIsEnough() throws SQLException {
        east.execute(TABLE, "INSERT INTO T VALUES(1, 'a')");

        east.connectTo(west);
        east.sync();

        assertThat(west.rows(ALL)).containsExactly("1|a");
        east.execute("INSERT INTO T VALUES(2, 'b')", "UPDATE T SET NOTE = 'A' WHERE ID = 1");
        east.sync();
        assertThat(west.rows(ALL)).containsExactly("1|A", "2|b");
    }

    @Test
    void aDatabaseThatIsNotThereIsMade() throws SQLException {
        east.execute(TABLE, "INSERT INTO T VALUES(1, 'a')");
        String url = Target.BLAZE_FILE.url(folder.resolve("fresh"));

        east.execute("CONNECT TO '" + url + "'", "SYNC");

        try (Connection fresh = Target.connect(url + ";IFEXISTS=TRUE")) {
            assertThat(Sql.rows(fresh, ALL)).containsExactly("1|a");
        }
    }

    @Test
    void bothDirectionsFlow() throws SQLException {
        east.execute(TABLE);
        east.connectTo(west);
        east.sync();

        east.execute("INSERT INTO T VALUES(1, 'east'), (2, 'east')");
        west.execute("INSERT INTO T VALUES(3, 'west'), (4, 'west')");
        east.sync();
        west.execute("UPDATE T SET NOTE = 'changed' WHERE ID = 1");
        east.execute("DELETE FROM T WHERE ID = 3");
        west.sync();

        assertThat(east.rows(ALL)).containsExactly("1|changed", "2|east", "4|west");
        assertThat(west.rows(ALL)).isEqualTo(east.rows(ALL));
    }

    @Test
    void rowsOfBothSidesMerge() throws SQLException {
        east.execute(TABLE, "INSERT INTO T VALUES(1, 'east'), (2, 'same')");
        west.execute(TABLE, "INSERT INTO T VALUES(2, 'same'), (3, 'west')");

        east.connectTo(west);
        east.sync();

        assertThat(east.rows(ALL)).containsExactly("1|east", "2|same", "3|west");
        assertThat(west.rows(ALL)).isEqualTo(east.rows(ALL));
    }

    @Test
    void manyRowsOfBothSidesMerge() throws SQLException {
        east.execute(TABLE, "INSERT INTO T SELECT X * 2, 'east' FROM SYSTEM_RANGE(1, 5000)");
        west.execute(TABLE, "INSERT INTO T SELECT X * 2 + 1, 'west' FROM SYSTEM_RANGE(1, 5000)");

        east.connectTo(west);
        east.sync();

        assertThat(TableComparison.differences(east.connection(), west.connection()))
                .isEmpty();
        assertThat(west.value("SELECT COUNT(*) FROM T")).isEqualTo("10000");
    }

    @Test
    void writersGoOnWhileTheCopyIsMade() throws Exception {
        east.execute(TABLE, "INSERT INTO T SELECT X, 'old' FROM SYSTEM_RANGE(1, 20000)");
        try (BackgroundWriter writer = BackgroundWriter.start(east.url(), (connection, i) -> {
            Sql.execute(
                    connection,
                    "UPDATE T SET NOTE = 'new " + i + "' WHERE ID = " + (1 + i * 37 % 20_000),
                    "DELETE FROM T WHERE ID = " + (1 + i * 91 % 20_000),
                    "INSERT INTO T VALUES(" + (100_000 + i) + ", 'added')");
        })) {
            writer.awaitRounds(50);
            east.connectTo(west);
            writer.awaitRounds(200);
        }
        east.sync();

        assertThat(TableComparison.differences(east.connection(), west.connection()))
                .isEmpty();
        assertThat(west.value("SELECT COUNT(*) >= 200 FROM T WHERE NOTE = 'added'"))
                .isEqualTo("TRUE");
    }

    @Test
    void readOnlyClosesTheWayBack() throws SQLException {
        east.execute(TABLE, "INSERT INTO T VALUES(1, 'a')");
        east.connectTo(west, "MODE READ ONLY");
        east.sync();

        east.execute("INSERT INTO T VALUES(2, 'b')");
        west.execute("INSERT INTO T VALUES(3, 'local')");
        east.sync();
        west.sync();

        assertThat(east.rows(ALL)).containsExactly("1|a", "2|b");
        assertThat(west.rows(ALL)).containsExactly("1|a", "2|b", "3|local");
    }

    @Test
    void writeOnlyClosesTheWayThere() throws SQLException {
        east.execute(TABLE, "INSERT INTO T VALUES(1, 'local')");
        west.execute(TABLE, "INSERT INTO T VALUES(2, 'b')");
        east.connectTo(west, "MODE WRITE ONLY");
        east.sync();

        west.execute("INSERT INTO T VALUES(3, 'c')");
        east.execute("INSERT INTO T VALUES(4, 'local')");
        east.sync();

        assertThat(east.rows(ALL)).containsExactly("1|local", "2|b", "3|c", "4|local");
        assertThat(west.rows(ALL)).containsExactly("2|b", "3|c");
    }

    @Test
    void aWriteThatStaysHereWarnsOncePerStatement() throws SQLException {
        east.execute(TABLE, "INSERT INTO T VALUES(1, 'a')");
        west.execute("CREATE GLOBAL TEMPORARY TABLE LOCAL_ONLY(N INT)");
        assertThat(west.warnings("INSERT INTO LOCAL_ONLY VALUES(1)")).isEmpty();
        east.connectTo(west, "MODE READ ONLY");
        east.sync();

        assertStays(west.warnings("INSERT INTO T VALUES(2, 'local')"));
        assertThat(west.warnings("INSERT INTO LOCAL_ONLY VALUES(2)")).isEmpty();
        assertThat(west.warnings("UPDATE T SET NOTE = 'none' WHERE ID = 99")).isEmpty();
        assertThat(west.warnings("SELECT * FROM T")).isEmpty();
        assertThat(east.warnings("INSERT INTO T VALUES(3, 'b')")).isEmpty();
        west.connection().setAutoCommit(false);
        assertStays(west.warnings("UPDATE T SET NOTE = 'mine' WHERE ID = 2"));
        assertThat(west.warnings("INSERT INTO LOCAL_ONLY VALUES(3)")).isEmpty();
        assertStays(west.warnings("DELETE FROM T WHERE ID = 2"));
        assertThat(west.warnings("COMMIT")).isEmpty();
        west.connection().setAutoCommit(true);
    }

    @Test
    void aPreparedWriteThatStaysHereWarns() throws SQLException {
        east.execute(TABLE);
        west.execute(TABLE);
        east.connectTo(west, "MODE WRITE ONLY");
        east.sync();

        try (PreparedStatement insert = east.connection().prepareStatement("INSERT INTO T VALUES(?, 'local')")) {
            insert.setInt(1, 1);
            insert.executeUpdate();
            assertStays(messages(insert.getWarnings()));
            assertStays(messages(insert.getWarnings()));
            insert.clearWarnings();
            assertThat(messages(insert.getWarnings())).isEmpty();
            insert.setInt(1, 2);
            insert.addBatch();
            insert.executeBatch();
            assertStays(messages(insert.getWarnings()));
        }
        assertThat(west.warnings("INSERT INTO T VALUES(3, 'sent')")).isEmpty();
    }

    @Test
    void oneOpenDirectionIsEnoughForSilence() throws SQLException {
        east.execute(TABLE);
        try (Node north = Node.open(folder, "north")) {
            east.connectTo(west, "MODE READ ONLY");
            west.connectTo(north);
            east.sync();
            west.sync();

            assertThat(west.warnings("INSERT INTO T VALUES(1, 'to the north')")).isEmpty();
            west.execute("DISCONNECT FROM '" + north.url() + "'");
            assertStays(west.warnings("INSERT INTO T VALUES(2, 'local')"));
            east.execute("DISCONNECT FROM '" + west.url() + "'");
            assertThat(west.warnings("INSERT INTO T VALUES(3, 'alone')")).isEmpty();
        }
    }

    private static void assertStays(List<String> warnings) {
        assertThat(warnings).singleElement().asString().contains("stays in this database", "MODE BIDIRECTIONAL");
    }

    private static List<String> messages(@Nullable SQLWarning first) {
        List<String> messages = new ArrayList<>();
        for (SQLWarning one = first; one != null; one = one.getNextWarning()) {
            messages.add(one.getMessage());
        }
        return messages;
    }

    @Test
    void disconnectEndsIt() throws SQLException {
        east.execute(TABLE, "INSERT INTO T VALUES(1, 'a')");
        east.connectTo(west);
        east.sync();

        east.execute("DISCONNECT FROM '" + west.url() + "'");
        east.execute("INSERT INTO T VALUES(2, 'east')");
        west.execute("INSERT INTO T VALUES(3, 'west')");
        east.sync();
        west.sync();

        assertThat(east.rows(ALL)).containsExactly("1|a", "2|east");
        assertThat(west.rows(ALL)).containsExactly("1|a", "3|west");
        assertThat(east.rows("SELECT * FROM BLAZE.CONNECTIONS")).isEmpty();
        assertThat(west.rows("SELECT * FROM BLAZE.CONNECTIONS")).isEmpty();
    }

    @Test
    void connectingAgainBringsWhatWasMissed() throws SQLException {
        east.execute(TABLE, "INSERT INTO T VALUES(1, 'a'), (2, 'a'), (3, 'a')");
        east.connectTo(west);
        east.sync();
        east.execute("DISCONNECT FROM west");

        east.execute("UPDATE T SET NOTE = 'east' WHERE ID = 1", "DELETE FROM T WHERE ID = 2");
        west.execute("UPDATE T SET NOTE = 'west' WHERE ID = 3", "INSERT INTO T VALUES(4, 'west')");
        west.connectTo(east);
        west.sync();

        assertThat(east.rows(ALL)).containsExactly("1|east", "3|west", "4|west");
        assertThat(west.rows(ALL)).isEqualTo(east.rows(ALL));
    }

    @Test
    void aPairIsConnectedOnce() throws SQLException {
        east.connectTo(west);

        for (Node node : List.of(east, west)) {
            Node other = node == east ? west : east;
            assertThatThrownBy(() -> node.connectTo(other))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("ZB112"))
                    .hasMessageContainingAll("EAST", "WEST", "DISCONNECT");
        }
        assertThat(east.rows("SELECT SOURCE, TARGET, MODE FROM BLAZE.CONNECTIONS"))
                .containsExactly("EAST|WEST|BIDIRECTIONAL");
    }

    @Test
    void pauseStopsBothDirections() throws SQLException {
        east.execute(TABLE);
        east.connectTo(west);
        east.sync();

        east.execute("PAUSE SYNC WITH west");
        east.execute("INSERT INTO T VALUES(1, 'east')");
        west.execute("INSERT INTO T VALUES(2, 'west')");
        assertThat(east.warnings("SYNC")).singleElement().asString().contains("WEST", "RESUME SYNC");
        assertThat(east.rows(ALL)).containsExactly("1|east");
        assertThat(west.rows(ALL)).containsExactly("2|west");
        assertThat(west.rows("SELECT STATE FROM BLAZE.CONNECTIONS")).containsExactly("PAUSED");

        west.execute("RESUME SYNC");
        east.sync();
        assertThat(east.rows(ALL)).containsExactly("1|east", "2|west");
        assertThat(west.rows(ALL)).isEqualTo(east.rows(ALL));
    }

    @Test
    void aTransactionArrivesWholeAndARolledBackOneNever() throws SQLException {
        east.execute(TABLE);
        east.connectTo(west);
        Connection connection = east.connection();
        connection.setAutoCommit(false);
        east.execute("INSERT INTO T VALUES(1, 'a')", "INSERT INTO T VALUES(2, 'b')");
        try (Connection other = east.another()) {
            Sql.execute(other, "SYNC");
            assertThat(west.rows("SELECT COUNT(*) FROM T")).containsExactly("0");
        }
        connection.commit();
        east.execute("DELETE FROM T");
        connection.rollback();
        connection.setAutoCommit(true);

        east.sync();

        assertThat(west.rows(ALL)).containsExactly("1|a", "2|b");
        assertThat(west.rows("SELECT COUNT(DISTINCT TX) FROM BLAZE.OPERATIONS WHERE TABLE_NAME = 'T'"))
                .containsExactly("1");
    }
}
