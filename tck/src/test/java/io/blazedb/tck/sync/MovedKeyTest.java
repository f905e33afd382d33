package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.tck.Volume;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A peer's change finds its row by its key, while the application gives that key to another row, or to none. */
class MovedKeyTest {
    private static final String ALL = "SELECT * FROM T ORDER BY A, B";
    private static final int ROUNDS = 10;
    private static final int RACES = 150;
    private static final int SPINS_MAX = 20_000;

    @TempDir
    Path folder;

    private Node east;
    private Node west;

    @BeforeEach
    void connect() throws SQLException {
        east = Node.open(folder, "east");
        west = Node.open(folder, "west");
        east.execute("CREATE TABLE T(A INT, B INT, NOTE VARCHAR(20), PRIMARY KEY(A, B))");
        east.connectTo(west, "WITH (INTERVAL 1)");
        east.sync();
    }

    @AfterEach
    void close() throws SQLException {
        east.close();
        west.close();
    }

    private void assertSame(String when) throws SQLException {
        Node.settle(List.of(east, west));
        assertThat(west.rows(ALL)).as(when).isEqualTo(east.rows(ALL));
        assertThat(west.rows("CHECK SYNC")).as(when).allMatch(table -> table.matches(".*\\|0\\|[^|]*"));
    }

    @Test
    void aRowThatGotAnotherKeyMeanwhileIsNotThatOne() throws SQLException {
        for (int i = 0; i < ROUNDS; i++) {
            east.execute("INSERT INTO T VALUES(%d, 1, 'old')".formatted(i));
            Node.settle(List.of(east, west));
            west.connection().setAutoCommit(false);
            west.execute("UPDATE T SET B = 2 WHERE A = " + i);
            switch (i % 3) {
                case 0 -> east.execute("UPDATE T SET NOTE = 'east' WHERE A = " + i);
                case 1 -> east.execute("DELETE FROM T WHERE A = " + i);
                default ->
                    east.execute("DELETE FROM T WHERE A = " + i, "INSERT INTO T VALUES(%d, 1, 'again')".formatted(i));
            }
            awaitThatAPeerWaits();
            west.connection().commit();
            west.connection().setAutoCommit(true);

            assertSame("round " + i);
            assertThat(west.rows("SELECT B, NOTE FROM T WHERE A = %d ORDER BY 1".formatted(i)))
                    .isEqualTo(i % 3 == 2 ? List.of("1|again", "2|old") : List.of("2|old"));
        }
    }

    private void awaitThatAPeerWaits() throws SQLException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (west.value("SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS WHERE BLOCKER_ID IS NOT NULL")
                .equals("0")) {
            assertThat(System.nanoTime() - end).as("nobody waits for the row").isNegative();
            Thread.onSpinWait();
        }
    }

    @Test
    void aRowInsertedWhileItsDeletionArrivesIsTheSameEverywhere() throws SQLException {
        long seed = Volume.seed();
        Random random = new Random(seed);
        east.execute("INSERT INTO T VALUES(1, 1, 'old')");
        for (int i = 0; i < Volume.of(RACES); i++) {
            Node.settle(List.of(east, west));
            east.execute("PAUSE SYNC", "DELETE FROM T", "INSERT INTO T VALUES(1, 1, 'east')", "DELETE FROM T");
            west.execute("DELETE FROM T");
            east.execute("RESUME SYNC");
            for (int spin = random.nextInt(SPINS_MAX); spin > 0; spin--) {
                Thread.onSpinWait();
            }
            west.execute("MERGE INTO T VALUES(1, 1, 'west')");

            assertSame("seed " + seed + ", race " + i);
            east.execute("MERGE INTO T VALUES(1, 1, 'again')");
        }
    }
}
