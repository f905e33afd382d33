package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.tck.Volume;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nobody needs any more is forgotten, and nothing comes back that was deleted and forgotten. */
class ForgettingTest {
    private static final String ALL = "SELECT ID, NOTE FROM T ORDER BY ID";
    private static final String LOG_FIRST = "SELECT LOG_FIRST FROM BLAZE.STATUS";
    private static final String TOMBSTONES = "blazedb.tombstoneMillis";
    private static final String LAPSE = "blazedb.lapseMillis";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int CHURN_MEGABYTES = 100;
    private static final int FILE_MEGABYTES_MAX = 128;
    private static final int VALUE_CHARACTERS = 4_000;

    @TempDir
    Path folder;

    @BeforeEach
    void forgetAtOnce() {
        System.setProperty(TOMBSTONES, "20");
    }

    @AfterEach
    void forgetAsUsual() {
        System.clearProperty(TOMBSTONES);
        System.clearProperty(LAPSE);
    }

    private void connect() throws SQLException {
        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            east.execute("CREATE TABLE T(ID INT PRIMARY KEY, NOTE VARCHAR(40), MORE VARCHAR(40))");
            east.execute("INSERT INTO T VALUES(1, 'one', 'a'), (2, 'two', 'b'), (3, 'three', 'c')");
            east.connectTo(west, "WITH (INTERVAL 1)");
            Node.settle(List.of(east, west));
        }
    }

    /** Waits until the nodes keep versions of so many rows only. */
    private static void awaitKnown(long rows, Node... nodes) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (Node node : nodes) {
            while (KnownRows.count(node.connection()) > rows) {
                assertThat(System.nanoTime()).as("time to forget").isLessThan(end);
                node.sync();
            }
        }
    }

    @Test
    void aRowThatWasDeletedAndForgottenCanBeInsertedAnew() throws Exception {
        connect();
        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            east.execute("DELETE FROM T WHERE ID = 2", "SYNC");
            awaitKnown(0, east);
            east.execute("INSERT INTO T VALUES(2, 'again', 'x')", "SYNC");
            west.execute("UPDATE T SET NOTE = 'changed' WHERE ID = 2", "SYNC");
            Node.settle(List.of(east, west));

            assertThat(east.rows(ALL)).containsExactly("1|one", "2|changed", "3|three");
            assertThat(TableComparison.differences(east.connection(), west.connection()))
                    .isEmpty();
            assertThat(east.rows("SELECT * FROM BLAZE.CONFLICTS")).isEmpty();
        }
    }

    @Test
    void whoeverComesBackLateDoesNotBringBackWhatWasForgotten() throws Exception {
        connect();
        Backup away = Backup.of(folder, "west");
        System.setProperty(LAPSE, "1");
        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            east.execute("DELETE FROM T WHERE ID IN (2, 3)", "UPDATE T SET NOTE = 'kept' WHERE ID = 1");
            Node.settle(List.of(east, west));
            awaitKnown(1, east, west);
        }
        Backup after = Backup.of(folder, "east");
        away.restore(folder, "west");
        Backup.delete(Backup.file(folder, "east"));
        Backup.delete(Backup.log(folder, "east"));
        Files.createDirectory(Backup.file(folder, "east"));
        try (Node west = Node.open(folder, "west")) {
            west.execute("INSERT INTO T VALUES(9, 'new here', 'n')", "UPDATE T SET MORE = 'late' WHERE ID = 3");
            west.execute("UPDATE T SET MORE = 'in time' WHERE ID = 1");
        }
        after.restore(folder, "east");

        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            Node.settle(List.of(east, west));

            assertThat(west.rows("SELECT ID, NOTE, MORE FROM T ORDER BY ID"))
                    .containsExactly("1|kept|in time", "9|new here|n");
            assertThat(TableComparison.differences(east.connection(), west.connection()))
                    .isEmpty();
            assertThat(west.rows("SELECT KIND, STATUS, LOCAL_VALUE FROM BLAZE.CONFLICTS"))
                    .contains("STALE|REJECTED|late");
            String stale = west.value("SELECT MIN(ID) FROM BLAZE.CONFLICTS WHERE KIND = 'STALE'");
            assertThatThrownBy(() -> west.execute("RESOLVE CONFLICT " + stale + " USING LOCAL"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            error -> assertThat(error.getSQLState()).isEqualTo("ZB404"))
                    .hasMessageContaining("its status is REJECTED (expected: LOST or HIDDEN)");
        }
    }

    @Test
    void aNodeThatLeftDoesNotHoldTheLog() throws Exception {
        connect();
        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            east.execute("DISCONNECT FROM west");
            churn(east, CHURN_MEGABYTES);
            awaitTrim(east, "east");
            assertThat(Long.parseLong(east.value(LOG_FIRST))).isGreaterThan(1 << 20);

            east.connectTo(west, "WITH (INTERVAL 1)");
            Node.settle(List.of(east, west));
            assertThat(TableComparison.differences(east.connection(), west.connection()))
                    .isEmpty();
        }
    }

    @Test
    void theFilesOfTwoThatKeepUpAreBounded() throws Exception {
        connect();
        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            churn(east, Volume.of(CHURN_MEGABYTES));
            east.sync();
            for (String name : List.of("east", "west")) {
                awaitTrim(name.equals("east") ? east : west, name);
                assertThat(megabytes(Backup.file(folder, name)))
                        .as("file of %s", name)
                        .isLessThan(FILE_MEGABYTES_MAX);
            }
            assertThat(TableComparison.differences(east.connection(), west.connection()))
                    .isEmpty();
        }
    }

    /** The log is trimmed after a checkpoint, which comes although nobody writes any more. */
    private void awaitTrim(Node idle, String name) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (megabytes(Backup.log(folder, name)) >= FILE_MEGABYTES_MAX) {
            assertThat(System.nanoTime())
                    .as("time to trim the log of %s, which begins at %s", name, idle.value(LOG_FIRST))
                    .isLessThan(end);
        }
    }

    private static void churn(Node node, int megabytes) throws SQLException {
        node.execute("CREATE TABLE CHURN(ID INT PRIMARY KEY, CONTENT VARCHAR)");
        try (PreparedStatement write = node.connection().prepareStatement("MERGE INTO CHURN VALUES(?, ?)")) {
            for (int i = 0; i < megabytes * (1 << 20) / VALUE_CHARACTERS; i++) {
                write.setInt(1, i % 100);
                write.setString(2, Integer.toString(i).repeat(VALUE_CHARACTERS / 5));
                write.executeUpdate();
            }
        }
    }

    private static long megabytes(Path root) {
        return bytes(root.toFile()) >> 20;
    }

    /** Segments come and go while they are counted. */
    private static long bytes(File root) {
        File[] files = root.listFiles();
        return files == null
                ? root.length()
                : Stream.of(files).mapToLong(ForgettingTest::bytes).sum();
    }
}
