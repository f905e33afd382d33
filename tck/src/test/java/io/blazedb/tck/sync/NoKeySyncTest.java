package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.h2.mvstore.tx.BelowCapture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of tables without a primary key are rows of their own, however alike, and stay the same rows everywhere. */
class NoKeySyncTest {
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
        east.closeAfterFaults();
        west.closeAfterFaults();
    }

    private void connected(String... statements) throws SQLException {
        east.execute(statements);
        east.connectTo(west, "WITH (INTERVAL 1)");
        east.sync();
    }

    private void assertBoth(String... rows) throws SQLException {
        east.sync();
        assertThat(east.rows(ALL)).as("east").containsExactly(rows);
        assertThat(west.rows(ALL)).as("west").containsExactly(rows);
        assertThat(east.rows("CHECK SYNC")).isNotEmpty().allMatch(table -> table.matches(".*\\|0\\|[^|]*"));
    }

    @Test
    void rowsGoBothWays() throws SQLException {
        connected("CREATE TABLE T(N INT, NOTE VARCHAR(20))", "INSERT INTO T VALUES(1, 'old'), (2, 'old')");

        east.execute("INSERT INTO T VALUES(3, 'east')", "UPDATE T SET NOTE = 'new' WHERE N = 1");
        west.execute("INSERT INTO T VALUES(4, 'west')", "DELETE FROM T WHERE N = 2");
        assertBoth("1|new", "3|east", "4|west");
        west.execute("UPDATE T SET N = N + 10 WHERE NOTE = 'east'");
        east.execute("UPDATE T SET N = N + 20 WHERE NOTE = 'west'", "DELETE FROM T WHERE N = 1");
        assertBoth("13|east", "24|west");
        assertThat(east.rows("SELECT * FROM BLAZE.CONFLICTS")).isEmpty();
        assertThat(east.rows("SELECT TABLE_NAME, SYNCED, REASON FROM BLAZE.SYNC_TABLES"))
                .containsExactly("T|TRUE|null");
    }

    @Test
    void equalRowsAreTwoRows() throws SQLException {
        connected("CREATE TABLE T(N INT, NOTE VARCHAR(20))", "INSERT INTO T VALUES(1, 'twin'), (1, 'twin')");

        east.execute("PAUSE SYNC", "INSERT INTO T VALUES(2, 'both')");
        west.execute("INSERT INTO T VALUES(2, 'both')", "DELETE FROM T WHERE N = 1 FETCH FIRST ROW ONLY");
        east.execute("RESUME SYNC");

        assertBoth("1|twin", "2|both", "2|both");
    }

    @Test
    void whatBothHadBeforeIsNotTakenForTheSame() throws SQLException {
        west.execute("CREATE TABLE T(N INT, NOTE VARCHAR(20))", "INSERT INTO T VALUES(1, 'alike')");
        connected("CREATE TABLE T(N INT, NOTE VARCHAR(20))", "INSERT INTO T VALUES(1, 'alike'), (2, 'east')");

        assertBoth("1|alike", "1|alike", "2|east");
    }

    @Test
    void writesToOneRowOnBothSidesAreAConflict() throws SQLException {
        connected("CREATE TABLE T(N INT, NOTE VARCHAR(20))", "INSERT INTO T VALUES(1, 'old'), (1, 'old')");

        east.execute("PAUSE SYNC", "UPDATE T SET NOTE = 'east' FETCH FIRST ROW ONLY");
        west.execute("UPDATE T SET NOTE = 'west'");
        east.execute("RESUME SYNC");
        east.sync();
        assertThat(east.rows(ALL)).isEqualTo(west.rows(ALL)).contains("1|west");

        assertThat(east.value("SELECT ROW_KEY FROM BLAZE.CONFLICTS")).matches("[0-9a-f-]{36}/\\d+");
        east.execute("RESOLVE CONFLICT " + east.value("SELECT ID FROM BLAZE.CONFLICTS") + " USING LOCAL");
        assertBoth("1|east", "1|west");
    }

    @Test
    void alterTableKeepsTheRowsWhatTheyAre() throws SQLException {
        connected(
                "CREATE TABLE T(N INT, NOTE VARCHAR(20))",
                "INSERT INTO T VALUES(1, 'a'), (2, 'b'), (3, 'c'), (4, 'd')",
                "DELETE FROM T WHERE N = 2");
        west.execute("INSERT INTO T VALUES(5, 'west')");
        east.sync();

        east.execute("ALTER TABLE T ADD COLUMN MORE INT DEFAULT 7", "INSERT INTO T VALUES(6, 'f', 8)");
        east.sync(); // H2 loses what is written to a table while it is altered
        west.execute("UPDATE T SET NOTE = NOTE || '!' WHERE N IN (3, 5)", "DELETE FROM T WHERE N = 4");
        assertBoth("1|a|7", "3|c!|7", "5|west!|7", "6|f|8");

        west.execute("CREATE INDEX BY_NOTE ON T(NOTE)", "ALTER TABLE T DROP COLUMN MORE");
        west.execute("UPDATE T SET NOTE = UPPER(NOTE)");
        east.execute("UPDATE T SET MORE = 9 WHERE N = 1", "ALTER TABLE T ALTER COLUMN N SET DATA TYPE BIGINT");
        east.sync();
        assertThat(east.rows(ALL)).containsExactly("1|A|9", "3|C!|7", "5|WEST!|7", "6|F|8");
        assertThat(west.rows(ALL)).containsExactly("1|A", "3|C!", "5|WEST!", "6|F");
    }

    @Test
    void aNumberIsGivenOnce() throws SQLException {
        connected("CREATE TABLE T(N INT, NOTE VARCHAR(20))", "INSERT INTO T VALUES(1, 'a'), (2, 'b')");

        for (int i = 0; i < 3; i++) {
            west.execute("PAUSE SYNC", "UPDATE T SET NOTE = 'late' WHERE N > 1");
            east.execute("DELETE FROM T WHERE N > 1");
            east.close();
            east = Node.open(folder, "east");
            east.execute("INSERT INTO T VALUES(" + (10 + i) + ", 'next')");
            west.execute("RESUME SYNC");
            assertBoth("1|a", (10 + i) + "|next");
        }
        east.execute("DROP TABLE T", "CREATE TABLE T AS SELECT 20 N, CAST('made' AS VARCHAR(20)) NOTE");
        east.sync();
        assertBoth("1|a", "12|next", "20|made");
    }

    @Test
    void uniqueAndForeignKeysHold() throws SQLException {
        connected(
                "CREATE TABLE P(ID INT PRIMARY KEY)",
                "INSERT INTO P VALUES(1), (2)",
                "CREATE TABLE T(N INT UNIQUE, P INT REFERENCES P(ID))",
                "INSERT INTO T VALUES(1, 1)");

        east.execute("PAUSE SYNC", "INSERT INTO T VALUES(2, 1)", "DELETE FROM P WHERE ID = 2");
        west.execute("INSERT INTO T VALUES(2, 1), (3, 2)");
        east.execute("RESUME SYNC");
        assertBoth("1|1", "2|1");
        assertThat(east.rows("SELECT KIND FROM BLAZE.CONFLICTS WHERE STATUS = 'HIDDEN' ORDER BY 1"))
                .containsExactly("FOREIGN_KEY", "UNIQUE");

        west.execute("UPDATE T SET N = 4 WHERE N = 2");
        east.execute("INSERT INTO P VALUES(2)");
        east.sync();
        assertBoth("1|1", "2|1", "3|2", "4|1");
    }

    @Test
    void aNewNodeGetsThemAndGoesOn() throws SQLException {
        connected("CREATE TABLE T(N INT, NOTE VARCHAR(20))", "INSERT INTO T VALUES(1, 'a'), (2, 'b'), (3, 'c')");
        west.execute("INSERT INTO T VALUES(4, 'd')", "DELETE FROM T WHERE N = 1");
        east.sync();
        try (Node late = Node.open(folder, "late")) {
            west.connectTo(late, "WITH (INTERVAL 1)");
            west.sync();

            late.execute("UPDATE T SET NOTE = NOTE || ' late'", "DELETE FROM T WHERE N = 3");
            late.sync();
            assertBoth("2|b late", "4|d late");
            assertThat(late.rows(ALL)).isEqualTo(east.rows(ALL));
        }
    }

    @Test
    void aTableThatLosesItsKeyIsLeftAloneAndSaysWhy() throws SQLException {
        connected("CREATE TABLE T(N INT PRIMARY KEY, NOTE VARCHAR(20))", "INSERT INTO T VALUES(1, 'a')");

        assertThat(west.warnings("ALTER TABLE T DROP PRIMARY KEY"))
                .singleElement()
                .asString()
                .contains("\"PUBLIC\".\"T\" cannot be synced", "ADD PRIMARY KEY");
        east.execute("INSERT INTO T VALUES(2, 'b')");
        west.execute("INSERT INTO T VALUES(3, 'c')");
        east.sync();
        assertThat(west.rows(ALL)).containsExactly("1|a", "3|c");
        assertThat(west.value("SELECT REASON FROM BLAZE.SYNC_TABLES")).contains("no primary key any more");

        west.execute("ALTER TABLE T ADD PRIMARY KEY(N)");
        east.sync();
        assertThat(west.rows(ALL)).containsExactly("1|a", "2|b", "3|c");
        assertThat(east.rows("SELECT N FROM T")).contains("1", "2");
    }

    @Test
    void rowsFromBeforeThatAreNumberedByAKeyAreLeftAlone() throws SQLException {
        east.execute(
                "CREATE TABLE T(N BIGINT PRIMARY KEY, NOTE VARCHAR(20))",
                "INSERT INTO T VALUES(-1, 'a'), (9000000000000000, 'b')",
                "ALTER TABLE T DROP PRIMARY KEY");

        assertThat(east.warnings("CONNECT TO '" + west.url() + "'"))
                .singleElement()
                .asString()
                .contains("PUBLIC.T", "CREATE TABLE ... AS");
    }

    @Test
    void anApplicationCannotNumberRows() throws SQLException {
        connected("CREATE TABLE T(N INT, NOTE VARCHAR(20))");

        assertThatThrownBy(() -> east.execute("INSERT INTO T(_ROWID_, N) VALUES(-77777777777777777, 1)"))
                .hasMessageContaining("_ROWID_");

        assertBoth();
    }

    @Test
    void tablesWithAKeyAreNumberedAsEver() throws SQLException {
        connected("CREATE TABLE T(N INT, NOTE VARCHAR(20))");

        east.execute("CREATE TABLE K(A VARCHAR(9) PRIMARY KEY, B INT)", "INSERT INTO K VALUES('a', 1), ('b', 2)");
        east.execute("CREATE TABLE L(A VARCHAR(9), B INT)", "INSERT INTO L VALUES('a', 1), ('b', 2)");

        assertThat(east.rows("SELECT _ROWID_ FROM K ORDER BY 1")).containsExactly("1", "2");
        assertThat(east.rows("SELECT _ROWID_ FROM L WHERE _ROWID_ < 1000")).isEmpty();
        east.sync();
        assertThat(west.rows("SELECT * FROM L ORDER BY 1")).containsExactly("a|1", "b|2");
    }

    @Test
    void largeObjectsComeAlong() throws SQLException {
        connected("CREATE TABLE T(N INT, NOTE CLOB)", "INSERT INTO T VALUES(1, REPEAT('long', 30000)), (2, 'short')");

        west.execute("UPDATE T SET N = N + 10", "UPDATE T SET NOTE = REPEAT('more', 20000) WHERE N = 12");
        west.sync();
        east.execute("ALTER TABLE T ADD COLUMN MORE INT", "UPDATE T SET NOTE = NOTE || '!' WHERE N = 11");
        east.sync();

        for (Node node : List.of(east, west)) {
            assertThat(node.rows("SELECT N, LENGTH(NOTE), RIGHT(NOTE, 2) FROM T ORDER BY N"))
                    .as(node.name())
                    .containsExactly("11|120001|g!", "12|80000|re");
        }
    }

    @Test
    void mergeRulesAreForThemToo() throws SQLException {
        connected(
                "CREATE TABLE T(N INT, NOTE VARCHAR(20))",
                "INSERT INTO T VALUES(1, 'a')",
                "CREATE MERGE RULE ON T (N) USING COUNTER");

        east.execute("PAUSE SYNC", "UPDATE T SET N = N + 1");
        west.execute("UPDATE T SET N = N + 5");
        east.execute("RESUME SYNC");

        assertBoth("7|a");
    }

    @Test
    void whatDiffersIsFoundAndRepaired() throws SQLException {
        connected("CREATE TABLE T(N INT, NOTE VARCHAR(20))", "INSERT INTO T VALUES(1, 'a'), (2, 'b'), (2, 'b')");
        west.execute("INSERT INTO T VALUES(3, 'c')");
        east.sync();
        try (BelowCapture fault = new BelowCapture(east.connection())) {
            fault.execute(
                    "UPDATE T SET NOTE = 'x' WHERE N = 1",
                    "DELETE FROM T WHERE N = 2 FETCH FIRST ROW ONLY",
                    "INSERT INTO T VALUES(4, 'd')");
        }

        assertThat(east.rows("CHECK SYNC")).containsExactly("PUBLIC|T|4|4|3|WEST");
        east.execute("REPAIR SYNC WITH WEST");

        assertThat(east.rows(ALL)).isEqualTo(west.rows(ALL));
        assertThat(west.rows("SELECT * FROM T WHERE N > 1 ORDER BY 1")).containsExactly("2|b", "2|b", "3|c", "4|d");
        assertThat(east.rows("CHECK SYNC")).containsExactly("PUBLIC|T|5|5|0|WEST");
    }
}
