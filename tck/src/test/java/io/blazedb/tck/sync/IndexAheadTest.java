package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A crash may leave a file whose versions of rows are newer than the position up to which it says they are: H2 saved
 * on its own, for lack of memory. The operations in between are told to peers as what they were.
 */
class IndexAheadTest {
    private static final String ROWS = "SELECT ID, NOTE, HITS, HIGHEST FROM T ORDER BY ID";

    @TempDir
    Path folder;

    @Test
    void whatWasIndexedIsToldAsItWas() throws Exception {
        try (Node one = Node.open(folder, "n1");
                Node two = Node.open(folder, "n2");
                Node three = Node.open(folder, "n3")) {
            one.execute(
                    "CREATE TABLE T(ID INT PRIMARY KEY, NOTE VARCHAR(20), HITS TINYINT, HIGHEST INT)",
                    "CREATE MERGE RULE ON T (HITS) USING COUNTER",
                    "CREATE MERGE RULE ON T (HIGHEST) USING MAX",
                    "INSERT INTO T SELECT X, 'old', 10, 10 FROM SYSTEM_RANGE(1, 6)",
                    "DELETE FROM T WHERE ID = 6");
            one.connectTo(two);
            one.connectTo(three);
            Node.settle(List.of(one, two, three));
        }
        byte[] indexed = indexed("n1");
        try (Node one = Node.open(folder, "n1");
                Node two = Node.open(folder, "n2");
                Node three = Node.open(folder, "n3")) {
            Node.settle(List.of(one, two, three));
            one.execute(
                    "PAUSE SYNC WITH N2",
                    "UPDATE T SET HITS = HITS + 5, NOTE = 'one' WHERE ID = 1",
                    "UPDATE T SET HITS = HITS + 1, HIGHEST = 20 WHERE ID < 3",
                    "DELETE FROM T WHERE ID = 3",
                    "UPDATE T SET ID = 7 WHERE ID = 4",
                    "INSERT INTO T VALUES(3, 'again', 1, 1), (6, 'again', 1, 1), (8, 'new', 2, 2)",
                    "UPDATE T SET HITS = HITS + 100 WHERE ID IN (3, 8)",
                    "DELETE FROM T WHERE ID = 6",
                    "SYNC WITH N3");
        }
        assertThat(indexed("n1")).as("the operations are in the index").isNotEqualTo(indexed);
        setIndexed("n1", indexed);
        Files.delete(Backup.log(folder, "n1").resolve("lease")); // a crash leaves none

        try (Node one = Node.open(folder, "n1");
                Node two = Node.open(folder, "n2");
                Node three = Node.open(folder, "n3")) {
            one.execute("RESUME SYNC WITH N2");
            Node.settle(List.of(one, two, three));

            for (Node node : List.of(one, two, three)) {
                assertThat(node.rows(ROWS))
                        .as(node.name())
                        .containsExactly(
                                "1|one|16|20",
                                "2|old|11|20",
                                "3|again|101|1",
                                "5|old|10|10",
                                "7|old|10|10",
                                "8|new|102|2");
                assertThat(node.rows("CHECK SYNC"))
                        .isNotEmpty()
                        .allMatch(row -> row.contains("|0|"), "nothing differs");
                assertThat(node.rows("SELECT KIND FROM BLAZE.CONFLICTS")).isEmpty();
            }
        }
    }

    /** The position in the log up to which a closed database's file has the versions of rows. */
    private byte[] indexed(String name) {
        try (MVStore store = MVStore.open(Backup.file(folder, name).toString())) {
            return Objects.requireNonNull(state(store).get("indexed"));
        }
    }

    private void setIndexed(String name, byte[] position) {
        try (MVStore store = MVStore.open(Backup.file(folder, name).toString())) {
            state(store).put("indexed", position);
        }
    }

    private static MVMap<String, byte[]> state(MVStore store) {
        return store.openMap(
                "blaze.state",
                new MVMap.Builder<String, byte[]>()
                        .keyType(StringDataType.INSTANCE)
                        .valueType(ByteArrayDataType.INSTANCE));
    }
}
