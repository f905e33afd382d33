package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.tck.Sql;
import io.blazedb.tck.Target;
import io.blazedb.tck.Volume;
import io.blazedb.tck.crash.ChildProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows without a key stay what they are when processes are killed, and files put back, copied or edited. */
class NoKeyFilesTest {
    private static final String ALL = "SELECT N, NOTE FROM T ORDER BY 1, 2";
    private static final int KILLS = 3;
    private static final int LIVES_MILLIS_MAX = 400;

    @TempDir
    Path folder;

    @BeforeEach
    void connect() throws SQLException {
        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            east.execute("CREATE TABLE T(N INT, NOTE VARCHAR(20))", "INSERT INTO T VALUES(1, 'a'), (2, 'b'), (3, 'c')");
            east.connectTo(west, "WITH (INTERVAL 1)");
            east.sync();
            west.execute("INSERT INTO T VALUES(4, 'west'), (5, 'west')");
            east.sync();
        }
    }

    private void assertBoth(String... rows) throws SQLException {
        try (Node west = Node.open(folder, "west");
                Node east = Node.open(folder, "east")) {
            east.sync();
            west.sync();
            assertThat(east.rows(ALL)).as("east").containsExactly(rows);
            assertThat(west.rows(ALL)).as("west").containsExactly(rows);
            assertThat(east.rows("CHECK SYNC")).allMatch(table -> table.matches(".*\\|0\\|[^|]*"));
        }
    }

    private void edit(String... statements) throws SQLException {
        try (Connection plain =
                DriverManager.getConnection(Target.H2_FILE.url(folder.resolve("east")), Target.USER, Target.PASSWORD)) {
            Sql.execute(plain, statements);
        }
    }

    @Test
    void whatARestoredDatabaseLostAndWhatItWroteAreDifferentRows() throws Exception {
        Backup backup = Backup.of(folder, "east");
        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            east.execute("INSERT INTO T VALUES(6, 'lost'), (7, 'lost')", "DELETE FROM T WHERE N = 1");
            east.sync();
            west.execute("UPDATE T SET NOTE = 'west' WHERE N = 6");
        }

        backup.restore(folder, "east");
        Backup hidden = Backup.hiding(folder, "west");
        try (Node east = Node.open(folder, "east")) {
            east.execute("INSERT INTO T VALUES(8, 'new'), (9, 'new')", "DELETE FROM T WHERE N = 2");
        }
        hidden.restore(folder, "west");

        assertBoth("3|c", "4|west", "5|west", "6|west", "7|lost", "8|new", "9|new");
    }

    @Test
    void aCopyOfTheFilesNumbersItsOwnRows() throws Exception {
        Backup.of(folder, "east").restoreAs(folder, "east", "copy");
        try (Node copy = Node.open(folder, "copy");
                Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            copy.execute("INSERT INTO T VALUES(6, 'copy')");
            east.execute("INSERT INTO T VALUES(7, 'east')");
            west.connectTo(copy, "WITH (INTERVAL 1)");
            Node.settle(List.of(copy, west, east));
            east.execute("UPDATE T SET NOTE = NOTE || '!'");
            Node.settle(List.of(copy, west, east));

            assertThat(copy.rows(ALL))
                    .containsExactly("1|a!", "2|b!", "3|c!", "4|west!", "5|west!", "6|copy!", "7|east!");
        }
        assertBoth("1|a!", "2|b!", "3|c!", "4|west!", "5|west!", "6|copy!", "7|east!");
    }

    /** What the original writes after the copy has met the others is another's to the copy. */
    @Test
    void aCopyOfTheFilesHearsOfTheOriginal() throws Exception {
        Backup.of(folder, "east").restoreAs(folder, "east", "copy");
        try (Node copy = Node.open(folder, "copy");
                Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            east.execute("PAUSE SYNC", "INSERT INTO T VALUES(7, 'east')");
            west.connectTo(copy, "WITH (INTERVAL 1)");
            Node.settle(List.of(copy, west));
            east.execute("RESUME SYNC");
            Node.settle(List.of(copy, west, east));

            assertThat(copy.rows(ALL)).containsExactly("1|a", "2|b", "3|c", "4|west", "5|west", "7|east");
            assertThat(copy.rows("SELECT DISTINCT ORIGIN FROM BLAZE.OPERATIONS WHERE CHANGES LIKE '%east%'"))
                    .doesNotContain("COPY");
        }
    }

    @Test
    void whatPlainH2EditedIsSent() throws SQLException {
        edit("INSERT INTO T VALUES(6, 'plain')", "DELETE FROM T WHERE N IN (1, 4)", "UPDATE T SET NOTE='p' WHERE N=5");

        assertBoth("2|b", "3|c", "5|p", "6|plain");
    }

    @Test
    void whatPlainH2AlteredAreNewRows() throws SQLException {
        edit("DELETE FROM T WHERE N = 2", "ALTER TABLE T ADD COLUMN MORE INT", "INSERT INTO T VALUES(6, 'plain', 1)");

        assertBoth("1|a", "3|c", "4|west", "5|west", "6|plain");
        try (Node west = Node.open(folder, "west");
                Node east = Node.open(folder, "east")) {
            west.execute("UPDATE T SET NOTE = 'x' WHERE N > 3", "DELETE FROM T WHERE N = 1");
            west.sync();
            assertThat(east.rows(ALL)).containsExactly("3|c", "4|x", "5|x", "6|x");
        }
    }

    @Test
    void nothingIsLostOrDoubledAtAKill() throws Exception {
        long seed = Volume.seed();
        System.out.println("NoKeyFilesTest seed " + seed);
        Random random = new Random(seed);
        List<String> expected = new ArrayList<>(List.of("a|1", "b|1", "c|1", "west|2"));
        for (int kill = 0; kill < Volume.of(KILLS); kill++) {
            Path progress = Files.createFile(folder.resolve("progress" + kill));
            try (ChildProcess child = ChildProcess.start(
                    NoKeyChild.class,
                    folder.resolve("errors" + kill),
                    folder.toString(),
                    progress.toString(),
                    "k" + kill)) {
                child.awaitReady();
                long until = System.nanoTime() + random.nextInt(LIVES_MILLIS_MAX) * 1_000_000L;
                while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                }
                child.kill();
            }
            try (Node east = Node.open(folder, "east");
                    Node west = Node.open(folder, "west")) {
                east.sync();
                west.sync();
                String counts = "SELECT NOTE, COUNT(*) FROM T GROUP BY NOTE ORDER BY NOTE";
                List<String> found = east.rows(counts);
                assertThat(west.rows(counts)).as("kill %d", kill).isEqualTo(found);
                expected.addAll(Files.readAllLines(progress));
                assertThat(found).as("kill %d", kill).containsAll(expected).allMatch(note -> note.matches(".*\\|[12]"));
                assertThat(found.size() - expected.size()).as("rows in doubt").isLessThanOrEqualTo(2 * (kill + 1));
                assertThat(east.rows("CHECK SYNC")).allMatch(table -> table.matches(".*\\|0\\|[^|]*"));
            }
        }
    }
}
