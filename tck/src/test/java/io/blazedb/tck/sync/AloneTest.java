package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.tck.Sql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ALTER TABLE runs while nobody else writes: plain H2 loses updates of a table that it is copying. */
class AloneTest {
    private static final int ROWS = 5_000;
    private static final int WRITTEN = 50;
    private static final int COLUMNS = 8;
    private static final long WAIT_SECONDS_MAX = 30;

    @TempDir
    Path folder;

    private Node east;
    private Node west;

    @BeforeEach
    void open() throws SQLException {
        east = Node.open(folder, "east");
        west = Node.open(folder, "west");
        east.execute(
                "CREATE TABLE T(ID INT PRIMARY KEY, N INT NOT NULL)",
                "CREATE TABLE U(ID INT PRIMARY KEY, N INT NOT NULL)",
                "INSERT INTO T SELECT X, 0 FROM SYSTEM_RANGE(1, " + ROWS + ")",
                "INSERT INTO U VALUES(1, 0)");
        east.connectTo(west);
        east.sync();
    }

    @AfterEach
    void close() throws SQLException {
        east.close();
        west.close();
    }

    private static String addColumn(int number) {
        return "ALTER TABLE T ADD COLUMN C" + number + " INT DEFAULT " + number;
    }

    /** Writes to T at a node while the action runs, and compares both nodes with what was written last. */
    private void whileWriting(Node node, Action action) throws Exception {
        int[] last = new int[WRITTEN];
        try (BackgroundWriter writer = BackgroundWriter.start(node.url(), (connection, number) -> {
            Sql.execute(connection, "UPDATE T SET N = " + number + " WHERE ID = " + (1 + number % WRITTEN));
            last[number % WRITTEN] = number;
        })) {
            writer.awaitRounds(WRITTEN);
            action.run(writer);
            writer.awaitRounds(WRITTEN);
        }
        east.sync();
        west.sync();

        List<String> written = new ArrayList<>();
        for (int number : last) {
            written.add(Integer.toString(number));
        }
        String query = "SELECT N FROM T WHERE ID <= " + WRITTEN + " ORDER BY ID";
        assertThat(node.rows(query)).isEqualTo(written);
        assertThat(east.rows("SELECT * FROM T ORDER BY ID")).isEqualTo(west.rows("SELECT * FROM T ORDER BY ID"));
    }

    private interface Action {
        void run(BackgroundWriter writer) throws Exception;
    }

    @Test
    void noUpdateIsLostWhileADefinitionOfAPeerRuns() throws Exception {
        whileWriting(west, writer -> {
            for (int i = 0; i < COLUMNS; i++) {
                east.execute(addColumn(i));
                east.sync();
            }
        });

        assertThat(west.value("SELECT C7 FROM T WHERE ID = 1")).isEqualTo("7");
    }

    @Test
    void noUpdateIsLostWhileAlterTableRuns() throws Exception {
        whileWriting(east, writer -> {
            for (int i = 0; i < COLUMNS; i++) {
                east.execute(addColumn(i));
                writer.awaitRounds(1);
            }
        });
    }

    @Test
    void aLongTransactionDelaysTheDefinitionOfAPeerAndNobodyElse() throws Exception {
        try (Connection open = west.another()) {
            open.setAutoCommit(false);
            Sql.execute(open, "UPDATE U SET N = 1");
            east.execute(addColumn(1));
            awaitError("A definition of a peer (ALTER TABLE \"PUBLIC\".\"T\" ADD COLUMN");

            west.execute("UPDATE T SET N = 5 WHERE ID = 5", "CREATE TABLE V(ID INT PRIMARY KEY)");
            Sql.execute(open, "UPDATE U SET N = 2", "UPDATE T SET N = 6 WHERE ID = 6");
            open.commit();
        }
        east.sync();
        west.sync();

        assertThat(west.value("SELECT C1 FROM T WHERE ID = 5")).isEqualTo("1");
        assertThat(east.rows("SELECT N FROM T WHERE ID IN (5, 6) ORDER BY ID")).containsExactly("5", "6");
        assertThat(east.value("SELECT N FROM U")).isEqualTo("2");
        assertThat(west.rows("SELECT LAST_ERROR FROM BLAZE.CONNECTIONS")).containsExactly("null");
    }

    private void awaitError(String beginning) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS_MAX);
        List<String> errors = List.of();
        while (errors.isEmpty() && System.nanoTime() < end) {
            errors = west.rows("SELECT LAST_ERROR FROM BLAZE.CONNECTIONS WHERE LAST_ERROR IS NOT NULL");
            Thread.onSpinWait();
        }
        assertThat(errors).hasSize(1);
        assertThat(errors.get(0)).startsWith(beginning).contains("Remedy: COMMIT or ROLLBACK there");
    }

    @Test
    void alterTableSaysWhatItWaitsFor() throws Exception {
        try (Connection open = east.another()) {
            open.setAutoCommit(false);
            Sql.execute(open, "UPDATE U SET N = 1");

            assertThatThrownBy(() -> alter(100).get(WAIT_SECONDS_MAX, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(SQLTimeoutException.class)
                    .hasMessageContaining("ALTER TABLE waited 100 ms")
                    .hasMessageContaining("Remedy: COMMIT or ROLLBACK there");
            CompletableFuture<Void> altered = alter(20_000);
            Sql.execute(open, "UPDATE U SET N = 2");
            open.commit();
            altered.get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
        }

        assertThat(east.value("SELECT C2 FROM T WHERE ID = 1")).isEqualTo("2");
        assertThat(east.value("SELECT N FROM U")).isEqualTo("2");
    }

    /** In another thread: a thread does not wait for its own transactions. */
    private CompletableFuture<Void> alter(int lockTimeout) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        new Thread(() -> {
                    try (Connection another = east.another()) {
                        Sql.execute(another, "SET LOCK_TIMEOUT " + lockTimeout, addColumn(2));
                        done.complete(null);
                    } catch (SQLException | RuntimeException e) {
                        done.completeExceptionally(e);
                    }
                })
                .start();
        return done;
    }

    @Test
    void aConnectionDoesNotWaitForItsOwnThread() throws SQLException {
        try (Connection migrating = east.another()) {
            migrating.setAutoCommit(false);
            east.connection().setAutoCommit(false);
            east.execute("UPDATE U SET N = 1");

            Sql.execute(migrating, "UPDATE T SET N = 9 WHERE ID = 9", addColumn(1));
            east.execute("COMMIT");
            east.connection().setAutoCommit(true);
        }
        east.sync();

        assertThat(west.rows("SELECT N, C1 FROM T WHERE ID = 9")).containsExactly("9|1");
        assertThat(west.value("SELECT N FROM U")).isEqualTo("1");
    }

    @Test
    void twoThatAlterWithTransactionsOpenDoNotWaitForEachOther() throws Exception {
        try (Connection one = east.another();
                Connection other = east.another()) {
            CompletableFuture<Void> both = CompletableFuture.allOf(
                    CompletableFuture.runAsync(() -> writeAndAlter(one, 1)),
                    CompletableFuture.runAsync(() -> writeAndAlter(other, 2)));
            both.get(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
        }
        east.sync();

        assertThat(west.rows("SELECT C1, C2 FROM T WHERE ID = 1")).containsExactly("1|2");
        assertThat(west.rows("SELECT N FROM U WHERE ID > 1 ORDER BY ID")).containsExactly("1", "2");
    }

    private static void writeAndAlter(Connection connection, int number) {
        try {
            connection.setAutoCommit(false);
            Sql.execute(connection, "INSERT INTO U VALUES(" + (10 + number) + ", " + number + ")", addColumn(number));
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
