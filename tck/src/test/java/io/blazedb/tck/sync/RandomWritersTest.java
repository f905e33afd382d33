package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.tck.Sql;
import io.blazedb.tck.Volume;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three databases where random rows of tables with unique and foreign keys are written, connected or not, agree. */
class RandomWritersTest {
    private static final int SEEDS = 50;
    private static final int STEPS = 40;
    private static final List<String> PATTERNS =
            List.of("MESH", "HUB AND SPOKE HUB N1", "HUB AND SPOKE HUB N2", "HUB AND SPOKE HUB N3");

    @TempDir
    Path folder;

    private List<Node> all;

    @BeforeEach
    void open() throws SQLException {
        all = List.of(Node.open(folder, "n1"), Node.open(folder, "n2"), Node.open(folder, "n3"));
        Node first = all.get(0);
        first.execute(
                "CREATE TABLE P(ID INT PRIMARY KEY, NAME VARCHAR(10) UNIQUE, N INT)",
                "CREATE TABLE C(A INT, B INT, P INT REFERENCES P(ID) ON DELETE CASCADE, NOTE VARCHAR(10),"
                        + " PRIMARY KEY(A, B))",
                "CREATE TOPOLOGY G PATTERN MESH",
                "ALTER TOPOLOGY G ADD NODE N1 CURRENT DATABASE ROLE SERVER",
                "ALTER TOPOLOGY G ADD NODE N2 AT '" + all.get(1).url() + "'",
                "ALTER TOPOLOGY G ADD NODE N3 AT '" + all.get(2).url() + "'");
        Node.settle(all);
    }

    @AfterEach
    void close() throws SQLException {
        for (Node node : all) {
            node.close();
        }
    }

    @Test
    void nodesAgree() throws SQLException {
        String asked = System.getProperty("seed");
        if (asked != null) {
            run(Long.parseLong(asked));
            return;
        }
        long base = Volume.seed();
        for (int i = 0; i < Volume.of(SEEDS); i++) {
            run(base + i);
        }
    }

    private void run(long seed) throws SQLException {
        Random random = new Random(seed);
        List<String> done = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            Node node = all.get(random.nextInt(all.size()));
            String sql = statement(random);
            if (attempt(node.connection(), sql)) {
                done.add(node.name() + ": " + sql);
            }
        }
        for (Node node : all) {
            node.execute("RESUME SYNC");
        }
        Node.settle(all);
        Node.settle(all);
        for (Node node : all) {
            assertThat(TableComparison.differences(all.get(0).connection(), node.connection()))
                    .as("seed %d, %s\n%s\n%s", seed, node.name(), String.join("\n", done), facts())
                    .isEmpty();
            assertThat(node.rows("CHECK SYNC"))
                    .as("seed %d, %s\n%s\n%s", seed, node.name(), String.join("\n", done), facts())
                    .allMatch(table -> table.matches(".*\\|0\\|[^|]*"));
            assertThat(node.rows(
                            "SELECT C.A, C.B FROM C LEFT JOIN P ON C.P = P.ID WHERE C.P IS NOT NULL AND P.ID IS NULL"))
                    .as("seed %d, orphans at %s", seed, node.name())
                    .isEmpty();
        }
    }

    /** What helps to understand a difference. */
    private String facts() throws SQLException {
        StringBuilder facts = new StringBuilder();
        for (Node node : all) {
            facts.append(node.name())
                    .append(" hides ")
                    .append(node.rows("SELECT TABLE_NAME, ROW_KEY, KIND, REMOTE_VALUE FROM BLAZE.CONFLICTS"
                            + " WHERE STATUS = 'HIDDEN'"))
                    .append(", parked ")
                    .append(node.rows("SELECT ORIGIN, SEQ, REASON FROM BLAZE.PARKED"))
                    .append(", connections ")
                    .append(node.rows("SELECT SOURCE, TARGET, STATE, PENDING, LAST_ERROR FROM BLAZE.CONNECTIONS"))
                    .append('\n');
        }
        return facts.toString();
    }

    private static String statement(Random random) {
        int p = random.nextInt(6);
        int q = random.nextInt(3);
        return switch (random.nextInt(16)) {
            case 0, 1 -> "INSERT INTO P VALUES(%d, 'name%d', %d)".formatted(p, random.nextInt(4), random.nextInt(100));
            case 2, 3 -> "UPDATE P SET N = %d WHERE ID = %d".formatted(random.nextInt(100), p);
            case 4 -> "UPDATE P SET NAME = 'name%d' WHERE ID = %d".formatted(random.nextInt(4), p);
            case 5 -> "UPDATE P SET NAME = NULL, N = N + 1 WHERE ID = %d".formatted(p);
            case 6 -> "DELETE FROM P WHERE ID = " + p;
            case 7, 8 -> "INSERT INTO C VALUES(%d, %d, %d, 'new')".formatted(p, q, random.nextInt(6));
            case 9 -> "UPDATE C SET P = %d, NOTE = 'moved' WHERE A = %d".formatted(random.nextInt(6), p);
            case 10 -> "UPDATE C SET NOTE = 'n%d' WHERE B = %d".formatted(random.nextInt(100), q);
            case 11 -> "DELETE FROM C WHERE A = %d AND B = %d".formatted(p, q);
            case 12 -> "UPDATE C SET B = 3 - B WHERE A = " + p;
            case 13 -> random.nextBoolean() ? "PAUSE SYNC" : "RESUME SYNC";
            case 14 -> "SYNC TIMEOUT 10";
            default -> "ALTER TOPOLOGY G SET PATTERN " + PATTERNS.get(random.nextInt(PATTERNS.size()));
        };
    }

    /** Keys that are taken, parents that are missing and rows that are locked are what applications meet, too. */
    private static boolean attempt(Connection connection, String sql) throws SQLException {
        try {
            Sql.execute(connection, sql);
            return true;
        } catch (SQLException e) {
            boolean expected = e.getSQLState().startsWith("23") || Retry.isInTheWay(e);
            if (!expected) {
                throw e;
            }
            return false;
        }
    }
}
