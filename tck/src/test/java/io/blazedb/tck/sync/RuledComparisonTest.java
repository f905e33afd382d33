package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.h2.mvstore.tx.BelowCapture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code CHECK SYNC} and {@code REPAIR SYNC} of tables with merge rules. */
class RuledComparisonTest {
    private static final String ALL = "SELECT * FROM T ORDER BY ID";

    @TempDir
    Path folder;

    private Node east;
    private Node west;

    @BeforeEach
    void open() throws SQLException {
        east = Node.open(folder, "east");
        west = Node.open(folder, "west");
        east.execute(
                "CREATE TABLE T(ID INT PRIMARY KEY, N INT, HIGH NUMERIC(8, 2), LOW DATE, NOTE VARCHAR(10))",
                "INSERT INTO T VALUES(1, 40, 5.50, DATE '2026-03-01', 'a'), (2, 7, 1, DATE '2026-03-01', 'b')");
    }

    @AfterEach
    void close() throws SQLException {
        east.closeAfterFaults();
        west.closeAfterFaults();
    }

    private void makeRules() throws SQLException {
        east.execute(
                "CREATE MERGE RULE ON T (N) USING COUNTER",
                "CREATE MERGE RULE ON T (HIGH) USING MAX",
                "CREATE MERGE RULE ON T (LOW) USING MIN",
                "CREATE MERGE RULE ON T (NOTE) USING LAST WRITER");
        Node.settle(List.of(east, west));
    }

    private static long repair(Node node, String other) throws SQLException {
        try (Statement statement = node.connection().createStatement()) {
            return statement.executeLargeUpdate("REPAIR SYNC WITH " + other);
        }
    }

    private static void below(Node node, String... statements) throws SQLException {
        try (BelowCapture fault = new BelowCapture(node.connection())) {
            fault.execute(statements);
        }
    }

    @Test
    void whatHasMetIsTheSame() throws SQLException {
        east.connectTo(west);
        makeRules();
        east.execute("PAUSE SYNC");
        east.execute("UPDATE T SET N = N + 5, HIGH = 9, LOW = DATE '2026-02-01', NOTE = 'east' WHERE ID = 1");
        west.execute("UPDATE T SET N = N - 1, HIGH = 7, LOW = DATE '2026-01-01', NOTE = 'west' WHERE ID = 1");
        west.execute("DELETE FROM T WHERE ID = 2", "INSERT INTO T(ID, N) VALUES(3, 3)");
        east.execute("INSERT INTO T(ID, N, HIGH) VALUES(3, 4, 2)", "UPDATE T SET N = N + 1 WHERE ID = 2");
        east.execute("RESUME SYNC");
        Node.settle(List.of(east, west));

        assertThat(east.rows("CHECK SYNC")).containsExactly("PUBLIC|T|2|2|0|WEST");
        assertThat(repair(west, "EAST")).isZero();
        assertThat(west.rows(ALL))
                .isEqualTo(east.rows(ALL))
                .element(0)
                .asString()
                .startsWith("1|44|9.00|2026-01-01");
    }

    /** What the closed direction holds back is no difference, whichever of the two is asked. */
    @Test
    void inAnOpenDirectionWhatTheTargetHasOnTopIsNoDifference() throws SQLException {
        east.connectTo(west, "MODE READ ONLY");
        makeRules();
        west.execute(
                "UPDATE T SET N = N + 5 WHERE ID = 1",
                "UPDATE T SET HIGH = 9, LOW = DATE '2026-01-01', NOTE = 'west' WHERE ID = 1",
                "UPDATE T SET HIGH = 8 WHERE ID = 2");
        east.execute("UPDATE T SET N = N + 1, HIGH = 6 WHERE ID = 1", "UPDATE T SET LOW = DATE '2025-12-01'");
        east.sync();

        assertThat(east.rows("CHECK SYNC")).containsExactly("PUBLIC|T|2|2|0|WEST");
        assertThat(repair(west, "EAST")).isZero();
        assertThat(west.rows(ALL)).containsExactly("1|46|9.00|2025-12-01|west", "2|7|8.00|2025-12-01|b");
    }

    @Test
    void inAnOpenDirectionWhatTheTargetLacksIsOne() throws SQLException {
        east.connectTo(west, "MODE READ ONLY");
        makeRules();
        east.execute("UPDATE T SET N = N + 1", "UPDATE T SET HIGH = 6 WHERE ID = 1");
        east.sync();
        below(west, "UPDATE T SET HIGH = 5 WHERE ID = 1");
        below(west, "UPDATE T SET N = 40 WHERE ID = 2");
        assertThat(east.rows("CHECK SYNC")).containsExactly("PUBLIC|T|2|2|2|WEST");

        repair(east, "WEST");

        assertThat(east.rows("CHECK SYNC")).containsExactly("PUBLIC|T|2|2|0|WEST");
        assertThat(west.rows("SELECT HIGH, N FROM T ORDER BY ID")).containsExactly("6.00|41", "1.00|8");
    }
}
