package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.tck.Sql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three databases in every pattern, also one that changes while they are written to. */
class TopologyTest {
    private static final String ALL = "SELECT ID, NOTE FROM T ORDER BY ID";

    private static final String PENDING = "SELECT PENDING FROM BLAZE.STATUS";
    private static final int PENDING_MAX = 2_000;
    private static final int PACE_ROUNDS = 100;
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    @TempDir
    Path folder;

    private Node first;
    private Node second;
    private Node third;
    private List<Node> all;

    @BeforeEach
    void open() throws SQLException {
        first = Node.open(folder, "n1");
        second = Node.open(folder, "n2");
        third = Node.open(folder, "n3");
        all = List.of(first, second, third);
        first.execute("CREATE TABLE T(ID INT PRIMARY KEY, NOTE VARCHAR(20))", "INSERT INTO T VALUES(0, 'old')");
    }

    @AfterEach
    void close() throws SQLException {
        for (Node node : all) {
            node.close();
        }
    }

    private void topology(String pattern) throws SQLException {
        first.execute(
                "CREATE TOPOLOGY G PATTERN " + pattern,
                "ALTER TOPOLOGY G ADD NODE N1 CURRENT DATABASE",
                "ALTER TOPOLOGY G ADD NODE N2 AT '" + second.url() + "'",
                "ALTER TOPOLOGY G ADD NODE N3 AT '" + third.url() + "'");
    }

    private void writeEverywhere() throws SQLException {
        Node.settle(all);
        for (int i = 0; i < all.size(); i++) {
            all.get(i).execute("INSERT INTO T VALUES(%d, 'from n%d')".formatted(i + 1, i + 1));
        }
        Node.settle(all);
    }

    private void assertAllHave(String... rows) throws SQLException {
        for (Node node : all) {
            assertThat(node.rows(ALL)).as(node.name()).containsExactly(rows);
        }
    }

    @Test
    void meshConnectsEachWithEach() throws SQLException {
        topology("MESH");

        writeEverywhere();

        assertAllHave("0|old", "1|from n1", "2|from n2", "3|from n3");
        assertThat(second.rows("SELECT SOURCE, TARGET FROM BLAZE.CONNECTIONS ORDER BY 1, 2"))
                .containsExactly("N1|N2", "N1|N3", "N2|N3");
    }

    @Test
    void spokesSeeEachOtherThroughTheHub() throws SQLException {
        topology("HUB AND SPOKE HUB N1");

        writeEverywhere();

        assertAllHave("0|old", "1|from n1", "2|from n2", "3|from n3");
        assertThat(second.rows("SELECT NODE FROM BLAZE.NODES ORDER BY 1")).containsExactly("N1", "N2", "N3");
        assertThat(second.rows("SELECT SOURCE, TARGET FROM BLAZE.CONNECTIONS ORDER BY 1, 2"))
                .containsExactly("N1|N2", "N1|N3");
    }

    @Test
    void starOnlyReadsFromTheHub() throws SQLException {
        topology("STAR HUB N1");

        writeEverywhere();

        assertThat(first.rows(ALL)).containsExactly("0|old", "1|from n1");
        assertThat(second.rows(ALL)).containsExactly("0|old", "1|from n1", "2|from n2");
        assertThat(third.rows(ALL)).containsExactly("0|old", "1|from n1", "3|from n3");
    }

    @Test
    void chainHandsOn() throws SQLException {
        topology("CUSTOM");
        first.execute("CONNECT N1 TO N2", "CONNECT N2 TO N3");

        writeEverywhere();

        assertAllHave("0|old", "1|from n1", "2|from n2", "3|from n3");
    }

    @Test
    void chainHandsOnTablesAndColumns() throws SQLException {
        topology("CUSTOM");
        first.execute("CONNECT N1 TO N2", "CONNECT N2 TO N3");
        Node.settle(all);

        third.execute("CREATE TABLE U(ID INT PRIMARY KEY)", "INSERT INTO U VALUES(1)");
        third.execute("ALTER TABLE T ADD COLUMN MORE INT DEFAULT 5", "UPDATE T SET MORE = 6");
        Node.settle(all);

        for (Node node : all) {
            assertThat(node.rows("SELECT * FROM U")).as(node.name()).containsExactly("1");
            assertThat(node.rows("SELECT * FROM T")).as(node.name()).containsExactly("0|old|6");
        }
    }

    @Test
    void theHubMayMove() throws SQLException {
        topology("HUB AND SPOKE HUB N1");
        writeEverywhere();

        second.execute("ALTER TOPOLOGY G SET PATTERN HUB AND SPOKE HUB N3");
        first.execute("INSERT INTO T VALUES(11, 'after')");
        second.execute("INSERT INTO T VALUES(12, 'after')");
        Node.settle(all);

        assertAllHave("0|old", "1|from n1", "2|from n2", "3|from n3", "11|after", "12|after");
        assertThat(third.rows("SELECT SOURCE, TARGET FROM BLAZE.CONNECTIONS")).hasSize(2);
    }

    @Test
    void aNodeThatWasDroppedGetsNothingMore() throws SQLException {
        topology("MESH");
        writeEverywhere();

        first.execute("ALTER TOPOLOGY G DROP NODE N3");
        first.execute("INSERT INTO T VALUES(11, 'after')");
        third.execute("INSERT INTO T VALUES(13, 'alone')");
        Node.settle(all);

        assertThat(second.rows(ALL)).hasSize(5).contains("11|after").doesNotContain("13|alone");
        assertThat(third.rows(ALL)).hasSize(5).contains("13|alone").doesNotContain("11|after");
        assertThat(third.rows("SELECT * FROM BLAZE.CONNECTIONS")).isEmpty();
    }

    @Test
    void thePatternChangesWhileAllWrite() throws Exception {
        first.execute("CREATE TABLE SUMS(NODE INT PRIMARY KEY, N BIGINT, ROUNDS INT)");
        first.execute("INSERT INTO SUMS VALUES(1, 0, 0), (2, 0, 0), (3, 0, 0)");
        topology("MESH");
        Node.settle(all);
        List<String> patterns =
                List.of("HUB AND SPOKE HUB N1", "MESH", "HUB AND SPOKE HUB N2", "HUB AND SPOKE HUB N3", "MESH");
        List<BackgroundWriter> writers = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            int node = i + 1;
            writers.add(
                    BackgroundWriter.start(all.get(i).url(), (connection, round) -> write(connection, node, round)));
        }
        for (String pattern : patterns) {
            for (BackgroundWriter writer : writers) {
                writer.awaitRounds(20);
            }
            first.execute("ALTER TOPOLOGY G SET PATTERN " + pattern);
        }
        for (BackgroundWriter writer : writers) {
            writer.awaitRounds(20);
            writer.close();
        }
        for (Node node : all) {
            node.execute("SYNC TIMEOUT 60");
        }
        Node.settle(all);

        List<String> expected = new ArrayList<>();
        for (int i = 0; i < writers.size(); i++) {
            long rounds = writers.get(i).rounds();
            expected.add("%d|%d|%d".formatted(i + 1, rounds * (rounds - 1) / 2, rounds));
        }
        for (Node node : all) {
            assertThat(node.rows("SELECT * FROM SUMS ORDER BY NODE"))
                    .as(node.name())
                    .isEqualTo(expected);
            assertThat(TableComparison.differences(first.connection(), node.connection()))
                    .as(node.name())
                    .isEmpty();
        }
    }

    /** A sum that is wrong when a round is lost or applied twice, and rows that all fight about. */
    private static void write(Connection connection, int node, int round) throws SQLException {
        while (round % PACE_ROUNDS == 0 && Integer.parseInt(Sql.value(connection, PENDING)) > PENDING_MAX) {
            connection.commit();
            LockSupport.parkNanos(PACE_NANOS); // the peers apply on the same cores
        }
        Sql.execute(
                connection,
                "UPDATE SUMS SET N = N + %d, ROUNDS = ROUNDS + 1 WHERE NODE = %d".formatted(round, node),
                "MERGE INTO T VALUES(%d, 'n%d round %d')".formatted(1 + round % 10, node, round));
    }
}
