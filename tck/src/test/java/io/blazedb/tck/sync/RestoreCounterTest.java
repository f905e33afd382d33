package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Counters of nodes whose files were put back: everything that anybody still has is in the sum, once. Each transaction
 * adds another power of two, so a sum says what is in it.
 */
class RestoreCounterTest {
    private static final String ALL = "SELECT ID, N FROM C ORDER BY ID";

    @TempDir
    Path folder;

    /** A count of 1 + 2 + 4; then a backup of east, and 8 by east and 16 by west, which it lacks. */
    private Backup backedUpThenCounted() throws Exception {
        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            east.execute("CREATE TABLE C(ID INT PRIMARY KEY, N BIGINT)", "INSERT INTO C VALUES(1, 1)");
            east.connectTo(west, "WITH (INTERVAL 1)");
            east.execute("CREATE MERGE RULE ON C (N) USING COUNTER");
            east.sync();
            add(east, 2);
            add(west, 4);
            Node.settle(List.of(east, west));
        }
        Backup backup = Backup.of(folder, "east");
        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            add(east, 8);
            add(west, 16);
            Node.settle(List.of(east, west));
            assertSums(List.of(east, west), "1|31");
        }
        return backup;
    }

    private static void add(Node node, long delta) throws SQLException {
        node.execute("UPDATE C SET N = N + " + delta + " WHERE ID = 1");
    }

    private static void assertSums(List<Node> nodes, String... rows) throws SQLException {
        Node.settle(nodes);
        for (Node node : nodes) {
            assertThat(node.rows(ALL)).containsExactly(rows);
            assertThat(TableComparison.differences(nodes.get(0).connection(), node.connection()))
                    .isEmpty();
        }
    }

    /** Both are open again: the sum is what it has to be, and goes on from there. */
    private void bothCountOn(long sum, String... others) throws SQLException {
        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            Node.settle(List.of(east, west));
            assertThat(east.rows("SELECT N FROM C WHERE ID = 1")).containsExactly(Long.toString(sum));
            add(east, 1 << 20);
            add(west, 1 << 21);

            String[] rows = new String[others.length + 1];
            rows[0] = "1|" + (sum + (1 << 20) + (1 << 21));
            System.arraycopy(others, 0, rows, 1, others.length);
            assertSums(List.of(east, west), rows);
            assertNothingDiffers(east);
        }
    }

    /** Not only what is shown is the same, but all that makes it. */
    private static void assertNothingDiffers(Node node) throws SQLException {
        assertThat(node.rows("CHECK SYNC")).isNotEmpty().allMatch(row -> row.contains("|0|"));
    }

    @Test
    void whatWasLostComesBackOnce() throws Exception {
        backedUpThenCounted().restore(folder, "east");

        bothCountOn(31);
    }

    @Test
    void whatWasAddedAloneAndWhatWasLostAreInTheSum() throws Exception {
        Backup backup = backedUpThenCounted();
        backup.restore(folder, "east");
        Backup hidden = Backup.hiding(folder, "west");
        try (Node east = Node.open(folder, "east")) {
            add(east, 32);
            east.execute("INSERT INTO C VALUES(2, 64)", "UPDATE C SET N = N + 128 WHERE ID = 2");
            east.execute("INSERT INTO C VALUES(3, NULL)");
            add(east, 256);
        }
        hidden.restore(folder, "west");

        bothCountOn(31 + 32 + 256, "2|192", "3|null");
    }

    @Test
    void aDeleteEndsACountThatWasPutBack() throws Exception {
        Backup backup = backedUpThenCounted();
        backup.restore(folder, "east");
        Backup hidden = Backup.hiding(folder, "west");
        try (Node east = Node.open(folder, "east")) {
            add(east, 32);
            east.execute("DELETE FROM C", "INSERT INTO C VALUES(1, 64)");
            add(east, 128);
        }
        hidden.restore(folder, "west");

        bothCountOn(64 + 128);
    }

    @Test
    void aReplacedDirectoryCountsTheSame() throws Exception {
        Backup backup = backedUpThenCounted();
        backup.replace(folder, "east");
        Backup hidden = Backup.hiding(folder, "west");
        try (Node east = Node.open(folder, "east")) {
            add(east, 32);
        }
        hidden.restore(folder, "west");

        bothCountOn(31 + 32);
    }

    @Test
    void anOlderDatabaseFileCountsWhatTheLogHas() throws Exception {
        backedUpThenCounted().restoreFile(folder, "east");

        bothCountOn(31);
    }

    @Test
    void aDatabaseThatLostItsLogCountsOn() throws Exception {
        backedUpThenCounted();
        Backup.delete(Backup.log(folder, "east"));

        bothCountOn(31);
    }

    @Test
    void anOlderLogThatIsMovedAwayIsNotMissed() throws Exception {
        Backup backup = backedUpThenCounted();
        backup.restoreLog(folder, "east");
        Files.move(Backup.log(folder, "east"), folder.resolve("moved-away"));

        bothCountOn(31);
    }

    @Test
    void bothRestoredToDifferentDaysCountWhatOneOfThemHas() throws Exception {
        Backup first = backedUpThenCounted();
        Backup second = Backup.of(folder, "west");
        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            add(east, 32);
            add(west, 64);
            Node.settle(List.of(east, west));
        }
        first.restore(folder, "east");
        second.restore(folder, "west");

        bothCountOn(31);
    }

    @Test
    void aCloneCountsBesideTheOriginal() throws Exception {
        Backup backup = backedUpThenCounted();
        backup.restoreAs(folder, "east", "clone");
        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west");
                Node clone = Node.open(folder, "clone")) {
            add(clone, 32);
            add(east, 64);
            clone.connectTo(west, "WITH (INTERVAL 1)");
            Node.settle(List.of(east, west, clone));

            assertSums(List.of(east, west, clone), "1|" + (31 + 32 + 64));
        }
    }

    /** West has 8 and north has 16 as operations of one number. */
    @RepeatedTest(3)
    void whatDifferentPeersAcceptedIsInTheSum() throws Exception {
        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west");
                Node north = Node.open(folder, "north")) {
            east.execute("CREATE TABLE C(ID INT PRIMARY KEY, N BIGINT)", "INSERT INTO C VALUES(1, 1)");
            east.connectTo(west, "WITH (INTERVAL 1)");
            east.connectTo(north, "WITH (INTERVAL 1)");
            east.execute("CREATE MERGE RULE ON C (N) USING COUNTER");
            Node.settle(List.of(east, west, north));
            add(east, 2);
            add(north, 4);
            Node.settle(List.of(east, west, north));
        }
        Backup backup = Backup.of(folder, "east");
        Backup northBefore = Backup.of(folder, "north");
        try (Node east = Node.open(folder, "east")) {
            add(east, 8);
            east.execute("SYNC");
        }
        backup.restore(folder, "east");
        northBefore.restore(folder, "north");
        Backup westAfter = Backup.hiding(folder, "west");
        try (Node east = Node.open(folder, "east");
                Node north = Node.open(folder, "north")) {
            add(east, 16);
            add(east, 32);
            east.execute("SYNC WITH north");
            add(north, 64);
            assertThat(north.rows(ALL)).containsExactly("1|" + (7 + 16 + 32 + 64));
        }
        westAfter.restore(folder, "west");

        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west");
                Node north = Node.open(folder, "north")) {
            assertSums(List.of(east, west, north), "1|127");
            add(east, 128);
            add(west, 256);
            add(north, 512);
            assertSums(List.of(east, west, north), "1|1023");
            assertNothingDiffers(east);
        }
        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west");
                Node north = Node.open(folder, "north")) {
            add(north, 1024);
            assertSums(List.of(east, west, north), "1|2047");
        }
    }
}
