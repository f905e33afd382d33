package io.blazedb.tck.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.tck.Sql;
import io.blazedb.tck.Target;
import io.blazedb.tck.Volume;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Foreign keys hold between transactions that run side by side; on plain H2 they do not. */
class ForeignKeyRaceTest {
    private static final String ORPHANS =
            "SELECT COUNT(*) FROM C LEFT JOIN P ON C.P = P.ID WHERE C.P IS NOT NULL AND P.ID IS NULL";

    @TempDir
    Path folder;

    private Connection one;
    private Connection two;

    @BeforeEach
    void open() throws SQLException {
        open(Target.BLAZE_FILE);
    }

    private void open(Target target) throws SQLException {
        String url = target.url(folder.resolve(target.name()));
        one = Target.connect(url);
        two = Target.connect(url);
        Sql.execute(
                one,
                "CREATE TABLE P(ID INT PRIMARY KEY, CODE INT UNIQUE)",
                "CREATE TABLE C(ID INT PRIMARY KEY, P INT REFERENCES P(ID))",
                "CREATE TABLE D(ID INT PRIMARY KEY, CODE INT REFERENCES P(CODE) ON DELETE CASCADE ON UPDATE CASCADE)",
                "CREATE TABLE S(ID INT PRIMARY KEY, ABOVE INT REFERENCES S(ID))",
                "INSERT INTO P VALUES(1, 10), (2, 20), (3, 30)",
                "INSERT INTO S VALUES(1, NULL), (2, 1)");
        one.setAutoCommit(false);
        two.setAutoCommit(false);
    }

    @AfterEach
    void close() throws SQLException {
        one.close();
        two.close();
    }

    @Test
    void plainH2LetsTheRaceThrough() throws SQLException {
        close();
        open(Target.H2_FILE);

        Sql.execute(one, "DELETE FROM P WHERE ID = 1");
        Sql.execute(two, "INSERT INTO C VALUES(1, 1)");
        one.commit();
        two.commit();

        assertThat(Sql.value(one, ORPHANS)).isEqualTo("1");
    }

    @Test
    void theChildOfAParentDeletedMeanwhileIsRefused() throws SQLException {
        Sql.execute(one, "DELETE FROM P WHERE ID = 1");
        Sql.execute(two, "INSERT INTO C VALUES(1, 1)");
        one.commit();

        assertThatThrownBy(two::commit)
                .isInstanceOf(SQLException.class)
                .extracting("SQLState")
                .isEqualTo("23506");
        two.rollback();
        assertThat(Sql.value(one, "SELECT COUNT(*) FROM C")).isEqualTo("0");
    }

    @Test
    void theParentOfAChildInsertedMeanwhileStays() throws SQLException {
        Sql.execute(one, "DELETE FROM P WHERE ID = 1");
        Sql.execute(two, "INSERT INTO C VALUES(1, 1)");
        two.commit();

        assertThatThrownBy(one::commit)
                .isInstanceOf(SQLException.class)
                .extracting("SQLState")
                .isEqualTo("23503");
        one.rollback();
        assertThat(Sql.value(two, ORPHANS)).isEqualTo("0");
        assertThat(Sql.value(two, "SELECT COUNT(*) FROM P")).isEqualTo("3");
    }

    @Test
    void cascadesDoNotMissAChildThatCameMeanwhile() throws SQLException {
        Sql.execute(one, "INSERT INTO D VALUES(1, 10)");
        one.commit();
        Sql.execute(one, "DELETE FROM P WHERE ID = 1");
        Sql.execute(two, "INSERT INTO D VALUES(2, 10)");
        two.commit();

        assertThatThrownBy(one::commit).extracting("SQLState").isEqualTo("23503");
    }

    @Test
    void aReferencedUniqueKeyThatMovesCounts() throws SQLException {
        Sql.execute(one, "UPDATE P SET CODE = 11 WHERE ID = 1");
        Sql.execute(two, "INSERT INTO D VALUES(2, 10)");
        one.commit();

        assertThatThrownBy(two::commit).extracting("SQLState").isEqualTo("23506");
    }

    @Test
    void whatOneTransactionPutsRightIsNotRefused() throws SQLException {
        Sql.execute(one, "INSERT INTO D VALUES(1, 10)", "INSERT INTO C VALUES(1, 2)");
        one.commit();
        Sql.execute(
                one,
                "UPDATE P SET CODE = 12 WHERE ID = 1",
                "DELETE FROM C",
                "DELETE FROM P WHERE ID = 2",
                "INSERT INTO P VALUES(2, 22)",
                "INSERT INTO C VALUES(5, 2)",
                "INSERT INTO S VALUES(3, 3), (4, 3), (5, 4)",
                "UPDATE S SET ABOVE = NULL WHERE ID = 4",
                "DELETE FROM S WHERE ID = 2",
                "DELETE FROM S WHERE ID = 1");
        one.commit();
        Sql.execute(two, "DELETE FROM P WHERE ID = 3");
        two.commit();
        Sql.execute(one, "INSERT INTO C VALUES(6, 1)", "INSERT INTO P VALUES(7, 70)", "INSERT INTO C VALUES(7, 7)");
        one.commit();

        assertThat(Sql.rows(one, "SELECT * FROM D")).containsExactly("1|12");
        assertThat(Sql.rows(one, "SELECT * FROM C ORDER BY ID")).containsExactly("5|2", "6|1", "7|7");
    }

    @Test
    void aKeyMayPassToARowThatHadNone() throws SQLException {
        Sql.execute(one, "INSERT INTO D VALUES(1, 10)", "UPDATE P SET CODE = NULL WHERE ID = 2");
        one.commit();
        Sql.execute(
                one,
                "UPDATE D SET CODE = NULL",
                "UPDATE P SET CODE = NULL WHERE ID = 1",
                "UPDATE P SET CODE = 10 WHERE ID = 2",
                "UPDATE D SET CODE = 10");

        one.commit();

        assertThat(Sql.rows(two, "SELECT P.ID FROM D JOIN P ON D.CODE = P.CODE"))
                .containsExactly("2");
    }

    @Test
    void selfReferencesAreLookedAtAgain() throws SQLException {
        Sql.execute(one, "DELETE FROM S WHERE ID = 2");
        Sql.execute(two, "INSERT INTO S VALUES(3, 2)");
        one.commit();

        assertThatThrownBy(two::commit).extracting("SQLState").isEqualTo("23506");
    }

    @Test
    void switchedOffForeignKeysAreNotLookedAt() throws SQLException {
        Sql.execute(one, "ALTER TABLE C SET REFERENTIAL_INTEGRITY FALSE", "DELETE FROM P WHERE ID = 1");
        one.commit();
        Sql.execute(two, "INSERT INTO C VALUES(1, 1)");
        two.commit();

        assertThat(Sql.value(one, ORPHANS)).isEqualTo("1");
    }

    @Test
    void snapshotsThatAreOlderThanTheDeleteAreLookedAtAgain() throws SQLException {
        Sql.execute(two, "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SNAPSHOT");
        Sql.rows(two, "SELECT * FROM P");
        Sql.execute(one, "DELETE FROM P WHERE ID = 1");
        one.commit();
        Sql.execute(two, "INSERT INTO C VALUES(1, 1)");

        assertThatThrownBy(two::commit).extracting("SQLState").isEqualTo("23506");
    }

    @Test
    void noOrphanComesOfManyThreads() throws Exception {
        long seed = Volume.seed();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<?> children = threads.submit(() -> write(one, new Random(seed), true));
            Future<?> parents = threads.submit(() -> write(two, new Random(seed + 1), false));
            children.get();
            parents.get();
        } finally {
            threads.shutdown();
        }

        assertThat(Sql.value(one, ORPHANS)).as("seed %d", seed).isEqualTo("0");
    }

    private static void write(Connection connection, Random random, boolean children) {
        for (int i = 0; i < Volume.of(2_000); i++) {
            int parent = random.nextInt(5);
            String sql = children
                    ? "MERGE INTO C VALUES(%d, %d)".formatted(random.nextInt(20), parent)
                    : random.nextBoolean()
                            ? "DELETE FROM P WHERE ID = " + parent
                            : "MERGE INTO P VALUES(%d, NULL)".formatted(parent);
            try {
                Sql.execute(connection, sql);
                connection.commit();
            } catch (SQLException expected) {
                assertThat(expected.getSQLState()).isIn("23506", "23503", "40001", "HYT00", "90131");
                rollBack(connection);
            }
        }
    }

    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
