package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** What happens when files of a node are put back, copied, cut short or lost: nothing is lost where a peer has it. */
class RestoreTest {
    /** Thirteen scenarios, each so often: 65 in verify. */
    private static final int REPETITIONS = 5;

    private static final String ALL = "SELECT ID, NOTE FROM T ORDER BY ID";
    private static final String OPERATIONS =
            "SELECT ORIGIN, TX, TYPE, ROW_KEY, SEQ, CHANGES FROM BLAZE.OPERATIONS ORDER BY 1, 2, 4";

    @TempDir
    Path folder;

    /** East and west, with rows 1 to 3; then a backup of east, and row 4 and a change of row 1 that it lacks. */
    private Backup backedUpThenChanged() throws Exception {
        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            east.execute(
                    "CREATE TABLE T(ID INT PRIMARY KEY, NOTE VARCHAR(40))",
                    "INSERT INTO T VALUES(1, 'one'), (2, 'two'), (3, 'three')");
            east.connectTo(west, "WITH (INTERVAL 1)");
            east.sync();
        }
        Backup backup = Backup.of(folder, "east");
        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            east.execute("INSERT INTO T VALUES(4, 'four')", "UPDATE T SET NOTE = 'changed' WHERE ID = 1");
            west.execute("INSERT INTO T VALUES(5, 'of west')");
            east.sync();
        }
        return backup;
    }

    @RepeatedTest(REPETITIONS)
    void whatARestoredDatabaseLostComesBack() throws Exception {
        Backup backup = backedUpThenChanged();
        backup.restore(folder, "east");

        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            east.sync();
            assertThat(east.rows(ALL)).containsExactly("1|changed", "2|two", "3|three", "4|four", "5|of west");
            assertSame(east, west);
            checkNames(east, west);
        }
    }

    @RepeatedTest(REPETITIONS)
    void whatARestoredDatabaseWroteAloneArrives() throws Exception {
        Backup backup = backedUpThenChanged();
        backup.restore(folder, "east");
        Backup hidden = Backup.hiding(folder, "west");

        try (Node east = Node.open(folder, "east")) {
            east.execute(
                    "INSERT INTO T VALUES(6, 'alone')",
                    "UPDATE T SET NOTE = 'alone too' WHERE ID = 1",
                    "DELETE FROM T WHERE ID = 2",
                    "INSERT INTO T VALUES(4, 'four again')");
        }
        hidden.restore(folder, "west");

        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            east.sync();
            west.sync();

            assertSame(east, west);
            assertThat(east.rows(ALL))
                    .containsExactly("1|alone too", "3|three", "4|four again", "5|of west", "6|alone");
            assertThat(east.rows("SELECT COALESCE(LOCAL_VALUE, '') || REMOTE_VALUE FROM BLAZE.CONFLICTS"
                            + " WHERE ROW_KEY LIKE '%1%'"))
                    .anyMatch(values -> values.contains("changed"));
            checkNames(east, west);
        }
    }

    /** That files were put back shows before anything is written: no number is used twice even without a peer. */
    @RepeatedTest(REPETITIONS)
    void aReplacedDirectoryIsNoticedAtOnce() throws Exception {
        Backup backup = backedUpThenChanged();
        List<String> before = originsOfEast();
        backup.replace(folder, "east");
        Backup hidden = Backup.hiding(folder, "west");
        try (Node east = Node.open(folder, "east")) {
            east.execute("INSERT INTO T VALUES(6, 'alone')");
        }

        List<String> now = originsOfEast();
        hidden.restore(folder, "west");

        assertThat(now).isNotEmpty().doesNotContainAnyElementsOf(before);
        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            bothWriteAndAgree(east, west);
            assertThat(west.rows(ALL)).contains("1|changed", "4|four", "6|alone");
        }
    }

    private List<String> originsOfEast() throws SQLException {
        try (Node east = Node.open(folder, "east")) {
            return east.rows(
                    "SELECT DISTINCT SUBSTRING(TX, LOCATE('@', TX)) FROM BLAZE.OPERATIONS" + " WHERE ORIGIN = 'EAST'");
        }
    }

    @RepeatedTest(REPETITIONS)
    void anOlderDatabaseFileIsBroughtUpToDateByTheLog() throws Exception {
        Backup backup = backedUpThenChanged();
        backup.restoreFile(folder, "east");

        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            assertThat(east.rows(ALL)).containsExactly("1|changed", "2|two", "3|three", "4|four", "5|of west");
            east.execute("INSERT INTO T VALUES(6, 'after')");
            east.sync();
            assertSame(east, west);
            checkNames(east, west);
        }
    }

    @RepeatedTest(REPETITIONS)
    void anOlderLogIsRefusedWithARemedyThatWorks() throws Exception {
        Backup backup = backedUpThenChanged();
        backup.restoreLog(folder, "east");

        assertThatThrownBy(() -> Node.open(folder, "east"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("older copy")
                .hasMessageContaining("Remedy");
        Files.move(Backup.log(folder, "east"), folder.resolve("moved-away"));

        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            assertThat(east.rows(ALL)).containsExactly("1|changed", "2|two", "3|three", "4|four", "5|of west");
            bothWriteAndAgree(east, west);
        }
    }

    @RepeatedTest(REPETITIONS)
    void aDatabaseThatLostItsLogGoesOn() throws Exception {
        backedUpThenChanged();
        Backup.delete(Backup.log(folder, "east"));

        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            bothWriteAndAgree(east, west);
        }
    }

    /** As a virtual machine's disk that is put back: copied while everything runs. */
    @RepeatedTest(REPETITIONS)
    void aCopyMadeWhileItRanIsAsGood() throws Exception {
        backedUpThenChanged();
        Backup running;
        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            east.execute("INSERT INTO T VALUES(10, 'in the copy')");
            east.sync();
            running = Backup.of(folder, "east");
            east.execute("INSERT INTO T VALUES(11, 'after the copy')", "UPDATE T SET NOTE = 'x' WHERE ID = 10");
            west.execute("DELETE FROM T WHERE ID = 3");
            east.sync();
        }
        running.restore(folder, "east");

        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            bothWriteAndAgree(east, west);
            assertThat(east.rows(ALL)).contains("10|x", "11|after the copy").doesNotContain("3|three");
        }
    }

    @RepeatedTest(REPETITIONS)
    void aDiskThatForgotTheEndOfTheLogIsFoundOut() throws Exception {
        backedUpThenChanged();
        Backup early;
        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            east.sync();
            early = Backup.of(folder, "east");
            east.execute("INSERT INTO T VALUES(11, 'sent and forgotten')");
            east.sync();
            west.sync();
        }
        early.restoreFile(folder, "east");
        int cut = cutLog(Backup.log(folder, "east"), "sent and forgotten");
        assertThat(cut).as("segments that had it").isPositive();

        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            bothWriteAndAgree(east, west);
            assertThat(east.rows(ALL)).contains("11|sent and forgotten");
        }
    }

    /** Zeros from shortly before a text on, and no mark of what was durable: as if it had never been written. */
    private static int cutLog(Path log, String text) throws IOException {
        int found = 0;
        try (Stream<Path> files = Files.list(log)) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith("log-"))
                    .toList()) {
                byte[] bytes = Files.readAllBytes(file);
                int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
                if (at >= 0) {
                    Arrays.fill(bytes, at, bytes.length, (byte) 0);
                    Arrays.fill(bytes, 56, 64, (byte) 0);
                    Files.write(file, bytes);
                    found++;
                }
            }
        }
        return found;
    }

    @RepeatedTest(REPETITIONS)
    void aCopyInAnotherPlaceIsANodeOfItsOwn() throws Exception {
        Backup backup = backedUpThenChanged();
        backup.restoreAs(folder, "east", "clone");

        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west");
                Node clone = Node.open(folder, "clone")) {
            assertThat(clone.rows("SELECT * FROM BLAZE.CONNECTIONS")).isEmpty();
            clone.execute("INSERT INTO T VALUES(20, 'of the clone')", "UPDATE T SET NOTE = 'cloned' WHERE ID = 2");
            east.execute("INSERT INTO T VALUES(21, 'of east')", "UPDATE T SET NOTE = 'east' WHERE ID = 3");
            clone.connectTo(west, "WITH (INTERVAL 1)");
            Node.settle(List.of(east, west, clone));

            assertSame(east, west);
            assertSame(clone, west);
            assertThat(clone.rows(ALL))
                    .containsExactly(
                            "1|changed", "2|cloned", "3|east", "4|four", "5|of west", "20|of the clone", "21|of east");
            checkNames(east, west, clone);
        }
    }

    @RepeatedTest(REPETITIONS)
    void aDamagedDatabaseFileIsRefusedWithARemedyThatWorks() throws Exception {
        Backup backup = backedUpThenChanged();
        byte[] content = Files.readAllBytes(Backup.file(folder, "east"));
        Arrays.fill(content, (byte) 0x5a);
        Files.write(Backup.file(folder, "east"), content);

        assertThatThrownBy(() -> Node.open(folder, "east"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("damaged")
                .hasMessageContaining("Remedy");
        assertThat(Files.readAllBytes(Backup.file(folder, "east"))).isEqualTo(content);
        backup.restoreFile(folder, "east");

        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            assertThat(east.rows(ALL)).containsExactly("1|changed", "2|two", "3|three", "4|four", "5|of west");
            bothWriteAndAgree(east, west);
        }
    }

    /** Two nodes accept different operations of one number from a third one. */
    @RepeatedTest(REPETITIONS)
    void nodesThatAcceptedDifferentOperationsAgree() throws Exception {
        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west");
                Node north = Node.open(folder, "north")) {
            east.execute("CREATE TABLE T(ID INT PRIMARY KEY, NOTE VARCHAR(40))");
            east.execute("INSERT INTO T VALUES(1, 'one'), (2, 'two')");
            east.connectTo(west, "WITH (INTERVAL 1)");
            east.connectTo(north, "WITH (INTERVAL 1)");
            Node.settle(List.of(east, west, north));
        }
        Backup backup = Backup.of(folder, "east");
        Backup northBefore = Backup.of(folder, "north");
        try (Node east = Node.open(folder, "east")) {
            east.execute("INSERT INTO T VALUES(4, 'first life')", "UPDATE T SET NOTE = 'first' WHERE ID = 1", "SYNC");
        }
        backup.restore(folder, "east");
        northBefore.restore(folder, "north");
        Backup westAfter = Backup.hiding(folder, "west");
        try (Node east = Node.open(folder, "east");
                Node north = Node.open(folder, "north")) {
            east.execute("INSERT INTO T VALUES(3, 'second life')", "UPDATE T SET NOTE = 'second' WHERE ID = 1");
            east.execute("SYNC WITH north");
            assertThat(north.rows(ALL)).containsExactly("1|second", "2|two", "3|second life");
        }
        westAfter.restore(folder, "west");

        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west");
                Node north = Node.open(folder, "north")) {
            Node.settle(List.of(east, west, north));
            bothWriteAndAgree(east, west);
            Node.settle(List.of(east, west, north));
            assertSame(east, north);
            assertThat(north.rows(ALL)).contains("4|first life", "3|second life");
            assertThat(north.rows("SELECT REASON FROM BLAZE.PARKED")).contains("FORK");
        }
    }

    /** The clone and the original both write before either meets anybody. */
    @RepeatedTest(REPETITIONS)
    void twoClonesThatWroteAloneAgree() throws Exception {
        Backup backup = backedUpThenChanged();
        backup.restoreAs(folder, "east", "clone");
        Backup west = Backup.hiding(folder, "west");
        try (Node east = Node.open(folder, "east");
                Node clone = Node.open(folder, "clone")) {
            east.execute("INSERT INTO T VALUES(30, 'of east')", "UPDATE T SET NOTE = 'by east' WHERE ID = 2");
            clone.execute("INSERT INTO T VALUES(31, 'of the clone')", "DELETE FROM T WHERE ID = 3");
        }
        west.restore(folder, "west");

        try (Node east = Node.open(folder, "east");
                Node back = Node.open(folder, "west");
                Node clone = Node.open(folder, "clone")) {
            clone.connectTo(back, "WITH (INTERVAL 1)");
            Node.settle(List.of(east, back, clone));

            assertSame(east, back);
            assertSame(clone, back);
            assertThat(back.rows(ALL))
                    .containsExactly("1|changed", "2|by east", "4|four", "5|of west", "30|of east", "31|of the clone");
            checkNames(east, back, clone);
        }
    }

    /** Files of both are put back, to different days. */
    @RepeatedTest(REPETITIONS)
    void bothAreRestoredToDifferentDays() throws Exception {
        Backup first = backedUpThenChanged();
        Backup second = Backup.of(folder, "west");
        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            east.execute("INSERT INTO T VALUES(50, 'after both')");
            west.execute("UPDATE T SET NOTE = 'five' WHERE ID = 5");
            east.sync();
        }
        first.restore(folder, "east");
        second.restore(folder, "west");

        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            bothWriteAndAgree(east, west);
            assertThat(east.rows(ALL)).contains("1|changed", "4|four", "5|of west");
        }
    }

    /** What both write from now on arrives, whatever was before. */
    private static void bothWriteAndAgree(Node east, Node west) throws SQLException {
        east.execute("INSERT INTO T VALUES(100, 'east now')", "UPDATE T SET NOTE = 'two of east' WHERE ID = 2");
        west.execute("INSERT INTO T VALUES(101, 'west now')");
        east.sync();
        west.sync();
        assertSame(east, west);
        assertThat(west.rows(ALL)).contains("100|east now", "101|west now", "2|two of east");
        checkNames(east, west);
    }

    private static void assertSame(Node one, Node other) throws SQLException {
        assertThat(TableComparison.differences(one.connection(), other.connection()))
                .isEmpty();
    }

    /** One operation has one content wherever it is known: no number and no stamp was used twice. */
    private static void checkNames(Node... nodes) throws SQLException {
        Map<String, String> known = new HashMap<>();
        for (Node node : nodes) {
            for (String operation : node.rows(OPERATIONS)) {
                List<String> parts = List.of(operation.split("\\|", 6));
                String name = String.join("|", parts.subList(0, 4));
                String content = String.join("|", parts.subList(4, 6));
                assertThat(known.merge(name, content, (before, now) -> before))
                        .as(name)
                        .isEqualTo(content);
            }
        }
    }
}
