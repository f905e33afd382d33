package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What merge rules do to writes that met: counts are exact, extrema stay, groups are never mixed. */
class MergeRuleEffectTest {
    private static final String ALL = "SELECT * FROM T ORDER BY ID";

    @TempDir
    Path folder;

    private Node east;
    private Node west;

    @BeforeEach
    void open() throws SQLException {
        east = Node.open(folder, "east");
        west = Node.open(folder, "west");
        east.execute(
                "CREATE TABLE T(ID INT PRIMARY KEY, N INT, SMALL TINYINT, HIGH NUMERIC(8, 2), LOW DATE,"
                        + " LAT INT, LON INT)",
                "INSERT INTO T VALUES(1, 40, 100, 5.50, DATE '2026-03-01', 0, 0)");
    }

    private void connectWithRules() throws SQLException {
        east.connectTo(west);
        east.execute(
                "CREATE MERGE RULE ON T (N) USING COUNTER",
                "CREATE MERGE RULE ON T (SMALL) USING COUNTER",
                "CREATE MERGE RULE ON T (HIGH) USING MAX",
                "CREATE MERGE RULE ON T (LOW) USING MIN",
                "CREATE MERGE RULE ON T (LAT, LON) USING LAST WRITER");
        settle();
    }

    private void settle() throws SQLException {
        Node.settle(List.of(east, west));
    }

    private void apart() throws SQLException {
        east.execute("PAUSE SYNC");
    }

    private void together() throws SQLException {
        east.execute("RESUME SYNC");
        settle();
        assertThat(east.rows(ALL)).isEqualTo(west.rows(ALL));
    }

    @AfterEach
    void close() throws SQLException {
        east.close();
        west.close();
    }

    @Test
    void whatBothAddIsAdded() throws SQLException {
        connectWithRules();
        apart();
        east.execute("UPDATE T SET N = N + 5", "UPDATE T SET N = N + 1");
        west.execute("UPDATE T SET N = N - 10");

        together();

        assertThat(east.value("SELECT N FROM T")).isEqualTo("36");
        assertThat(east.value("SELECT COUNT(*) FROM BLAZE.CONFLICTS")).isEqualTo("0");
    }

    @Test
    void insertsOfOneKeyAdd() throws SQLException {
        connectWithRules();
        apart();
        east.execute("INSERT INTO T(ID, N, HIGH) VALUES(2, 7, 1)");
        west.execute("INSERT INTO T(ID, N, HIGH) VALUES(2, 8, 2)");

        together();

        assertThat(west.rows("SELECT N, HIGH FROM T WHERE ID = 2")).containsExactly("15|2.00");
    }

    @Test
    void aThirdNodeGetsTheCountWithTheCopyAndAddsToIt() throws SQLException {
        connectWithRules();
        east.execute("UPDATE T SET N = N + 2");
        west.execute("UPDATE T SET N = N + 3");
        settle();
        try (Node third = Node.open(folder, "third")) {
            third.connectTo(east);
            third.sync();
            assertThat(third.value("SELECT N FROM T")).isEqualTo("45");

            third.execute("UPDATE T SET N = N + 100");
            west.execute("UPDATE T SET N = N + 1000");
            Node.settle(List.of(third, east, west));

            assertThat(List.of(third.rows(ALL), west.rows(ALL))).containsOnly(east.rows(ALL));
            assertThat(east.value("SELECT N FROM T")).isEqualTo("1145");
        }
    }

    /** The key of the row of U that both nodes hide: one of two, each inserted at one of them, with one name. */
    private int hideARowWithACounter() throws SQLException {
        east.execute("CREATE TABLE U(ID INT PRIMARY KEY, NAME VARCHAR(5) UNIQUE, N INT)");
        connectWithRules();
        apart();
        east.execute("INSERT INTO U VALUES(1, 'a', 5)");
        west.execute("INSERT INTO U VALUES(2, 'a', 40)");
        together();
        east.execute("CREATE MERGE RULE ON U (N) USING COUNTER");
        settle();
        return west.rows("SELECT ID FROM U").equals(List.of("1")) ? 2 : 1;
    }

    @Test
    void anInsertOverAHiddenRowShowsTheSameCountEverywhere() throws SQLException {
        int hidden = hideARowWithACounter();

        west.execute("INSERT INTO U VALUES(" + hidden + ", 'b', 7)");
        east.execute("UPDATE U SET N = N + 1");
        settle();

        assertThat(west.value("SELECT N FROM U WHERE NAME = 'b'")).isIn("7", "8");
        assertThat(east.rows("SELECT * FROM U ORDER BY ID")).isEqualTo(west.rows("SELECT * FROM U ORDER BY ID"));
    }

    /** Whoever asks for an operation first has it made; whoever comes later gets it as it was then. */
    @Test
    void anInsertOverAHiddenRowSaysTheSameWhenItIsReadAgain() throws SQLException {
        int hidden = hideARowWithACounter();
        apart();

        west.execute("INSERT INTO U VALUES(" + hidden + ", 'b', 7)");
        List<String> first = west.rows("SELECT * FROM BLAZE.OPERATIONS");
        List<String> second = west.rows("SELECT * FROM BLAZE.OPERATIONS");
        together();

        assertThat(second).isEqualTo(first);
        assertThat(east.value("SELECT N FROM U WHERE NAME = 'b'")).isEqualTo("7");
        assertThat(east.rows("SELECT * FROM U ORDER BY ID")).isEqualTo(west.rows("SELECT * FROM U ORDER BY ID"));
    }

    @Test
    void aCountLargerThanItsTypeIsShownAsTheLargestAndKeptExactly() throws SQLException {
        connectWithRules();
        apart();
        east.execute("UPDATE T SET SMALL = SMALL + 20");
        west.execute("UPDATE T SET SMALL = SMALL + 20");
        together();
        assertThat(east.value("SELECT SMALL FROM T")).isEqualTo("127");
        assertThat(east.value("SELECT KIND FROM BLAZE.CONFLICTS")).isEqualTo("COUNTER");

        apart();
        west.execute("UPDATE T SET SMALL = 117");
        together();

        assertThat(east.value("SELECT SMALL FROM T")).isEqualTo("117");
    }

    @Test
    void whatIsAddedToADeletedRowIsAConflict() throws SQLException {
        connectWithRules();
        apart();
        east.execute("DELETE FROM T");
        west.execute("UPDATE T SET N = N + 5");

        together();

        assertThat(east.rows("SELECT * FROM T")).isEmpty();
        assertThat(east.rows("SELECT COLUMN_NAME, KIND FROM BLAZE.CONFLICTS")).contains("N|COUNTER");
    }

    @Test
    void theExtremumStaysWhateverTheClocksSay() throws SQLException {
        connectWithRules();
        apart();
        east.execute("UPDATE T SET HIGH = 9.25, LOW = DATE '2026-02-01'");
        west.execute("UPDATE T SET HIGH = 7, LOW = DATE '2026-02-02'");

        together();

        assertThat(west.rows("SELECT HIGH, LOW FROM T")).containsExactly("9.25|2026-02-01");
    }

    @Test
    void aWriteThatARuleWouldUndoIsRefusedAndItsTransactionRolledBack() throws SQLException {
        connectWithRules();

        assertThatThrownBy(() -> east.execute("UPDATE T SET HIGH = 5.49, LAT = 1"))
                .isInstanceOfSatisfying(SQLException.class, error -> {
                    assertThat(error.getSQLState()).isEqualTo("ZB401");
                    assertThat((Throwable) error)
                            .hasMessageContaining("PUBLIC.T.HIGH")
                            .hasMessageContaining("5.50")
                            .hasMessageContaining("5.49")
                            .hasMessageContaining("Remedy");
                });
        assertThatThrownBy(() -> east.execute("UPDATE T SET LOW = DATE '2026-03-02'"))
                .hasMessageContaining("MIN");
        assertThatThrownBy(() -> east.execute("UPDATE T SET N = NULL")).hasMessageContaining("COUNTER");
        assertThat(east.rows("SELECT HIGH, LOW, N, LAT FROM T")).containsExactly("5.50|2026-03-01|40|0");

        east.execute("DELETE FROM T", "INSERT INTO T(ID, HIGH) VALUES(1, 1)", "UPDATE T SET LAT = 2");
        settle();
        assertThat(west.rows("SELECT HIGH, LAT FROM T")).containsExactly("1.00|2");
    }

    @Test
    void aGroupIsOneAuthors() throws SQLException {
        connectWithRules();
        apart();
        east.execute("UPDATE T SET LAT = 1");
        west.execute("UPDATE T SET LON = 2");

        together();

        assertThat(east.value("SELECT LAT || ':' || LON FROM T")).isIn("1:0", "0:2");
        assertThat(east.value("SELECT COUNT(*) FROM BLAZE.CONFLICTS")).isNotEqualTo("0");
    }

    /** Rules come, change and go while both count; what was added at any time is in the count. */
    @Test
    void countsStayExactWhileRulesOfOtherColumnsChange() throws SQLException {
        connectWithRules();
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        long expected = 40;
        for (int round = 0; round < 5; round++) {
            apart();
            for (int i = 0; i < 4; i++) {
                int delta = random.nextInt(21) - 10;
                expected += delta;
                (random.nextBoolean() ? east : west).execute("UPDATE T SET N = N + " + delta);
            }
            together();
            assertThat(east.value("SELECT N FROM T")).as("seed %d", seed).isEqualTo(Long.toString(expected));
            (random.nextBoolean() ? east : west)
                    .execute("CREATE OR REPLACE MERGE RULE ON T (HIGH) USING " + (round % 2 == 0 ? "SERVER" : "MAX"));
            settle();
        }
    }
}
