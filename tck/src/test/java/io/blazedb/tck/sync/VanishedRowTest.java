package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.BlazeConnection;
import io.blazedb.tck.Sql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A transaction waits for a row that another one has deleted, gets nothing, and stays open. What others then commit
 * under that key is none of its changes, however it ends. Plain H2 takes such a row away when the transaction is rolled
 * back.
 */
class VanishedRowTest {
    private static final String ALL = "SELECT ID || '|' || N || '|' || NOTE FROM T ORDER BY ID";

    @TempDir
    Path folder;

    private Node east;
    private Node west;
    private Connection late;
    private final Heard heard = new Heard();

    @BeforeEach
    void leaveATransactionThatCameTooLate() throws SQLException {
        east = Node.open(folder, "east");
        west = Node.open(folder, "west");
        east.execute(
                "CREATE TABLE T(ID INT PRIMARY KEY, N INT, NOTE VARCHAR(9) UNIQUE)",
                "CREATE MERGE RULE ON T (N) USING COUNTER");
        east.connectTo(west);
        east.execute("INSERT INTO T VALUES(1, 100, 'old')");
        east.sync();
        late = east.another();
        late.setAutoCommit(false);
        deleteWhileTheOtherWaits();
        east.connection().unwrap(BlazeConnection.class).addChangeListener(heard);
    }

    private void deleteWhileTheOtherWaits() throws SQLException {
        east.connection().setAutoCommit(false);
        east.execute("DELETE FROM T");
        CompletableFuture<Void> waits = CompletableFuture.runAsync(() -> {
            try {
                Sql.execute(late, "UPDATE T SET NOTE = 'late'");
            } catch (SQLException e) {
                throw new CompletionException(e);
            }
        });
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (east.value("SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS WHERE BLOCKER_ID IS NOT NULL")
                .equals("0")) {
            assertThat(System.nanoTime() - end).as("nobody waits for the row").isNegative();
            Thread.onSpinWait();
        }
        east.connection().commit();
        east.connection().setAutoCommit(true);
        waits.join();
    }

    @AfterEach
    void close() throws SQLException {
        late.close();
        east.close();
        west.close();
    }

    @Test
    void theInsertOfAnotherIsNotItsOwn() throws Exception {
        east.execute("INSERT INTO T VALUES(1, 5, 'new')");
        Sql.execute(late, "INSERT INTO T VALUES(2, 7, 'own')");
        late.commit();

        assertThat(heard.await(2)).containsExactly("INSERT PUBLIC.T 1", "INSERT PUBLIC.T 2");
        assertBothHave("1|5|new", "2|7|own");
    }

    @Test
    void anInsertThatIsNotCommittedIsNotItsOwn() throws Exception {
        try (Connection other = east.another()) {
            other.setAutoCommit(false);
            Sql.execute(other, "INSERT INTO T VALUES(1, 5, 'new')");
            Sql.execute(late, "INSERT INTO T VALUES(2, 7, 'own')");
            late.commit();
            other.rollback();
        }

        assertThat(heard.await(1)).containsExactly("INSERT PUBLIC.T 2");
        assertBothHave("2|7|own");
    }

    @Test
    void itsUpdateOfThatRowIsAnUpdate() throws Exception {
        east.execute("INSERT INTO T VALUES(1, 5, 'new')");
        Sql.execute(late, "UPDATE T SET N = N + 1");
        late.commit();

        assertThat(heard.await(2)).containsExactly("INSERT PUBLIC.T 1", "UPDATE PUBLIC.T 1");
        assertBothHave("1|6|new");
    }

    @Test
    void itsOwnInsertIsToldOnce() throws Exception {
        Sql.execute(late, "INSERT INTO T VALUES(1, 5, 'own')", "UPDATE T SET N = N + 1");
        late.commit();

        assertThat(heard.await(1)).containsExactly("INSERT PUBLIC.T 1");
        assertBothHave("1|6|own");
    }

    @Test
    void rollbackKeepsTheInsertOfAnother() throws Exception {
        east.execute("INSERT INTO T VALUES(1, 5, 'new')");
        late.rollback();

        assertBothHave("1|5|new");
    }

    @Test
    void rollbackTakesBackItsUpdateAndKeepsTheInsert() throws Exception {
        east.execute("INSERT INTO T VALUES(1, 5, 'new')");
        Sql.execute(late, "UPDATE T SET N = N + 1, NOTE = 'own'", "DELETE FROM T");
        late.rollback();

        assertBothHave("1|5|new");
        assertThat(east.rows("SELECT N FROM T WHERE NOTE = 'new'")).containsExactly("5");
        assertThat(east.rows("SELECT N FROM T WHERE NOTE = 'own'")).isEmpty();
    }

    @Test
    void rollbackTakesBackItsOwnInsert() throws Exception {
        Sql.execute(late, "INSERT INTO T VALUES(1, 5, 'own')", "UPDATE T SET N = N + 1", "DELETE FROM T");
        Sql.execute(late, "INSERT INTO T VALUES(1, 8, 'again')", "INSERT INTO T VALUES(2, 9, 'own')");
        late.rollback();

        assertBothHave();
        east.execute("INSERT INTO T VALUES(1, 5, 'again'), (2, 6, 'own')");
        assertBothHave("1|5|again", "2|6|own");
    }

    private void assertBothHave(String... rows) throws SQLException {
        east.sync();
        assertThat(east.rows(ALL)).containsExactly(rows);
        assertThat(west.rows(ALL)).containsExactly(rows);
        assertThat(east.rows("CHECK SYNC TABLE T"))
                .containsExactly("PUBLIC|T|" + rows.length + "|" + rows.length + "|0|WEST");
    }
}
