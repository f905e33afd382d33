package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.tck.Sql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A constraint arrives where rows break it: they are hidden there as they would be had they come after it, so all
 * databases show the same.
 */
class ConstraintTravelTest {
    private static final String HIDDEN = "SELECT TABLE_NAME, ROW_KEY, COLUMN_NAME, KIND FROM BLAZE.CONFLICTS"
            + " WHERE STATUS = 'HIDDEN' ORDER BY TABLE_NAME, ROW_KEY";
    private static final String REASONS = "SELECT TABLE_NAME, REASON FROM BLAZE.SYNC_TABLES WHERE REASON IS NOT NULL";

    /** A connection that waits shows it after 5 seconds. */
    private static final int BLOCKED_SECONDS_MAX = 30;

    @TempDir
    Path folder;

    private Node east;
    private Node west;
    private Node south;
    private List<Node> all;

    @BeforeEach
    void open() throws SQLException {
        reopen();
        east.execute(
                "CREATE TABLE P(ID INT PRIMARY KEY, CODE INT UNIQUE)",
                "INSERT INTO P VALUES(1, 10), (2, 20)",
                "CREATE TABLE T(ID INT PRIMARY KEY, K INT, P INT, NOTE VARCHAR(10))",
                "CREATE TABLE C(ID INT PRIMARY KEY, T INT REFERENCES T(ID))",
                "CREATE TOPOLOGY M PATTERN MESH",
                "ALTER TOPOLOGY M ADD NODE EAST CURRENT DATABASE",
                "ALTER TOPOLOGY M ADD NODE WEST AT '" + west.url() + "'",
                "ALTER TOPOLOGY M ADD NODE SOUTH AT '" + south.url() + "'");
        Node.settle(all);
        pause();
    }

    private void reopen() throws SQLException {
        east = Node.open(folder, "east");
        west = Node.open(folder, "west");
        south = Node.open(folder, "south");
        all = List.of(east, west, south);
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
            assertThat(node.rows(HIDDEN)).as(node.name()).isEqualTo(east.rows(HIDDEN));
            assertThat(node.rows(REASONS)).as(node.name()).isEmpty();
        }
    }

    private static void awaitNextMilli() {
        long now = System.currentTimeMillis();
        while (System.currentTimeMillis() == now) {
            Thread.onSpinWait();
        }
    }

    @Test
    void ofRowsThatShareAKeyTheFirstStays() throws SQLException {
        west.execute("INSERT INTO T VALUES(5, 1, NULL, 'first')");
        awaitNextMilli();
        west.execute("INSERT INTO T VALUES(4, 1, NULL, 'second'), (6, NULL, NULL, 'free'), (7, NULL, NULL, 'free')");
        south.execute("INSERT INTO C SELECT 1, NULL");
        east.execute("ALTER TABLE T ADD CONSTRAINT K_ONCE UNIQUE(K)");

        meet();

        assertThat(west.rows("SELECT ID, K FROM T ORDER BY ID")).containsExactly("5|1", "6|null", "7|null");
        assertThat(west.rows(HIDDEN)).containsExactly("T|4|null|UNIQUE");
        west.execute("DELETE FROM T WHERE ID = 5");
        meet();
        assertThat(south.rows("SELECT ID, K FROM T ORDER BY ID")).containsExactly("4|1", "6|null", "7|null");
        assertThat(south.rows(HIDDEN)).isEmpty();
    }

    @Test
    void whatRefersToAHiddenRowIsHiddenWithIt() throws SQLException {
        west.execute("INSERT INTO T VALUES(5, 1, NULL, 'first')");
        awaitNextMilli();
        west.execute("INSERT INTO T VALUES(4, 1, NULL, 'second')", "INSERT INTO C VALUES(1, 4), (2, 5)");
        east.execute("CREATE UNIQUE INDEX K_ONCE ON T(K)");

        meet();

        assertThat(south.rows("SELECT ID, T FROM C")).containsExactly("2|5");
        assertThat(south.rows(HIDDEN)).containsExactly("C|1|null|FOREIGN_KEY", "T|4|null|UNIQUE");
        east.execute("ALTER TABLE T ALTER COLUMN NOTE SET DEFAULT 'x'");
        east.execute("UPDATE T SET K = 2 WHERE ID = 5");
        meet();
        assertThat(west.rows("SELECT ID, T FROM C ORDER BY ID")).containsExactly("1|4", "2|5");
    }

    @Test
    void orphansAreHiddenOrShowNull() throws SQLException {
        west.execute("INSERT INTO T VALUES(1, 1, 99, 'orphan'), (2, 2, 2, 'child')", "INSERT INTO C VALUES(1, 1)");
        east.execute("ALTER TABLE T ADD CONSTRAINT T_OF_P FOREIGN KEY(P) REFERENCES P(ID)");

        meet();

        assertThat(west.rows("SELECT ID FROM T")).containsExactly("2");
        assertThat(west.rows(HIDDEN)).containsExactly("C|1|null|FOREIGN_KEY", "T|1|null|FOREIGN_KEY");
        south.execute("INSERT INTO P VALUES(99, 99)");
        meet();
        assertThat(east.rows("SELECT ID, P FROM T ORDER BY ID")).containsExactly("1|99", "2|2");
        assertThat(east.rows("SELECT ID FROM C")).containsExactly("1");
    }

    @Test
    void anOrphanOfSetNullShowsNull() throws SQLException {
        west.execute("INSERT INTO T VALUES(1, 1, 99, 'orphan'), (2, 2, 20, 'child')");
        east.execute("ALTER TABLE T ADD FOREIGN KEY(P) REFERENCES P(CODE) ON DELETE SET NULL");

        meet();

        assertThat(west.rows("SELECT ID, P FROM T ORDER BY ID")).containsExactly("1|null", "2|20");
        assertThat(west.rows(HIDDEN)).containsExactly("T|1|P|FOREIGN_KEY");
        east.execute("INSERT INTO P VALUES(3, 99)");
        meet();
        assertThat(west.rows("SELECT ID, P FROM T ORDER BY ID")).containsExactly("1|99", "2|20");
    }

    @Test
    void orphansOfOneTableGoWithTheirChildren() throws SQLException {
        west.execute("INSERT INTO T VALUES(1, 1, 99, 'orphan'), (2, 1, 1, 'child'), (3, 1, 2, 'its child')");
        west.execute("INSERT INTO T VALUES(4, 1, 4, 'own parent'), (5, 1, 6, 'each'), (6, 1, 5, 'other''s')");
        east.execute("ALTER TABLE T ADD FOREIGN KEY(P) REFERENCES T(ID)");

        meet();

        assertThat(west.rows("SELECT ID FROM T ORDER BY ID")).containsExactly("4", "5", "6");
        south.execute("INSERT INTO T VALUES(99, 1, NULL, 'parent')");
        meet();
        assertThat(west.value("SELECT COUNT(*) FROM T")).isEqualTo("7");
    }

    @Test
    void whatBreaksACheckIsHidden() throws SQLException {
        west.execute("INSERT INTO T VALUES(1, -1, NULL, 'low'), (2, 2, NULL, 'high'), (3, NULL, NULL, 'none')");
        east.execute("ALTER TABLE T ADD CONSTRAINT K_HIGH CHECK(K > 0)");

        meet();

        assertThat(south.rows("SELECT ID FROM T ORDER BY ID")).containsExactly("2", "3");
        assertThat(west.rows(HIDDEN)).containsExactly("T|1|null|CHECK");
        assertThat(Refusal.of(west.connection(), "INSERT INTO T VALUES(9, -9, NULL, '')")
                        .state())
                .isEqualTo("23513");
    }

    @Test
    void severalConstraintsArriveAtOnce() throws SQLException {
        west.execute(
                "INSERT INTO T VALUES(1, 1, 1, 'a'), (2, 1, 1, 'b'), (3, 3, 99, 'c')",
                "INSERT INTO T VALUES(4, -4, 99, 'd'), (5, 1, 99, 'e')",
                "INSERT INTO C VALUES(1, 1), (2, 2), (3, 3), (4, 4), (5, 5)");
        south.execute("INSERT INTO T VALUES(6, 3, 2, 'f'), (7, -4, 2, 'g')");
        east.execute(
                "ALTER TABLE T ADD CHECK(K > 0)",
                "CREATE UNIQUE INDEX K_ONCE ON T(K DESC)",
                "ALTER TABLE T ADD FOREIGN KEY(P) REFERENCES P(ID)");

        meet();

        assertThat(west.rows("SELECT COUNT(*) FROM T").get(0)).isNotEqualTo("0");
        west.execute("SHUTDOWN IMMEDIATELY"); // everything comes back from the log
        close();
        reopen();
        meet();
        assertThat(Refusal.of(west.connection(), "INSERT INTO T SELECT 99, K, P, NOTE FROM T")
                        .state())
                .isEqualTo("23505");
    }

    @Test
    void theAuthorHearsOfRowsThatBreakIt() throws SQLException {
        east.execute("INSERT INTO T VALUES(1, 1, NULL, 'a'), (2, 1, NULL, 'b')");

        assertThat(Refusal.of(east.connection(), "ALTER TABLE T ADD UNIQUE(K)").state())
                .isEqualTo("23505");

        meet();
        assertThat(west.rows("SELECT ID FROM T ORDER BY ID")).containsExactly("1", "2");
    }

    @Test
    void whileARowIsLockedNothingIsHalfDone() throws SQLException {
        west.execute("INSERT INTO T VALUES(5, 1, NULL, 'first')");
        awaitNextMilli();
        west.execute("INSERT INTO T VALUES(4, 1, NULL, 'second')", "INSERT INTO C VALUES(1, 4)");
        east.execute("ALTER TABLE T ADD CONSTRAINT K_ONCE UNIQUE(K)");
        try (Connection busy = west.another()) {
            busy.setAutoCommit(false);
            Sql.execute(busy, "UPDATE C SET T = 5");
            east.execute("RESUME SYNC");
            awaitBlocked();

            assertThat(west.rows("SELECT ID FROM T ORDER BY ID")).containsExactly("4", "5");
            busy.commit();
        }

        meet();
        assertThat(west.rows("SELECT ID FROM T")).containsExactly("5");
        assertThat(west.rows("SELECT * FROM C")).containsExactly("1|5");
    }

    private void awaitBlocked() throws SQLException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(BLOCKED_SECONDS_MAX);
        while (east.rows("SELECT 1 FROM BLAZE.CONNECTIONS WHERE LAST_ERROR IS NOT NULL")
                .isEmpty()) {
            assertThat(System.nanoTime())
                    .as("the connection waits for the row, and says so")
                    .isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void aUniqueIndexStaysAnIndex() throws SQLException {
        String indexes = "SELECT I.INDEX_NAME, C.COLUMN_NAME, C.ORDERING_SPECIFICATION, C.IS_UNIQUE, I.NULLS_DISTINCT"
                + " FROM INFORMATION_SCHEMA.INDEXES I JOIN INFORMATION_SCHEMA.INDEX_COLUMNS C"
                + " USING (INDEX_SCHEMA, INDEX_NAME) WHERE I.TABLE_NAME = 'T' AND NOT I.IS_GENERATED"
                + " ORDER BY 1, C.ORDINAL_POSITION";
        east.execute("CREATE UNIQUE NULLS NOT DISTINCT INDEX ONE ON T(P DESC, K) INCLUDE (NOTE)");
        meet();
        assertThat(west.rows(indexes)).isEqualTo(east.rows(indexes)).hasSize(3);

        pause();
        west.execute("DROP INDEX ONE");
        east.execute("INSERT INTO T VALUES(1, 1, 1, 'a')");
        meet();
        assertThat(west.rows(indexes)).isEmpty();
        assertThat(south.rows(indexes)).hasSize(3);

        east.execute("DROP INDEX ONE");
        south.execute("DROP INDEX ONE");
        meet();
        assertThat(east.rows(indexes)).isEmpty();
        assertThat(south.rows(indexes)).isEmpty();
    }

    @Test
    void aUniqueConstraintIsNotAddedBesideAUniqueIndex() throws SQLException {
        east.execute("ALTER TABLE T ADD CONSTRAINT HERE UNIQUE(K, P)");
        west.execute("CREATE UNIQUE INDEX THERE ON T(P, K)");

        meet();

        for (Node node : all) {
            assertThat(node.rows("SELECT COUNT(*) FROM INFORMATION_SCHEMA.INDEXES WHERE TABLE_NAME = 'T'"
                            + " AND INDEX_TYPE_NAME = 'UNIQUE INDEX'"))
                    .as(node.name())
                    .containsExactly("1");
        }
    }

    @Test
    void labelsAddedOnTwoSidesMeet() throws SQLException {
        meet();
        east.execute("CREATE TABLE E(ID INT PRIMARY KEY, S ENUM('new', 'old'))", "INSERT INTO E VALUES(1, 'old')");
        meet();
        pause();
        east.execute("ALTER TABLE E ALTER COLUMN S ENUM('new', 'old', 'sold')", "INSERT INTO E VALUES(2, 'sold')");
        west.execute("ALTER TABLE E ALTER COLUMN S ENUM('new', 'old', 'lost')", "INSERT INTO E VALUES(3, 'lost')");

        meet();

        for (Node node : all) {
            assertThat(node.rows("SELECT * FROM E ORDER BY S"))
                    .as(node.name())
                    .containsExactly("1|old", "3|lost", "2|sold");
        }
        south.execute("UPDATE E SET S = 'lost'");
        meet();
    }

    private static String rules(Node node) throws SQLException {
        return node.value("SELECT DELETE_RULE || '/' || UPDATE_RULE FROM INFORMATION_SCHEMA.REFERENTIAL_CONSTRAINTS"
                + " WHERE CONSTRAINT_NAME = 'T_OF_P'");
    }

    @Test
    void foreignKeysThatActDifferentlyComeToActAlike() throws SQLException {
        east.execute("ALTER TABLE T ADD CONSTRAINT T_OF_P FOREIGN KEY(P) REFERENCES P(ID) ON DELETE CASCADE");
        west.execute("ALTER TABLE T ADD CONSTRAINT T_OF_P FOREIGN KEY(P) REFERENCES P(ID) ON DELETE SET NULL");
        west.execute("INSERT INTO T VALUES(1, 1, 1, 'child')");
        south.execute("DELETE FROM P WHERE ID = 1");

        meet();

        for (Node node : all) {
            assertThat(rules(node)).as(node.name()).isEqualTo("SET NULL/NO ACTION");
            assertThat(node.rows("SELECT ID, P FROM T")).as(node.name()).containsExactly("1|null");
        }
    }

    @Test
    void actionsThatAreReplacedAreReplacedEverywhere() throws SQLException {
        east.execute("ALTER TABLE T ADD CONSTRAINT T_OF_P FOREIGN KEY(P) REFERENCES P(ID)");
        meet();

        east.execute(
                "ALTER TABLE T DROP CONSTRAINT T_OF_P",
                "ALTER TABLE T ADD CONSTRAINT T_OF_P FOREIGN KEY(P) REFERENCES P(ID) ON DELETE CASCADE",
                "INSERT INTO T VALUES(1, 1, 1, 'child')");
        meet();
        close();
        reopen();
        west.execute("INSERT INTO T VALUES(2, 2, 2, 'child')");
        meet();

        for (Node node : all) {
            assertThat(rules(node)).as(node.name()).isEqualTo("CASCADE/NO ACTION");
        }
        south.execute("DELETE FROM P");
        meet();
        assertThat(east.rows("SELECT * FROM T")).isEmpty();
    }
}
