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
import org.h2.mvstore.tx.BelowCapture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However two nodes came to differ: after a repair they agree, and every value is in a table or a conflict. */
class RandomRepairTest {
    private static final int SEEDS = 50;
    private static final int EDITS = 12;
    private static final int KEYS = 8;
    private static final String ALL = "SELECT ID, A, B FROM T ORDER BY ID";

    @TempDir
    Path folder;

    @Test
    void repairConvergesAndLosesNothing() throws SQLException {
        Node east = Node.open(folder, "east");
        Node west = Node.open(folder, "west");
        try {
            east.execute("CREATE TABLE T(ID INT PRIMARY KEY, A VARCHAR(20), B VARCHAR(20))");
            east.execute("INSERT INTO T VALUES(0, 'base', 'base'), (1, 'base', 'base')");
            east.connectTo(west);
            east.sync();
            String asked = System.getProperty("seed");
            long base = asked == null ? Volume.seed() : Long.parseLong(asked);
            for (int i = 0; i < (asked == null ? Volume.of(SEEDS) : 1); i++) {
                run(base + i, east, west);
            }
        } finally {
            east.closeAfterFaults();
            west.closeAfterFaults();
        }
    }

    private void run(long seed, Node east, Node west) throws SQLException {
        Random random = new Random(seed);
        List<String> done = new ArrayList<>();
        write(random, seed, east, west);
        east.sync();
        for (Node node : List.of(east, west)) {
            try (BelowCapture fault = new BelowCapture(node.connection())) {
                for (int i = 0; i < random.nextInt(EDITS); i++) {
                    String sql = edit(random, seed, node, i);
                    fault.execute(sql);
                    done.add(node.name() + ": " + sql);
                }
            }
        }
        Set<String> values = new HashSet<>(values(east));
        values.addAll(values(west));

        Node repairing = random.nextBoolean() ? east : west;
        repairing.execute("REPAIR SYNC WITH " + (repairing == east ? "WEST" : "EAST"));

        String what = "seed %d%n%s".formatted(seed, String.join("\n", done));
        assertThat(east.rows(ALL)).as(what).isEqualTo(west.rows(ALL));
        for (Node node : List.of(east, west)) {
            assertThat(node.rows("CHECK SYNC").get(0)).as(what).contains("|0|");
        }
        Set<String> kept = new HashSet<>(values(east));
        kept.addAll(conflicts(east));
        kept.addAll(conflicts(west));
        assertThat(values).as(what).allMatch(value -> kept.stream().anyMatch(one -> one.contains(value)));
    }

    /** Ordinary writes, so that rows have all kinds of states. */
    private static void write(Random random, long seed, Node east, Node west) throws SQLException {
        for (int i = 0; i < 4; i++) {
            Node node = random.nextBoolean() ? east : west;
            int id = random.nextInt(KEYS);
            String value = "'w" + seed % 1000 + "-" + i + "'";
            switch (random.nextInt(3)) {
                case 0 -> node.execute("MERGE INTO T KEY(ID) VALUES(" + id + ", " + value + ", " + value + ")");
                case 1 -> node.execute("UPDATE T SET A = " + value + " WHERE ID = " + id);
                default -> node.execute("DELETE FROM T WHERE ID = " + id);
            }
            east.sync();
        }
    }

    private static String edit(Random random, long seed, Node node, int number) {
        int id = random.nextInt(KEYS);
        String value = "'" + node.name() + seed % 1000 + "-" + number + "'";
        return switch (random.nextInt(4)) {
            case 0 -> "MERGE INTO T KEY(ID) VALUES(" + id + ", " + value + ", " + value + ")";
            case 1 -> "UPDATE T SET A = " + value + " WHERE ID = " + id;
            case 2 -> "UPDATE T SET B = " + value + " WHERE ID = " + id;
            default -> "DELETE FROM T WHERE ID = " + id;
        };
    }

    private static Set<String> values(Node node) throws SQLException {
        return new HashSet<>(node.rows("SELECT A FROM T UNION SELECT B FROM T"));
    }

    private static Set<String> conflicts(Node node) throws SQLException {
        return new HashSet<>(node.rows("SELECT LOCAL_VALUE FROM BLAZE.CONFLICTS WHERE LOCAL_VALUE IS NOT NULL"
                + " UNION SELECT REMOTE_VALUE FROM BLAZE.CONFLICTS WHERE REMOTE_VALUE IS NOT NULL"));
    }
}
