package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.tck.Volume;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * T13: three nodes change the same tables and write to them, each on its own, and meet again: they have the same in the
 * columns that they share, and no value is lost. Every history has a table of its own; all run in the same databases.
 */
class MigrationTest {
    private static final int HISTORIES = 50;
    private static final int TABLES_AT_ONCE = 50;
    private static final int ROUNDS = 3;
    private static final int STATEMENTS_MAX = 5;

    @TempDir
    Path folder;

    @Test
    void nodesAgreeWhateverTheyMigrate() throws SQLException {
        long seed = Volume.seed();
        System.out.println("MigrationTest seed " + seed);
        int left = Volume.of(HISTORIES);
        for (int i = 0; left > 0; i++) {
            run(seed + i, Math.min(left, TABLES_AT_ONCE), folder.resolve("batch" + i));
            left -= TABLES_AT_ONCE;
        }
    }

    private static void run(long seed, int histories, Path folder) throws SQLException {
        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west");
                Node north = Node.open(folder, "north")) {
            List<Node> nodes = List.of(east, west, north);
            east.connectTo(west);
            east.connectTo(north);
            west.connectTo(north);
            Random random = new Random(seed);
            List<MigrationHistory> all = new ArrayList<>();
            for (int i = 0; i < histories; i++) {
                all.add(new MigrationHistory("M" + i, nodes, new Random(seed * 1_000 + i)));
            }
            for (int round = 0; round < ROUNDS; round++) {
                each(nodes, "PAUSE SYNC");
                for (MigrationHistory history : all) {
                    history.round(round, 1 + random.nextInt(STATEMENTS_MAX));
                }
                each(nodes, "RESUME SYNC");
                Node.settle(nodes);
            }
            check(seed, all, nodes);
            for (MigrationHistory history : all) {
                history.giveEveryNodeEveryColumn();
            }
            Node.settle(nodes);
            check(seed, all, nodes);
        }
    }

    private static void each(List<Node> nodes, String statement) throws SQLException {
        for (Node node : nodes) {
            node.execute(statement);
        }
    }

    private static void check(long seed, List<MigrationHistory> all, List<Node> nodes) throws SQLException {
        Set<String> kept = new TreeSet<>();
        for (Node node : nodes) {
            kept.addAll(node.rows("SELECT LOCAL_VALUE FROM BLAZE.CONFLICTS"));
            kept.addAll(node.rows("SELECT REMOTE_VALUE FROM BLAZE.CONFLICTS"));
            kept.addAll(node.rows("SELECT UTF8TOSTRING(IMAGE) FROM BLAZE.BZ_STASH"));
            kept.addAll(node.rows("SELECT UTF8TOSTRING(IMAGE) FROM BLAZE.BZ_HIDDEN"));
        }
        String text = String.join("\n", kept);
        for (MigrationHistory history : all) {
            assertThat(history.differences()).as("seed %d: %s", seed, history).isEmpty();
            assertThat(history.lost(text))
                    .as("lost, seed %d: %s", seed, history)
                    .isEmpty();
        }
    }
}
