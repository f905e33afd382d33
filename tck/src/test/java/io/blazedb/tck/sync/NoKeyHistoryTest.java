package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.tck.Volume;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random rows of a table without a key on three databases, connected or not, closed and opened, altered meanwhile: a
 * row that was inserted is there once at the end unless somebody deleted it, and rows that are alike are as many as
 * were inserted.
 */
class NoKeyHistoryTest {
    private static final int SEEDS = 6;
    private static final int STEPS = 60;

    /** Rows that are alike have this tag. */
    private static final int TWIN = -1;

    @TempDir
    Path folder;

    private final List<Node> all = new ArrayList<>();
    private final Set<Integer> inserted = new HashSet<>();
    private final Set<Integer> deleted = new HashSet<>();
    private final List<String> done = new ArrayList<>();
    private int twins;
    private int tags;
    private int columns;

    @BeforeEach
    void open() throws SQLException {
        for (String name : List.of("n1", "n2", "n3")) {
            all.add(Node.open(folder, name));
        }
        all.get(0)
                .execute(
                        "CREATE TABLE T(TAG INT NOT NULL, NOTE VARCHAR(20), N INT)",
                        "CREATE TOPOLOGY G PATTERN MESH",
                        "ALTER TOPOLOGY G ADD NODE N1 CURRENT DATABASE",
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
    void everyRowIsThereOnce() throws SQLException {
        String asked = System.getProperty("seed");
        long base = asked == null ? Volume.seed() : Long.parseLong(asked);
        for (int i = 0; i < (asked == null ? Volume.of(SEEDS) : 1); i++) {
            run(base + i);
        }
    }

    private void run(long seed) throws SQLException {
        Random random = new Random(seed);
        done.clear();
        for (int step = 0; step < STEPS; step++) {
            step(random, random.nextInt(all.size()));
        }
        for (Node node : all) {
            node.execute("RESUME SYNC");
        }
        Node.settle(all);
        Node.settle(all);
        Set<Integer> left = new HashSet<>(inserted);
        left.removeAll(deleted);
        List<String> expected =
                left.stream().sorted().map(tag -> Integer.toString(tag)).toList();
        for (Node node : all) {
            String what = "seed %d, %s\n%s".formatted(seed, node.name(), String.join("\n", done));
            assertThat(node.rows("SELECT TAG FROM T WHERE TAG <> " + TWIN + " ORDER BY TAG"))
                    .as(what)
                    .isEqualTo(expected);
            assertThat(node.value("SELECT COUNT(*) FROM T WHERE TAG = " + TWIN))
                    .as(what)
                    .isEqualTo(Integer.toString(twins));
            assertThat(TableComparison.differences(all.get(0).connection(), node.connection()))
                    .as(what)
                    .isEmpty();
            assertThat(node.rows("CHECK SYNC")).as(what).allMatch(table -> table.matches(".*\\|0\\|[^|]*"));
        }
    }

    private void step(Random random, int index) throws SQLException {
        Node node = all.get(index);
        String sql = switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4 -> insert();
            case 5, 6, 7 -> {
                twins += 2;
                yield "INSERT INTO T(TAG, NOTE) VALUES(-1, 'twin'), (-1, 'twin')";
            }
            case 8, 9, 10 -> delete(node, random);
            case 11, 12, 13 ->
                "UPDATE T SET NOTE = 'n%d' WHERE MOD(TAG, 5) = %d".formatted(random.nextInt(9), random.nextInt(5));
            case 14, 15 -> "UPDATE T SET N = COALESCE(N, 0) + 1 WHERE TAG = -1 FETCH FIRST 2 ROWS ONLY";
            case 16 -> "PAUSE SYNC";
            case 17 -> "RESUME SYNC";
            case 18 -> {
                reopen(index);
                yield "";
            }
            default -> {
                if (random.nextInt(3) == 0) {
                    alter(node);
                }
                yield "";
            }
        };
        if (!sql.isEmpty()) {
            execute(node, sql);
        }
    }

    private String insert() {
        int tag = tags++;
        inserted.add(tag);
        return "INSERT INTO T(TAG, NOTE, N) VALUES(%d, 'new', %d)".formatted(tag, tag % 7);
    }

    private String delete(Node node, Random random) throws SQLException {
        List<String> present = node.rows("SELECT TAG FROM T WHERE TAG <> " + TWIN + " ORDER BY TAG");
        if (present.isEmpty()) {
            return "";
        }
        int tag = Integer.parseInt(present.get(random.nextInt(present.size())));
        deleted.add(tag);
        return "DELETE FROM T WHERE TAG = " + tag;
    }

    private void reopen(int index) throws SQLException {
        String name = all.get(index).name();
        done.add(name + ": reopen");
        all.get(index).close();
        all.set(index, Node.open(folder, name));
    }

    /** H2 loses what is written to a table while it is altered, so nothing may be on its way. */
    private void alter(Node node) throws SQLException {
        for (Node one : all) {
            one.execute("RESUME SYNC");
        }
        Node.settle(all);
        execute(node, "ALTER TABLE T ADD COLUMN C%d INT DEFAULT 5".formatted(columns++));
        execute(node, insert());
        Node.settle(all);
    }

    private void execute(Node node, String sql) throws SQLException {
        done.add(node.name() + ": " + sql);
        for (boolean isDone = false; !isDone; ) {
            try {
                node.execute(sql);
                isDone = true;
            } catch (SQLException e) {
                if (!Retry.isInTheWay(e)) {
                    throw e;
                }
            }
        }
    }
}
