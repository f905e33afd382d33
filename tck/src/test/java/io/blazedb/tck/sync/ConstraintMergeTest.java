package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of rows that keep to every constraint where they were written, and not together. */
class ConstraintMergeTest {
    private static final String HIDDEN =
            "SELECT TABLE_NAME, ROW_KEY, COLUMN_NAME, KIND, STATUS FROM BLAZE.CONFLICTS ORDER BY ID";

    @TempDir
    Path folder;

    private Node east;
    private Node west;

    @BeforeEach
    void open() throws SQLException {
        east = Node.open(folder, "east");
        west = Node.open(folder, "west");
        east.execute("CREATE TABLE P(ID INT PRIMARY KEY)", "INSERT INTO P VALUES(1), (2)");
    }

    @AfterEach
    void close() throws SQLException {
        east.close();
        west.close();
    }

    private void part(String... statements) throws SQLException {
        east.execute(statements);
        east.connectTo(west);
        east.sync();
        east.execute("PAUSE SYNC");
    }

    private void meet() throws SQLException {
        east.execute("RESUME SYNC");
        east.sync();
        west.sync();
        east.sync();
        assertThat(TableComparison.differences(east.connection(), west.connection()))
                .isEmpty();
    }

    @Test
    void anOrphanOfSetNullShowsNullUntilItsParentIsBack() throws SQLException {
        part("CREATE TABLE C(ID INT PRIMARY KEY, P INT REFERENCES P(ID) ON DELETE SET NULL, NOTE VARCHAR(10))");
        east.execute("DELETE FROM P WHERE ID = 1");
        west.execute("INSERT INTO C VALUES(7, 1, 'new')");

        meet();
        assertThat(west.rows("SELECT * FROM C")).containsExactly("7|null|new");
        for (Node node : List.of(east, west)) {
            assertThat(node.rows(HIDDEN)).as(node.name()).containsExactly("C|7|P|FOREIGN_KEY|HIDDEN");
        }

        east.execute("UPDATE C SET NOTE = 'seen'");
        west.execute("INSERT INTO P VALUES(1)");
        meet();
        assertThat(east.rows("SELECT * FROM C")).containsExactly("7|1|seen");
        assertThat(east.rows(HIDDEN)).containsExactly("C|7|P|FOREIGN_KEY|RESOLVED");
    }

    @Test
    void aLocalWriteReplacesTheValueThatShowsAsNull() throws SQLException {
        part("CREATE TABLE C(ID INT PRIMARY KEY, P INT REFERENCES P(ID) ON DELETE SET NULL)");
        east.execute("DELETE FROM P WHERE ID = 1");
        west.execute("INSERT INTO C VALUES(7, 1)");
        meet();

        east.execute("UPDATE C SET P = 2");
        west.execute("INSERT INTO P VALUES(1)");
        meet();

        assertThat(east.rows("SELECT * FROM C")).containsExactly("7|2");
        assertThat(west.rows(HIDDEN)).containsExactly("C|7|P|FOREIGN_KEY|RESOLVED");
    }

    @Test
    void aDeletedRowThatComesBackHasTheValueThatShowedAsNull() throws SQLException {
        east.execute(
                "CREATE TABLE C(ID INT PRIMARY KEY, P INT REFERENCES P(ID) ON DELETE SET NULL, NOTE VARCHAR(10))",
                "CREATE TOPOLOGY M",
                "ALTER TOPOLOGY M ADD NODE EAST CURRENT DATABASE ROLE SERVER",
                "ALTER TOPOLOGY M ADD NODE WEST AT '" + west.url() + "' ROLE CLIENT",
                "CONNECT EAST TO WEST",
                "SYNC",
                "PAUSE SYNC");
        east.execute("DELETE FROM P WHERE ID = 1");
        west.execute("INSERT INTO C VALUES(7, 1, 'new')");
        meet();

        east.execute("PAUSE SYNC", "UPDATE C SET NOTE = 'server'");
        west.execute("DELETE FROM C");
        meet();
        assertThat(west.rows("SELECT * FROM C")).containsExactly("7|null|server");

        west.execute("INSERT INTO P VALUES(1)");
        meet();
        assertThat(west.rows("SELECT * FROM C")).containsExactly("7|1|server");
        assertThat(east.rows("SELECT * FROM C")).containsExactly("7|1|server");
    }

    @Test
    void aRowWithoutItsParentHoldsItsUniqueKey() throws SQLException {
        part("CREATE TABLE C(ID INT PRIMARY KEY, NAME VARCHAR(10) UNIQUE, P INT REFERENCES P(ID))");
        east.execute("DELETE FROM P WHERE ID = 1");
        west.execute("INSERT INTO C VALUES(7, 'ann', 1)");
        meet();

        east.execute("INSERT INTO C VALUES(8, 'ann', 2)");
        meet();
        assertThat(east.rows("SELECT * FROM C")).isEmpty();

        west.execute("INSERT INTO P VALUES(1)");
        meet();
        assertThat(west.rows("SELECT * FROM C")).containsExactly("7|ann|1");
        assertThat(east.rows("SELECT ROW_KEY, KIND FROM BLAZE.CONFLICTS WHERE STATUS = 'HIDDEN'"))
                .containsExactly("8|UNIQUE");
    }

    @Test
    void halvesThatBreakACheckTogetherHideTheirRow() throws SQLException {
        part("CREATE TABLE G(ID INT PRIMARY KEY, X INT, Y INT)", "INSERT INTO G VALUES(1, 0, 5)");
        east.execute("UPDATE G SET X = 4");
        west.execute("UPDATE G SET Y = 3");
        for (Node node : List.of(east, west)) {
            node.execute("ALTER TABLE G ADD CONSTRAINT ORDERED CHECK(X <= Y)");
        }

        meet();
        for (Node node : List.of(east, west)) {
            assertThat(node.rows("SELECT * FROM G")).as(node.name()).isEmpty();
            assertThat(node.rows(HIDDEN)).as(node.name()).containsExactly("G|1|null|CHECK|HIDDEN");
        }

        east.execute("ALTER TABLE G DROP CONSTRAINT ORDERED");
        east.sync();
        assertThat(east.rows("SELECT * FROM G")).containsExactly("1|4|3");
    }

    @Test
    void keysThatRowsPassOnAmongEachOtherTravel() throws SQLException {
        part("CREATE TABLE U(ID INT PRIMARY KEY, K INT UNIQUE)", "INSERT INTO U VALUES(1, 1), (2, 2), (3, 3)");
        east.execute("UPDATE U SET K = MOD(K, 3) + 1");

        meet();

        assertThat(west.rows("SELECT * FROM U ORDER BY ID")).containsExactly("1|2", "2|3", "3|1");
        assertThat(west.rows(HIDDEN)).isEmpty();
    }

    @Test
    void rowsThatReferToEachOtherComeAndGoTogether() throws SQLException {
        part("CREATE TABLE S(ID INT PRIMARY KEY, NEXT INT REFERENCES S(ID), P INT REFERENCES P(ID))");
        east.execute("DELETE FROM P WHERE ID = 1");
        west.execute(
                "INSERT INTO S VALUES(1, NULL, 1), (2, 1, NULL), (3, 2, NULL)", "UPDATE S SET NEXT = 3 WHERE ID = 1");
        meet();
        assertThat(west.rows("SELECT * FROM S")).isEmpty();

        east.execute("INSERT INTO P VALUES(1)");
        meet();

        assertThat(west.rows("SELECT * FROM S ORDER BY ID")).containsExactly("1|3|1", "2|1|null", "3|2|null");
    }
}
