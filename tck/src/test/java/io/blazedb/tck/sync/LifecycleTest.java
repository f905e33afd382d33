package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.blazedb.tck.Sql;
import io.blazedb.tck.Target;
import io.blazedb.tck.Volume;
import io.blazedb.tck.crash.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sync goes on by itself when databases are closed, killed and opened again, in whatever order. */
class LifecycleTest {
    private static final String ALL = "SELECT ID, NOTE FROM T ORDER BY ID";
    private static final String OPERATIONS =
            "SELECT ORIGIN, SEQ, TX, TYPE, ROW_KEY, CHANGES FROM BLAZE.OPERATIONS ORDER BY 1, 2, 5";
    private static final int KILLS = 4;

    @TempDir
    Path folder;

    private void connect() throws SQLException {
        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            east.execute("CREATE TABLE T(ID INT PRIMARY KEY, NOTE VARCHAR(10))", "INSERT INTO T VALUES(1, 'a')");
            east.connectTo(west, "WITH (INTERVAL 1)");
            east.sync();
        }
    }

    @ParameterizedTest
    @CsvSource({"east,west,east,west", "east,west,west,east", "west,east,east,west", "west,east,west,east"})
    void resumesByItself(String closedFirst, String closedLast, String openedFirst, String openedLast)
            throws SQLException {
        connect();
        Node first = Node.open(folder, closedFirst);
        try (Node last = Node.open(folder, closedLast)) {
            first.execute("INSERT INTO T VALUES(2, 'b')");
            first.close();
            last.execute("INSERT INTO T VALUES(3, 'c')");
        }

        try (Node here = Node.open(folder, openedFirst)) {
            here.execute("INSERT INTO T VALUES(4, 'd')");
            try (Node there = Node.open(folder, openedLast)) {
                there.execute("INSERT INTO T VALUES(5, 'e')");
                there.sync();
                assertThat(there.rows(ALL)).containsExactly("1|a", "2|b", "3|c", "4|d", "5|e");
                assertThat(here.rows(ALL)).isEqualTo(there.rows(ALL));
                assertThat(here.rows("SELECT STATE FROM BLAZE.CONNECTIONS")).containsExactly("CONNECTED");
            }
        }
    }

    @Test
    void syncOpensThePeerThatNobodyElseHasOpen() throws SQLException {
        connect();
        try (Node east = Node.open(folder, "east")) {
            east.execute("INSERT INTO T VALUES(2, 'b')", "SYNC");
        }
        try (Node west = Node.open(folder, "west", ";IFEXISTS=TRUE")) {
            assertThat(west.rows(ALL)).containsExactly("1|a", "2|b");
        }
    }

    @Test
    void theLastConnectionClosesEverything() throws SQLException, IOException {
        connect();
        Node east = Node.open(folder, "east");
        Node west = Node.open(folder, "west");
        east.execute("INSERT INTO T VALUES(2, 'b')");
        east.sync();
        west.close();
        east.close();

        try (Stream<Path> files = Files.walk(folder).sorted(Comparator.reverseOrder())) {
            for (Path path : files.filter(path -> !path.equals(folder)).toList()) {
                Files.delete(path);
            }
        }
        try (Node fresh = Node.open(folder, "east")) {
            assertThat(fresh.rows("SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'PUBLIC'"))
                    .isEmpty();
        }
    }

    @Test
    void nothingIsLostOrNumberedAgainAtAKill() throws Exception {
        connect();
        Map<String, String> known = new HashMap<>();
        for (int kill = 0; kill < Volume.of(KILLS); kill++) {
            Path progress = folder.resolve("progress" + kill);
            try (ChildProcess child = ChildProcess.start(
                    SyncChild.class,
                    folder.resolve("errors" + kill),
                    "write",
                    folder.toString(),
                    progress.toString(),
                    Integer.toString(kill))) {
                child.awaitReady();
                child.kill();
            }
            killWhatOnlyOpens(kill);
            try (Node east = Node.open(folder, "east");
                    Node west = Node.open(folder, "west")) {
                List<String> acknowledged = Files.readAllLines(progress);
                assertThat(east.rows("SELECT NOTE FROM T WHERE ID >= 100")).containsAll(acknowledged);
                west.sync();
                assertThat(TableComparison.differences(east.connection(), west.connection()))
                        .as("after kill %d", kill)
                        .isEmpty();
                check(known, east.rows(OPERATIONS));
                check(known, west.rows(OPERATIONS));
                assertNoGap(west);
            }
        }
    }

    /** A second kill before anything is written: what the first recovery made must not be taken for all there was. */
    private void killWhatOnlyOpens(int kill) throws Exception {
        try (ChildProcess child = ChildProcess.start(
                SyncChild.class, folder.resolve("errors" + kill + "again"), "hold", folder.toString())) {
            child.awaitReady();
            child.kill();
        }
    }

    @Test
    void whatPlainH2WroteIsSent() throws Exception {
        connect();
        try (Connection plain =
                DriverManager.getConnection(Target.H2_FILE.url(folder.resolve("east")), Target.USER, Target.PASSWORD)) {
            Sql.execute(plain, "INSERT INTO T VALUES(900, 'unseen')");
        }
        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            east.sync();
            assertThat(west.rows("SELECT NOTE FROM T WHERE ID = 900")).containsExactly("unseen");
        }
    }

    @ParameterizedTest
    @CsvSource({"east,west", "west,east"})
    void whatPlainH2ChangedAndDeletedIsThisNodesOwnChange(String edited, String untouched) throws Exception {
        connect();
        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            east.execute("INSERT INTO T VALUES(2, 'b'), (3, 'c'), (4, 'd')", "UPDATE T SET NOTE = 'D' WHERE ID = 4");
            west.execute("INSERT INTO T VALUES(5, 'e'), (6, 'f')");
            east.sync();
        }
        try (Connection plain =
                DriverManager.getConnection(Target.H2_FILE.url(folder.resolve(edited)), Target.USER, Target.PASSWORD)) {
            Sql.execute(
                    plain, "DELETE FROM T WHERE ID IN (1, 3, 5)", "UPDATE T SET NOTE = 'edited' WHERE ID IN (2, 6)");
            Sql.execute(plain, "INSERT INTO T VALUES(900, 'unseen')");
        }
        try (Node there = Node.open(folder, untouched);
                Node here = Node.open(folder, edited)) {
            here.sync();
            there.sync();
            for (Node node : List.of(here, there)) {
                assertThat(node.rows(ALL)).as(node.name()).containsExactly("2|edited", "4|D", "6|edited", "900|unseen");
                assertThat(node.rows("SELECT ROW_KEY, KIND FROM BLAZE.CONFLICTS"))
                        .isEmpty();
            }
            assertThat(here.rows("CHECK SYNC").get(0)).contains("|T|4|4|0|");
        }
    }

    /** The same origin, number and row always mean the same change. */
    private static void check(Map<String, String> known, List<String> operations) {
        for (String operation : operations) {
            String[] parts = operation.split("\\|", 6);
            String name = String.join("|", parts[0], parts[1], parts[4], parts[3]);
            String content = parts[2] + parts[5];
            assertThat(known.merge(name, content, (before, now) -> before))
                    .as(name)
                    .isEqualTo(content);
        }
    }

    private static void assertNoGap(Node node) throws SQLException {
        assertThat(node.rows("SELECT ORIGIN, COUNT(DISTINCT SEQ), MAX(SEQ) - MIN(SEQ) + 1 FROM BLAZE.OPERATIONS"
                        + " GROUP BY ORIGIN HAVING COUNT(DISTINCT SEQ) <> MAX(SEQ) - MIN(SEQ) + 1"))
                .isEmpty();
    }

    @Test
    void ddlBesideAnOpenTransactionAndCheckpointsDoNotGetStuck() throws Exception {
        runChild("ddl", "-Dblazedb.checkpointAlways=true", "-Dblazedb.checkpointLookMillis=10");
    }

    @Test
    void lostPushesAreMadeGoodByTheRound() throws Exception {
        runChild("lost", "-Dblazedb.fault.losePushes=true");
    }

    private void runChild(String what, String... options) throws Exception {
        connect();
        try (ChildProcess child = ChildProcess.start(
                SyncChild.class, List.of(options), folder.resolve("errors"), what, folder.toString(), "-", "0")) {
            child.awaitReady();
            child.awaitEnd();
        }
    }

    @Test
    void anotherProcessIsToldWhoHoldsTheDatabase() throws Exception {
        connect();
        try (ChildProcess child =
                ChildProcess.start(SyncChild.class, folder.resolve("errors"), "hold", folder.toString(), "-", "0")) {
            child.awaitReady();

            try (Node here = Node.open(folder, "here")) {
                Refusal refusal = Refusal.of(
                        here.connection(), "CONNECT TO '" + Target.BLAZE_FILE.url(folder.resolve("west")) + "'");
                assertThat(refusal.state()).as(refusal.message()).isEqualTo("ZB104");
                assertThat(refusal.message()).contains("west", "another process", "Remedy");
                assertThat(here.rows("SELECT * FROM BLAZE.CONNECTIONS")).isEmpty();
            }
            child.kill();
        }
        try (Node west = Node.open(folder, "west")) {
            assertThat(west.rows(ALL)).containsExactly("1|a");
        }
    }

    @Test
    void poolsOnBothSidesSync() throws SQLException {
        connect();
        try (HikariDataSource here = pool("east");
                HikariDataSource there = pool("west")) {
            for (int i = 10; i < 60; i++) {
                insert(here, i * 2);
                insert(there, i * 2 + 1);
            }
            try (Connection connection = here.getConnection()) {
                Sql.execute(connection, "SYNC");
            }
            try (Connection left = here.getConnection();
                    Connection right = there.getConnection()) {
                assertThat(Sql.value(left, "SELECT COUNT(*) FROM T")).isEqualTo("101");
                assertThat(TableComparison.differences(left, right)).isEmpty();
            }
        }
    }

    private static void insert(HikariDataSource pool, int id) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            Sql.execute(connection, "INSERT INTO T VALUES(" + id + ", 'pool')");
        }
    }

    private HikariDataSource pool(String name) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(Target.BLAZE_FILE.url(folder.resolve(name)));
        pool.setUsername(Target.USER);
        pool.setPassword(Target.PASSWORD);
        pool.setMaximumPoolSize(3);
        return pool;
    }
}
