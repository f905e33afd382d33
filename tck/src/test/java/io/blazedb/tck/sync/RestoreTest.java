package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens when files of a node are put back, copied, cut short or lost: nothing is lost where a peer has it. */
class RestoreTest {
    private static final String ALL = "SELECT ID, NOTE FROM T ORDER BY ID";
    private static final String OPERATIONS =
            "SELECT ORIGIN, TX, TYPE, ROW_KEY, SEQ, CHANGES FROM BLAZE.OPERATIONS ORDER BY 1, 2, 4";

    @TempDir
    Path folder;

    /** East and west, with rows 1 to 3; then a backup of east, and row 4 and a change of row 1 that the backup lacks. */
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

    @Test
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

    @Test
    void whatARestoredDatabaseWroteAloneArrives() throws Exception {
        Backup backup = backedUpThenChanged();
        backup.restore(folder, "east");
        Backup hidden = hide("west");

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

    /** Nobody can open it. */
    private Backup hide(String name) throws Exception {
        Backup hidden = Backup.of(folder, name);
        Backup.delete(Backup.log(folder, name));
        Backup.delete(Backup.file(folder, name));
        java.nio.file.Files.createDirectory(Backup.file(folder, name));
        return hidden;
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
