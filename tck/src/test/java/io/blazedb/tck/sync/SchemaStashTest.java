package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values that come for a column or a table that is not here wait until it is. */
class SchemaStashTest {
    private static final String STASHED = "SELECT TABLE_NAME, COLUMN_NAME, KIND, STATUS FROM BLAZE.CONFLICTS"
            + " WHERE KIND = 'SCHEMA' ORDER BY 1, 2";

    @TempDir
    Path folder;

    private Node east;
    private Node west;

    @BeforeEach
    void open() throws SQLException {
        east = Node.open(folder, "east");
        west = Node.open(folder, "west");
        east.execute(
                "CREATE TABLE T(ID INT PRIMARY KEY, NOTE VARCHAR(10), N INT)",
                "CREATE TABLE U(ID INT PRIMARY KEY, N INT NOT NULL)",
                "INSERT INTO T VALUES(1, 'a', 1), (2, 'b', 2)",
                "INSERT INTO U VALUES(1, 1), (2, 2)");
        east.connectTo(west);
        east.sync();
    }

    @AfterEach
    void close() throws SQLException {
        east.close();
        west.close();
    }

    private void reopenEast() throws SQLException {
        east.close();
        east = Node.open(folder, "east");
    }

    private void assertSame() throws SQLException {
        east.sync();
        west.sync();
        east.sync();
        for (String table : List.of("T", "U")) {
            assertThat(contents(west, table)).isEqualTo(contents(east, table));
        }
    }

    /** The order of columns may differ. */
    private static List<String> contents(Node node, String table) throws SQLException {
        List<String> columns = node.rows("SELECT COLUMN_NAME FROM INFORMATION_SCHEMA.COLUMNS"
                + " WHERE TABLE_SCHEMA = 'PUBLIC' AND TABLE_NAME = '" + table + "' ORDER BY 1");
        return node.rows("SELECT " + String.join(", ", columns) + " FROM " + table + " ORDER BY ID");
    }

    @Test
    void valuesOfADroppedColumnWaitForIt() throws SQLException {
        east.execute("ALTER TABLE T DROP COLUMN NOTE");
        west.execute("UPDATE T SET NOTE = 'A' WHERE ID = 1", "INSERT INTO T VALUES(3, 'c', 3)");
        west.execute("UPDATE T SET NOTE = 'C', N = 33 WHERE ID = 3");
        east.sync();

        assertThat(east.rows("SELECT * FROM T ORDER BY ID")).containsExactly("1|1", "2|2", "3|33");
        assertThat(east.value("SELECT COUNT(*) FROM BLAZE.BZ_STASH")).isEqualTo("2");
        assertThat(east.rows(STASHED)).containsExactly("T|NOTE|SCHEMA|STASHED");

        reopenEast();
        east.execute("ALTER TABLE T ADD COLUMN NOTE VARCHAR(10)");
        assertSame();
        assertThat(east.rows("SELECT ID, NOTE, N FROM T ORDER BY ID")).containsExactly("1|A|1", "2|b|2", "3|C|33");
        assertThat(east.value("SELECT COUNT(*) FROM BLAZE.BZ_STASH")).isEqualTo("0");
        assertThat(east.rows(STASHED)).containsExactly("T|NOTE|SCHEMA|RESOLVED");
    }

    @Test
    void theAuthorsOwnValuesComeBackWithTheColumn() throws SQLException {
        east.execute("PAUSE SYNC");
        east.execute("UPDATE T SET NOTE = 'own' WHERE ID = 2", "ALTER TABLE T DROP COLUMN NOTE");
        east.execute("ALTER TABLE T ADD COLUMN NOTE VARCHAR(10)", "RESUME SYNC");

        assertSame();
        assertThat(east.rows("SELECT ID, NOTE FROM T ORDER BY ID")).containsExactly("1|a", "2|own");
    }

    /** The two authors drop their tables too, so nobody has a place where the loser could show. */
    @Test
    void aValueThatLosesWhereNobodyHasItsTableIsAConflict() throws SQLException {
        try (Node north = Node.open(folder, "north")) {
            north.connectTo(east);
            Node.settle(List.of(east, west, north));
            north.execute("DROP TABLE U");
            east.execute("PAUSE SYNC", "UPDATE U SET N = 21 WHERE ID = 2", "DROP TABLE U");
            west.execute("PAUSE SYNC", "UPDATE U SET N = 22 WHERE ID = 2", "DROP TABLE U");
            east.execute("RESUME SYNC");
            west.execute("RESUME SYNC");
            Node.settle(List.of(east, west, north));

            String lost = "SELECT ROW_KEY, COLUMN_NAME, LEAST(LOCAL_VALUE, REMOTE_VALUE),"
                    + " GREATEST(LOCAL_VALUE, REMOTE_VALUE), STATUS FROM BLAZE.CONFLICTS WHERE KIND = 'UPDATE_UPDATE'";
            assertThat(north.rows(lost)).containsExactly("2|N|21|22|LOST");
            String conflict = north.value("SELECT ID FROM BLAZE.CONFLICTS WHERE KIND = 'UPDATE_UPDATE'");
            String loser = north.value("SELECT CASE WINNER WHEN 'LOCAL' THEN REMOTE_VALUE ELSE LOCAL_VALUE END"
                    + " FROM BLAZE.CONFLICTS WHERE KIND = 'UPDATE_UPDATE'");
            String side = north.value("SELECT CASE WINNER WHEN 'LOCAL' THEN 'REMOTE' ELSE 'LOCAL' END"
                    + " FROM BLAZE.CONFLICTS WHERE KIND = 'UPDATE_UPDATE'");

            north.execute("CREATE TABLE U(ID INT PRIMARY KEY, N INT NOT NULL)");
            Node.settle(List.of(east, west, north));
            north.execute("RESOLVE CONFLICT " + conflict + " USING " + side);
            assertThat(north.rows("SELECT * FROM U ORDER BY ID")).containsExactly("2|" + loser);
        }
    }

    @Test
    void changesOfADroppedTableWaitForIt() throws SQLException {
        east.execute("DROP TABLE U");
        west.execute("INSERT INTO U VALUES(3, 3)", "UPDATE U SET N = 22 WHERE ID = 2", "DELETE FROM U WHERE ID = 1");
        west.execute("UPDATE U SET N = 33 WHERE ID = 3");
        east.sync();

        assertThat(east.value("SELECT COUNT(*) FROM BLAZE.BZ_STASH")).isEqualTo("2");
        assertThat(east.rows(STASHED)).containsExactly("U|null|SCHEMA|STASHED");

        reopenEast();
        east.execute("CREATE TABLE U(ID INT PRIMARY KEY, N INT NOT NULL)", "INSERT INTO U VALUES(4, 4)");
        assertSame();
        assertThat(east.rows("SELECT * FROM U ORDER BY ID")).containsExactly("2|22", "3|33", "4|4");
        assertThat(east.value("SELECT COUNT(*) FROM BLAZE.BZ_STASH")).isEqualTo("0");
    }

    @Test
    void aValueThatOnlyWaitedComesBackToBoth() throws SQLException {
        east.execute("ALTER TABLE T DROP COLUMN NOTE");
        west.execute("UPDATE T SET NOTE = 'A' WHERE ID = 1");
        east.sync();
        west.execute("ALTER TABLE T DROP COLUMN NOTE");
        east.execute("PAUSE SYNC", "ALTER TABLE T ADD COLUMN NOTE VARCHAR(10)");
        west.execute("ALTER TABLE T ADD COLUMN NOTE VARCHAR(10)");
        east.execute("RESUME SYNC");

        assertSame();
        assertThat(west.rows("SELECT ID, NOTE FROM T ORDER BY ID")).containsExactly("1|A", "2|null");
        assertThat(west.rows("SELECT KIND FROM BLAZE.CONFLICTS WHERE KIND = 'FORK'"))
                .isEmpty();
    }

    @Test
    void whatIsKnownOfARowShowsWhenNobodyHasTheRest() throws SQLException {
        east.execute("ALTER TABLE T DROP COLUMN NOTE");
        west.execute("UPDATE T SET NOTE = 'A' WHERE ID = 1", "UPDATE T SET N = 10 WHERE ID = 1");
        east.sync();
        east.execute("DROP TABLE T");
        west.execute("DROP TABLE T");

        east.execute("CREATE TABLE T(ID INT PRIMARY KEY, NOTE VARCHAR(10), N INT)");
        east.sync();
        assertThat(east.rows("SELECT * FROM T")).containsExactly("1|A|null");
        west.execute("CREATE TABLE T(ID INT PRIMARY KEY, NOTE VARCHAR(10), N INT)");
        assertSame();
        assertThat(west.rows("SELECT * FROM T")).containsExactly("1|A|null");
    }

    @Test
    void rowsThatNobodyTouchedComeBackWithTheTable() throws SQLException {
        east.execute("DROP TABLE U", "CREATE TABLE U(ID INT PRIMARY KEY, N INT NOT NULL)");

        assertSame();
        assertThat(east.rows("SELECT * FROM U ORDER BY ID")).containsExactly("1|1", "2|2");
    }

    @Test
    void aDeletedRowTakesWhatWaitedWithIt() throws SQLException {
        east.execute("ALTER TABLE T DROP COLUMN NOTE");
        west.execute("UPDATE T SET NOTE = 'A' WHERE ID = 1");
        east.sync();
        west.execute("DELETE FROM T WHERE ID = 1");
        east.sync();

        assertThat(east.value("SELECT COUNT(*) FROM BLAZE.BZ_STASH")).isEqualTo("0");
        west.execute("INSERT INTO T VALUES(1, 'new', 11)");
        east.execute("ALTER TABLE T ADD COLUMN NOTE VARCHAR(10)");
        assertSame();
        assertThat(east.value("SELECT NOTE FROM T WHERE ID = 1")).isEqualTo("new");
    }

    @Test
    void anIncomparableTypeWaitsAndTheRestGoesOn() throws SQLException {
        east.execute("PAUSE SYNC");
        east.execute("ALTER TABLE T ADD COLUMN X INT", "INSERT INTO T VALUES(10, 'e', 1, 5)");
        west.execute("ALTER TABLE T ADD COLUMN X DATE", "INSERT INTO T VALUES(20, 'w', 1, DATE '2020-01-01')");
        west.execute("UPDATE T SET X = DATE '2021-02-03', NOTE = 'both' WHERE ID = 1", "INSERT INTO U VALUES(9, 9)");
        east.execute("RESUME SYNC");
        east.sync();
        west.sync();

        assertThat(east.rows("SELECT * FROM T ORDER BY ID"))
                .containsExactly("1|both|1|null", "2|b|2|null", "10|e|1|5", "20|w|1|null");
        assertThat(east.value("SELECT N FROM U WHERE ID = 9")).isEqualTo("9");
        assertThat(east.rows(STASHED)).containsExactly("T|X|SCHEMA|STASHED");
        assertThat(east.value("SELECT LOCAL_VALUE FROM BLAZE.CONFLICTS WHERE KIND = 'SCHEMA'"))
                .contains("\"X\" INTEGER");
        assertThat(east.value("SELECT REMOTE_VALUE FROM BLAZE.CONFLICTS WHERE KIND = 'SCHEMA'"))
                .contains("\"X\" DATE");
        assertThat(east.rows("SELECT STATE, LAST_ERROR FROM BLAZE.CONNECTIONS")).containsExactly("CONNECTED|null");
        assertThat(east.value("SELECT REASON FROM BLAZE.SYNC_TABLES WHERE TABLE_NAME = 'T'"))
                .contains("\"X\"");

        east.execute("ALTER TABLE T ALTER COLUMN X RENAME TO Y", "ALTER TABLE T ADD COLUMN X DATE");
        east.sync();
        west.sync();
        assertThat(east.rows("SELECT ID, NOTE, N, X FROM T ORDER BY ID"))
                .containsExactly("1|both|1|2021-02-03", "2|b|2|null", "10|e|1|null", "20|w|1|2020-01-01");
        assertThat(east.rows(STASHED)).containsExactly("T|X|SCHEMA|RESOLVED");
    }

    @Test
    void anotherPrimaryKeyParksTheTableUntilTheyAgree() throws SQLException {
        east.execute("ALTER TABLE U ADD COLUMN K INT DEFAULT 0 NOT NULL");
        east.sync();
        east.execute("ALTER TABLE U DROP PRIMARY KEY", "ALTER TABLE U ADD PRIMARY KEY(ID, K)");
        east.execute("INSERT INTO U VALUES(1, 100, 7)", "INSERT INTO T VALUES(5, 'e', 5)");
        west.execute("INSERT INTO U VALUES(8, 8, 8)", "UPDATE U SET N = -2 WHERE ID = 2");
        east.sync();
        west.sync();

        assertThat(east.rows("SELECT * FROM U ORDER BY ID, K")).containsExactly("1|1|0", "1|100|7", "2|2|0");
        assertThat(west.rows("SELECT * FROM U ORDER BY ID")).containsExactly("1|1|0", "2|-2|0", "8|8|8");
        assertThat(west.value("SELECT NOTE FROM T WHERE ID = 5")).isEqualTo("e");
        assertThat(west.value("SELECT COUNT(*) FROM BLAZE.CONFLICTS WHERE KIND = 'SCHEMA' AND TABLE_NAME = 'U'"))
                .isEqualTo("1");

        west.execute("ALTER TABLE U DROP PRIMARY KEY", "ALTER TABLE U ADD PRIMARY KEY(ID, K)");
        assertSame();
        assertThat(west.rows("SELECT ID, K FROM U ORDER BY ID, K")).containsExactly("1|0", "1|7", "2|0", "8|8");
        assertThat(List.of(east.value("SELECT N FROM U WHERE ID = 2"), valuesInConflict()))
                .as("both values of a row that was written under either key")
                .asString()
                .contains("-2")
                .contains("2");
    }

    private String valuesInConflict() throws SQLException {
        return east.rows("SELECT LOCAL_VALUE, REMOTE_VALUE FROM BLAZE.CONFLICTS WHERE KIND <> 'SCHEMA'")
                        .toString()
                + west.rows("SELECT LOCAL_VALUE, REMOTE_VALUE FROM BLAZE.CONFLICTS WHERE KIND <> 'SCHEMA'");
    }

    @Test
    void aRenamedColumnTakesItsValuesAlongAndTheOldOneLosesNone() throws SQLException {
        west.execute("PAUSE SYNC");
        east.execute("ALTER TABLE T ALTER COLUMN NOTE RENAME TO TEXT", "UPDATE T SET TEXT = 'E' WHERE ID = 1");
        west.execute("UPDATE T SET NOTE = 'W' WHERE ID = 2", "RESUME SYNC");
        east.sync();
        west.sync();

        assertThat(east.rows("SELECT ID, TEXT FROM T ORDER BY ID")).containsExactly("1|E", "2|b");
        assertThat(west.rows("SELECT ID, NOTE, TEXT FROM T ORDER BY ID")).containsExactly("1|a|E", "2|W|b");
        assertThat(east.value("SELECT COUNT(*) FROM BLAZE.BZ_STASH")).isEqualTo("1");
        east.execute("ALTER TABLE T ADD COLUMN NOTE VARCHAR(10)");
        east.sync();
        west.sync();
        assertThat(east.rows("SELECT ID, NOTE, TEXT FROM T ORDER BY ID")).containsExactly("1|a|E", "2|W|b");
    }

    @Test
    void aRenameOverValuesThatWaitedKeepsBoth() throws SQLException {
        west.execute("ALTER TABLE T ADD COLUMN TEXT VARCHAR(10)");
        west.sync();
        east.execute("ALTER TABLE T DROP COLUMN TEXT");
        west.execute("UPDATE T SET TEXT = 'W' WHERE ID = 1", "INSERT INTO T VALUES(3, 'c', 3, NULL)");
        east.sync();

        east.execute("ALTER TABLE T ALTER COLUMN NOTE RENAME TO TEXT");
        east.sync();
        west.sync();

        assertThat(east.rows("SELECT ID, TEXT FROM T ORDER BY ID")).containsExactly("1|a", "2|b", "3|c");
        assertThat(west.rows("SELECT ID, TEXT FROM T ORDER BY ID")).containsExactly("1|a", "2|b", "3|c");
        assertThat(east.rows("SELECT ROW_KEY, COLUMN_NAME, LOCAL_VALUE, REMOTE_VALUE FROM BLAZE.CONFLICTS"
                        + " WHERE KIND = 'UPDATE_UPDATE' AND REMOTE_VALUE IS NOT NULL ORDER BY 1"))
                .containsExactly("1|TEXT|a|W");
    }

    @Test
    void aRenameToAndFroKeepsTheNewestValues() throws SQLException {
        east.execute("ALTER TABLE T ALTER COLUMN NOTE RENAME TO TEXT", "UPDATE T SET TEXT = 'E' WHERE ID = 1");
        east.sync();
        east.execute("UPDATE T SET TEXT = NULL WHERE ID = 2", "ALTER TABLE T ALTER COLUMN TEXT RENAME TO NOTE");
        east.sync();
        west.sync();

        assertThat(east.rows("SELECT ID, NOTE FROM T ORDER BY ID")).containsExactly("1|E", "2|null");
        assertThat(west.rows("SELECT ID, NOTE FROM T ORDER BY ID")).containsExactly("1|E", "2|null");
    }

    @Test
    void valuesThatDdlMadeTravel() throws SQLException {
        east.execute("ALTER TABLE T ADD COLUMN U UUID DEFAULT RANDOM_UUID()");
        east.execute("ALTER TABLE T ADD COLUMN AT TIMESTAMP DEFAULT CURRENT_TIMESTAMP");
        west.execute("INSERT INTO T(ID, NOTE, N) VALUES(7, 'w', 7)");

        assertSame();
        assertThat(west.value("SELECT COUNT(DISTINCT U) FROM T WHERE ID < 3")).isEqualTo("2");
    }

    @Test
    void aNewColumnMakesNoOperations() throws SQLException {
        String count = "SELECT TYPE, TABLE_NAME, CHANGES FROM BLAZE.OPERATIONS ORDER BY 1, 2, 3";
        List<String> before = east.rows(count);
        List<String> there = west.rows(count);

        east.execute(
                "ALTER TABLE T ADD COLUMN A INT",
                "ALTER TABLE T ADD COLUMN B VARCHAR(10) DEFAULT 'b' NOT NULL",
                "ALTER TABLE T ADD COLUMN C NUMERIC(10, 2) DEFAULT 1.5",
                "ALTER TABLE T ALTER COLUMN N SET DATA TYPE BIGINT");

        assertSame();
        assertThat(east.rows(count)).isEqualTo(before);
        assertThat(west.rows(count)).isEqualTo(there);
    }

    @Test
    void theSameMigrationRunOnBothSidesMeetsItself() throws SQLException {
        east.execute("PAUSE SYNC");
        for (Node node : List.of(east, west)) {
            node.execute(
                    "ALTER TABLE T ADD COLUMN IF NOT EXISTS A INT",
                    "ALTER TABLE T ADD UNIQUE(A)",
                    "ALTER TABLE T ADD CHECK (A > 0)",
                    "CREATE INDEX IF NOT EXISTS BY_NOTE ON T(NOTE)",
                    "CREATE UNIQUE INDEX ONCE ON T(NOTE, A)",
                    "CREATE TABLE IF NOT EXISTS CHILD(ID INT PRIMARY KEY, T INT REFERENCES T)",
                    "ALTER TABLE T ALTER COLUMN N SET DATA TYPE VARCHAR(20)");
        }
        west.execute("UPDATE T SET N = 'x' WHERE ID = 1");
        east.execute("RESUME SYNC");

        assertSame();
        assertThat(east.value("SELECT N FROM T WHERE ID = 1")).isEqualTo("x");
        assertThat(east.rows(STASHED)).isEmpty();
        String constraints = "SELECT TABLE_NAME, CONSTRAINT_TYPE, COUNT(*) FROM INFORMATION_SCHEMA.TABLE_CONSTRAINTS"
                + " WHERE TABLE_SCHEMA = 'PUBLIC' GROUP BY TABLE_NAME, CONSTRAINT_TYPE ORDER BY 1, 2";
        assertThat(west.rows(constraints))
                .isEqualTo(east.rows(constraints))
                .containsExactly(
                        "CHILD|FOREIGN KEY|1",
                        "CHILD|PRIMARY KEY|1",
                        "T|CHECK|1",
                        "T|PRIMARY KEY|1",
                        "T|UNIQUE|1",
                        "U|PRIMARY KEY|1");
    }
}
