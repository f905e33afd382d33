package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.tck.Volume;
import io.blazedb.tck.crash.ChildProcess;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** T13: a process is killed while definitions run at the author and at the receiver; both agree afterwards. */
class MigrationCrashTest {
    private static final int KILLS = 20;
    private static final int LIVES_MILLIS_MAX = 300;

    @TempDir
    Path folder;

    @Test
    void nodesAgreeAfterAKillWithinADefinition() throws Exception {
        long seed = Volume.seed();
        System.out.println("MigrationCrashTest seed " + seed);
        Random random = new Random(seed);
        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            east.execute("CREATE TABLE T(ID INT PRIMARY KEY, NOTE VARCHAR(20))");
            east.execute("INSERT INTO T SELECT X, 'start' FROM SYSTEM_RANGE(1, 200)");
            east.execute("CREATE TABLE W(ID INT PRIMARY KEY, NOTE VARCHAR(20))");
            east.execute("INSERT INTO W SELECT X, 'start' FROM SYSTEM_RANGE(1, 50)");
            east.connectTo(west);
            east.sync();
        }
        for (int kill = 0; kill < Volume.of(KILLS); kill++) {
            try (ChildProcess child = ChildProcess.start(
                    MigrationChild.class, folder.resolve("errors" + kill), folder.toString(), Integer.toString(kill))) {
                child.awaitReady();
                long until = System.nanoTime() + random.nextInt(LIVES_MILLIS_MAX) * 1_000_000L;
                while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                }
                child.kill();
            }
            agree(kill);
        }
    }

    private void agree(int kill) throws SQLException {
        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            east.sync();
            west.sync();
            for (String table : east.rows("SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES"
                    + " WHERE TABLE_SCHEMA = 'PUBLIC' AND TABLE_TYPE = 'BASE TABLE'")) {
                List<String> common = new ArrayList<>(columns(east, table));
                assertThat(columns(west, table))
                        .as("kill %d: columns of %s that east has", kill, table)
                        .containsAll(common);
                String query = "SELECT " + String.join(", ", common) + " FROM " + table + " ORDER BY ID";
                assertThat(west.rows(query)).as("kill %d: %s", kill, query).isEqualTo(east.rows(query));
            }
            assertThat(east.value("SELECT COUNT(*) FROM T")).isEqualTo("200");
        }
    }

    private static List<String> columns(Node node, String table) throws SQLException {
        return node.rows("SELECT COLUMN_NAME FROM INFORMATION_SCHEMA.COLUMNS"
                + " WHERE TABLE_SCHEMA = 'PUBLIC' AND TABLE_NAME = '" + table + "' ORDER BY 1");
    }
}
