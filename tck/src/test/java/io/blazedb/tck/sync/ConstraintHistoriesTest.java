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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Concurrent writes that break constraints together: all databases come to the same tables, which keep to every
 * constraint, and hide the same rows. A database that joins at the end and gets everything at once agrees with those
 * that got it bit by bit.
 */
class ConstraintHistoriesTest {
    private static final int HISTORIES = 1_000;
    private static final int HISTORIES_PER_SCHEMA = 100;
    private static final int HISTORIES_AT_ONCE = 500;
    private static final int ROUNDS = 3;
    private static final int STATEMENTS = 2;
    private static final String HIDDEN = "SELECT TABLE_NAME, ROW_KEY, COLUMN_NAME, KIND FROM BLAZE.CONFLICTS"
            + " WHERE STATUS = 'HIDDEN' ORDER BY TABLE_NAME, ROW_KEY, COLUMN_NAME, KIND";

    @TempDir
    Path folder;

    private int hiddenInAll;

    @Test
    void databasesAgreeAndKeepToEveryConstraint() throws SQLException {
        long seed = Volume.seed();
        System.out.println("ConstraintHistoriesTest -Dseed=" + seed);
        for (int done = 0; done < Volume.of(HISTORIES); done += HISTORIES_AT_ONCE) {
            run(seed + done, folder.resolve("at" + done));
        }
        assertThat(hiddenInAll)
                .as("rows hidden: without any, nothing was tested")
                .isPositive();
    }

    private void run(long seed, Path place) throws SQLException {
        Random random = new Random(seed);
        List<RandomSchema> schemas = new ArrayList<>();
        List<Node> nodes = new ArrayList<>();
        try {
            for (int i = 1; i <= 3; i++) {
                nodes.add(Node.open(place, "n" + i));
            }
            for (int i = 0; i < HISTORIES_AT_ONCE / HISTORIES_PER_SCHEMA; i++) {
                RandomSchema schema = new RandomSchema("S" + i, random);
                schemas.add(schema);
                nodes.get(0).execute(schema.creation(random).toArray(String[]::new));
            }
            nodes.get(0)
                    .execute(
                            "CREATE TOPOLOGY G PATTERN MESH",
                            "ALTER TOPOLOGY G ADD NODE N1 CURRENT DATABASE ROLE "
                                    + (random.nextBoolean() ? "SERVER" : "CLIENT"),
                            "ALTER TOPOLOGY G ADD NODE N2 AT '" + nodes.get(1).url() + "'",
                            "ALTER TOPOLOGY G ADD NODE N3 AT '" + nodes.get(2).url() + "'");
            Node.settle(nodes);
            for (int round = 0; round < ROUNDS; round++) {
                writeApart(nodes, schemas, random);
            }
            Node late = Node.open(place, "late");
            nodes.add(late);
            nodes.get(0).connectTo(late);
            Node.settle(nodes);
            check(nodes, schemas, seed);
        } finally {
            for (Node node : nodes) {
                node.close();
            }
        }
    }

    private static void writeApart(List<Node> nodes, List<RandomSchema> schemas, Random random) throws SQLException {
        for (Node node : nodes) {
            node.execute("PAUSE SYNC");
        }
        for (int history = 0; history < HISTORIES_AT_ONCE; history++) {
            RandomSchema schema = schemas.get(history / HISTORIES_PER_SCHEMA);
            for (Node node : nodes) {
                for (int i = 0; i < STATEMENTS; i++) {
                    attempt(node.connection(), schema.statement(history, random));
                }
            }
        }
        for (Node node : nodes) {
            node.execute("RESUME SYNC");
        }
        Node.settle(nodes);
        Node.settle(nodes);
    }

    /** Constraints refuse what breaks them at once. */
    private static void attempt(Connection connection, String sql) throws SQLException {
        try {
            Sql.execute(connection, sql);
        } catch (SQLException e) {
            if (!e.getSQLState().startsWith("23")) {
                throw e;
            }
        }
    }

    private void check(List<Node> nodes, List<RandomSchema> schemas, long seed) throws SQLException {
        Node first = nodes.get(0);
        for (Node node : nodes) {
            assertThat(TableComparison.differences(first.connection(), node.connection()))
                    .as("seed %d, %s and %s, %s", seed, first.name(), node.name(), schemas)
                    .isEmpty();
            for (RandomSchema schema : schemas) {
                for (String query : schema.violations()) {
                    assertThat(node.rows(query))
                            .as("seed %d, %s: %s", seed, node.name(), query)
                            .isEmpty();
                }
            }
            assertThat(node.rows(HIDDEN))
                    .as("seed %d, hidden at %s and %s", seed, node.name(), first.name())
                    .isEqualTo(first.rows(HIDDEN));
        }
        hiddenInAll += first.rows(HIDDEN).size();
    }
}
