package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The statements of merge rules, and how rules travel. */
class MergeRuleTest {
    private static final String RULES =
            "SELECT TABLE_NAME, MERGE_RULES, REASON FROM BLAZE.SYNC_TABLES WHERE TABLE_NAME = 'T'";

    @TempDir
    Path folder;

    private Node east;
    private Node west;

    @BeforeEach
    void open() throws SQLException {
        east = Node.open(folder, "east");
        west = Node.open(folder, "west");
        east.execute(
                "CREATE TABLE T(ID INT PRIMARY KEY, N INT, LAT REAL, LON REAL, NAME VARCHAR(10) UNIQUE, P INT,"
                        + " Q INT CHECK (Q > 0), TWICE INT GENERATED ALWAYS AS (P * 2), SEEN TIMESTAMP)",
                "CREATE TABLE LOOSE(N INT)",
                "CREATE TABLE ONLYKEY(ID INT PRIMARY KEY)",
                "INSERT INTO T(ID, N) VALUES(1, 0)");
    }

    @AfterEach
    void close() throws SQLException {
        east.close();
        west.close();
    }

    @Test
    void rulesAreShownReplacedAndDropped() throws SQLException {
        east.connectTo(west);
        east.execute("CREATE MERGE RULE ON T (N) USING COUNTER");
        east.execute("CREATE MERGE RULE ON T (LAT, LON) USING LAST WRITER");
        east.execute("CREATE MERGE RULE ON T (SEEN) USING MAX");
        assertThat(east.rows(RULES)).containsExactly("T|COUNTER (N), LAST WRITER (LAT, LON), MAX (SEEN)|null");

        east.execute("CREATE OR REPLACE MERGE RULE ON T (LON) USING MIN");
        assertThat(east.rows(RULES)).containsExactly("T|COUNTER (N), LAST WRITER (LAT), MIN (LON), MAX (SEEN)|null");

        east.execute("DROP MERGE RULE ON T (N)");
        assertThat(east.rows(RULES)).containsExactly("T|LAST WRITER (LAT), MIN (LON), MAX (SEEN)|null");
        east.execute("DROP MERGE RULE ON T");
        assertThat(east.rows(RULES)).containsExactly("T|null|null");
    }

    /** H2 keeps the two words for one type apart. */
    @Test
    void whatNumericMayHaveDecimalMayHaveToo() throws SQLException {
        east.execute("CREATE TABLE D(ID INT PRIMARY KEY, A DECIMAL(8, 2) DEFAULT 0, B DECIMAL(8, 2))");
        east.connectTo(west);
        east.execute("CREATE MERGE RULE ON D (A) USING COUNTER", "CREATE MERGE RULE ON D (B) USING MAX");
        east.execute("INSERT INTO D VALUES(1, 1.5, 1)");
        east.sync();
        east.execute("PAUSE SYNC", "UPDATE D SET A = A + 0.25, B = 3");
        west.execute("UPDATE D SET A = A + 2, B = 2");
        east.execute("RESUME SYNC");
        east.sync();

        assertThat(east.rows("SELECT A, B FROM D")).containsExactly("3.75|3.00");
        assertThat(west.rows("SELECT A, B FROM D")).containsExactly("3.75|3.00");
    }

    @Test
    void rulesTravelAndSoDoesTheirEnd() throws SQLException {
        east.connectTo(west);
        east.sync();
        west.execute("CREATE MERGE RULE ON T (LAT, LON) USING LAST WRITER");
        west.sync();
        assertThat(east.rows(RULES)).containsExactly("T|LAST WRITER (LAT, LON)|null");

        east.execute("DROP MERGE RULE ON T");
        east.sync();
        assertThat(west.rows(RULES)).containsExactly("T|null|null");
    }

    @Test
    void aRuleMadeBeforeTheFirstConnectWaitsForIt() throws SQLException {
        east.execute("CREATE MERGE RULE ON T (SEEN) USING MAX", "SHUTDOWN IMMEDIATELY");
        close();
        east = Node.open(folder, "east");
        west = Node.open(folder, "west");
        assertThat(east.rows(RULES)).containsExactly("T|MAX (SEEN)|this database has no connection");

        east.connectTo(west);
        east.sync();

        assertThat(west.rows(RULES)).containsExactly("T|MAX (SEEN)|null");
    }

    @Test
    void ofTwoSetsTheLaterOneHoldsOnBothSides() throws SQLException {
        east.connectTo(west);
        east.sync();
        east.execute("PAUSE SYNC");
        east.execute("CREATE MERGE RULE ON T (LAT) USING LAST WRITER");
        awaitNextMilli();
        west.execute("CREATE MERGE RULE ON T (LON) USING LAST WRITER");
        east.execute("RESUME SYNC", "SYNC");
        west.sync();

        assertThat(east.rows(RULES)).containsExactly("T|LAST WRITER (LON)|null");
        assertThat(west.rows(RULES)).containsExactly("T|LAST WRITER (LON)|null");
        awaitNextMilli();
        east.execute("DROP MERGE RULE ON T", "SYNC");
        assertThat(west.rows(RULES)).containsExactly("T|null|null");
    }

    @Test
    void rulesSurviveAKill() throws SQLException {
        east.connectTo(west);
        east.sync();
        east.execute("CREATE MERGE RULE ON T (LAT, LON) USING LAST WRITER", "SHUTDOWN IMMEDIATELY");
        close();
        east = Node.open(folder, "east");
        west = Node.open(folder, "west");

        east.sync();

        assertThat(east.rows(RULES)).containsExactly("T|LAST WRITER (LAT, LON)|null");
        assertThat(west.rows(RULES)).containsExactly("T|LAST WRITER (LAT, LON)|null");
    }

    @Test
    void aRuleForTheWholeTableIsOneForEachColumnOutsideTheKey() throws SQLException {
        east.execute("CREATE TABLE W(ID INT PRIMARY KEY, A INT, B VARCHAR(5), C INT GENERATED ALWAYS AS (A + 1))");

        east.execute("CREATE MERGE RULE ON W USING LAST WRITER");

        assertThat(east.value("SELECT MERGE_RULES FROM BLAZE.SYNC_TABLES WHERE TABLE_NAME = 'W'"))
                .isEqualTo("LAST WRITER (A), LAST WRITER (B)");
    }

    @Test
    void aConstraintThatComesLaterIsNamed() throws SQLException {
        east.connectTo(west);
        east.execute("CREATE MERGE RULE ON T (N) USING COUNTER", "ALTER TABLE T ADD CHECK (N < 100)");

        assertThat(east.rows(RULES)).singleElement().asString().contains("COUNTER (N)", "does not fit", "CHECK");
    }

    @Test
    void whatIsNotPossibleIsRefused() throws SQLException {
        assertRefused("CREATE MERGE RULE ON TT (N) USING COUNTER", "the nearest name is T.");
        assertRefused("CREATE MERGE RULE ON T (M) USING COUNTER", "Unknown column M of table T");
        assertRefused("CREATE MERGE RULE ON T (NAM) USING COUNTER", "the nearest name is NAME");
        assertRefused("CREATE MERGE RULE ON ONLYKEY USING LAST WRITER", "no column outside its primary key");
        assertRefused("CREATE MERGE RULE ON T (LAT) USING COUNTER", "has the type REAL");
        assertRefused("CREATE MERGE RULE ON T (NAME) USING MAX", "has the type CHARACTER VARYING(10)");
        assertRefused("CREATE MERGE RULE ON T USING COUNTER", "has the type REAL");
        assertRefused("CREATE MERGE RULE ON T (ID) USING MAX", "is in the primary key");
        assertRefused("CREATE MERGE RULE ON T (Q) USING COUNTER", "is in a CHECK");
        assertRefused("CREATE MERGE RULE ON T (P) USING COUNTER", "is used by a generated column");
        assertRefused("CREATE MERGE RULE ON T (TWICE) USING LAST WRITER", "is computed from other columns");
        assertRefused("CREATE MERGE RULE ON T (LAT, LAT) USING LAST WRITER", "is named twice");
        assertRefused("DROP MERGE RULE ON T", "has no merge rule");
        assertRefused("DROP MERGE RULE ON T (X)", "Unknown column X");

        assertThat(east.rows(RULES)).singleElement().asString().startsWith("T|null|");
    }

    @Test
    void aSecondRuleForAColumnNeedsOrReplace() throws SQLException {
        east.execute("CREATE MERGE RULE ON T (LAT, LON) USING LAST WRITER");

        assertRefused("CREATE MERGE RULE ON T (LON) USING MIN", "OR REPLACE");
        assertRefused("DROP MERGE RULE ON T (N)", "has no merge rule");

        assertThat(east.rows(RULES)).singleElement().asString().contains("|LAST WRITER (LAT, LON)|");
    }

    private void assertRefused(String sql, String message) {
        assertThatThrownBy(() -> east.execute(sql))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("ZB405"))
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
