package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.blazedb.tck.Volume;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Concurrent writes that break constraints together: all databases come to the same tables, which keep to every
 * constraint, and hide the same rows, also where the constraints come after the rows. A database that joins at the end
 * and gets everything at once agrees with those that got it bit by bit.
 */
class ConstraintHistoriesTest {
    private static final int HISTORIES = 1_000;
    private static final int HISTORIES_PER_SCHEMA = 100;
    private static final int HISTORIES_AT_ONCE = 1_000;
    private static final int ROUNDS = 3;
    private static final int STATEMENTS = 4;
    private static final String HIDDEN = "SELECT TABLE_NAME, ROW_KEY, COLUMN_NAME, KIND FROM BLAZE.CONFLICTS"
            + " WHERE STATUS = 'HIDDEN' ORDER BY TABLE_NAME, ROW_KEY, COLUMN_NAME, KIND";

    @TempDir
    Path folder;

    private final Map<Integer, List<String>> histories = new HashMap<>();
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
                List<String> creation = isLate(i) ? schema.bareCreation() : schema.creation();
                nodes.get(0).execute(creation.toArray(String[]::new));
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
                writeApart(nodes, schemas, random, round);
            }
            Node late = Node.open(place, "late");
            nodes.add(late);
            nodes.get(0).connectTo(late);
            Node.settle(nodes);
            check(nodes, schemas, seed);
        } catch (SQLException e) {
            throw new AssertionError("-Dseed=" + seed, e);
        } finally {
            for (Node node : nodes) {
                node.close();
            }
        }
    }

    /** Every other schema gets its constraints at one database while the others write against them. */
    private static boolean isLate(int schema) {
        return schema % 2 == 1;
    }

    private void writeApart(List<Node> nodes, List<RandomSchema> schemas, Random random, int round)
            throws SQLException {
        for (Node node : nodes) {
            node.execute("PAUSE SYNC");
        }
        for (int i = 0; round == 0 && i < schemas.size(); i++) {
            if (isLate(i)) {
                nodes.get(0).execute(schemas.get(i).constraints().toArray(String[]::new));
            }
        }
        for (int history = 0; history < HISTORIES_AT_ONCE; history++) {
            RandomSchema schema = schemas.get(history / HISTORIES_PER_SCHEMA);
            List<String> done = histories.computeIfAbsent(history, key -> new ArrayList<>());
            done.add("-- apart:");
            for (Node node : nodes) {
                for (int i = 0; i < STATEMENTS; i++) {
                    String sql = schema.statement(history, random);
                    if (attempt(node.connection(), sql)) {
                        done.add(node.name() + ": " + sql);
                    }
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
    private static boolean attempt(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql) > 0;
        } catch (SQLException e) {
            if (!e.getSQLState().startsWith("23")) {
                throw e;
            }
            return false;
        }
    }

    private void check(List<Node> nodes, List<RandomSchema> schemas, long seed) throws SQLException {
        Node first = nodes.get(0);
        for (int history = 0; history < HISTORIES_AT_ONCE; history++) {
            RandomSchema schema = schemas.get(history / HISTORIES_PER_SCHEMA);
            List<String> expected = schema.rows(first, history);
            for (Node node : nodes) {
                if (!schema.rows(node, history).equals(expected)) {
                    fail("seed %d, history %d:%s".formatted(seed, history, story(nodes, schema, history)));
                }
            }
        }
        for (Node node : nodes) {
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

    /** What helps to understand a difference. */
    private String story(List<Node> nodes, RandomSchema schema, int history) throws SQLException {
        StringBuilder story = new StringBuilder();
        schema.creation().forEach(sql -> story.append('\n').append(sql));
        histories
                .getOrDefault(history, List.of())
                .forEach(sql -> story.append('\n').append(sql));
        String own =
                " AND REGEXP_LIKE(ROW_KEY, '^(%d|%d|%d)$')".formatted(3 * history, 3 * history + 1, 3 * history + 2);
        for (Node node : nodes) {
            story.append('\n').append(node.name()).append(" has ").append(schema.rows(node, history));
            story.append(" hides ").append(node.rows(HIDDEN.replace(" ORDER BY", own + " ORDER BY")));
        }
        return story.toString();
    }
}
