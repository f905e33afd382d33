package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new node gets more than the rows that are to be seen: also what was deleted, and what a constraint hides. */
class CompleteCopyTest {
    private static final String ALL = "SELECT ID, NAME, NOTE FROM T ORDER BY ID";
    private static final String CONFLICTS =
            "SELECT ROW_KEY, COLUMN_NAME, KIND, STATUS FROM BLAZE.CONFLICTS ORDER BY ID";

    @TempDir
    Path folder;

    private Node first;
    private Node second;
    private Node late;

    @BeforeEach
    void open() throws SQLException {
        first = Node.open(folder, "first");
        second = Node.open(folder, "second");
        late = Node.open(folder, "late");
        first.execute(
                "CREATE TABLE T(ID INT PRIMARY KEY, NAME VARCHAR(10) UNIQUE, NOTE VARCHAR(10))",
                "INSERT INTO T VALUES(1, 'one', 'old'), (2, 'two', 'old'), (3, 'three', 'old')");
        first.connectTo(second);
        first.sync();
        first.execute("PAUSE SYNC");
    }

    @AfterEach
    void close() throws SQLException {
        for (Node node : List.of(first, second, late)) {
            node.close();
        }
    }

    private void joinFrom(Node node) throws SQLException {
        node.connectTo(late);
        node.sync();
    }

    private void assertAgreement(String... rows) throws SQLException {
        List<Node> all = List.of(first, second, late);
        Node.settle(all);
        for (Node node : all) {
            assertThat(node.rows(ALL)).as(node.name()).containsExactly(rows);
        }
    }

    @Test
    void aDeleteIsCopiedWithItsLastValues() throws SQLException {
        first.execute("DELETE FROM T WHERE ID = 1");
        second.execute("UPDATE T SET NOTE = 'new' WHERE ID = 1");

        joinFrom(first);
        late.connectTo(second);

        assertAgreement("2|two|old", "3|three|old");
        // Whoever has both first writes it down; the other one hears from there that it is settled.
        Set<String> written = new HashSet<>(second.rows(CONFLICTS));
        written.addAll(late.rows(CONFLICTS));
        assertThat(written).containsExactly("1|NOTE|UPDATE_DELETE|LOST");
    }

    @Test
    void aDeletedRowThatAServerWroteComesBackWhole() throws SQLException {
        first.execute("DELETE FROM T WHERE ID = 1");
        second.execute("UPDATE T SET NOTE = 'new' WHERE ID = 1", "UPDATE T SET NAME = 'uno' WHERE ID = 1");

        joinFrom(first);
        first.execute("INSERT INTO T VALUES(1, 'again', 'again')");
        late.connectTo(second);

        assertAgreement("1|again|again", "2|two|old", "3|three|old");
        for (Node node : List.of(first, second, late)) {
            assertThat(node.rows(CONFLICTS)).as(node.name()).noneMatch(conflict -> conflict.contains("MISSING"));
        }
    }

    @Test
    void aHiddenRowIsCopiedAndShowsWhenItsKeyIsFree() throws SQLException {
        first.execute("INSERT INTO T VALUES(10, 'same', 'first')");
        second.execute("INSERT INTO T VALUES(20, 'same', 'second')");
        first.execute("RESUME SYNC");
        first.sync();
        assertThat(first.rows(ALL)).isEqualTo(second.rows(ALL)).hasSize(4);

        joinFrom(first);
        late.connectTo(second);
        String shown = late.value("SELECT ID FROM T WHERE NAME = 'same'");
        late.execute("DELETE FROM T WHERE ID = " + shown);

        late.sync();
        String other = shown.equals("10") ? "20|same|second" : "10|same|first";
        assertAgreement("1|one|old", "2|two|old", "3|three|old", other);
    }

    @Test
    void aCopyOfAHiddenRowSaysThatItIsHidden() throws SQLException {
        first.execute("INSERT INTO T VALUES(10, 'same', 'first')");
        second.execute("INSERT INTO T VALUES(20, 'same', 'second')");
        first.execute("RESUME SYNC");
        first.sync();

        joinFrom(first);

        assertThat(late.rows("SELECT KIND, STATUS FROM BLAZE.CONFLICTS")).containsExactly("UNIQUE|HIDDEN");
        assertThat(late.rows(ALL)).isEqualTo(first.rows(ALL));
    }

    @Test
    void whatOneNodeReplacedKnowinglyIsNoConflict() throws SQLException {
        first.execute("RESUME SYNC", "UPDATE T SET NOTE = 'a' WHERE ID = 2");
        first.sync();
        second.execute("UPDATE T SET NOTE = 'b' WHERE ID = 2");
        first.sync();
        first.execute("UPDATE T SET NOTE = 'c' WHERE ID = 2");
        first.sync();

        joinFrom(first);
        late.connectTo(second);

        assertAgreement("1|one|old", "2|two|c", "3|three|old");
        assertThat(late.rows(CONFLICTS)).isEmpty();
    }
}
