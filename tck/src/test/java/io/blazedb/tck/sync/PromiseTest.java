package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.tck.Sql;
import io.blazedb.tck.Volume;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The promise: every value that was ever committed is visible, or was superseded by a write of a node that had seen it,
 * or is in BLAZE.CONFLICTS. Of counters: everything that was ever added is in the sum, once.
 *
 * <p>Many small histories run at the same time in the same three databases, each on rows of its own, in rounds: apart
 * everybody writes, together they sync, then all is judged.
 */
class PromiseTest {
    private static final int HISTORIES = 1_000;
    private static final int ROUNDS = 3;
    private static final int ROWS = 2;
    private static final int WRITES_MAX = 3;
    private static final int TOGETHER = 20;
    private static final int RESOLVED_MAX = 10;
    private static final int MISSING_SHOWN = 5;
    private static final Map<String, List<String>> TABLES = tables();

    @TempDir
    Path folder;

    private List<Node> all = List.of();
    private PromiseModel model = new PromiseModel(TABLES);
    private PromiseCounts counts = new PromiseCounts("C");
    private Random random = new Random();
    private int lastValue;

    private static Map<String, List<String>> tables() {
        Map<String, List<String>> tables = new LinkedHashMap<>();
        tables.put("P", List.of("ID", "A", "B"));
        tables.put("U", List.of("ID", "NAME", "NOTE"));
        tables.put("F", List.of("ID", "NOTE"));
        tables.put("K", List.of("ID", "PARENT", "NOTE"));
        tables.put("G", List.of("ID", "X", "Y"));
        tables.put("C", List.of("ID"));
        return tables;
    }

    @AfterEach
    void close() throws SQLException {
        for (Node node : all) {
            node.execute("SHUTDOWN");
            node.close();
        }
    }

    @Test
    void nothingIsLostAmongEquals() throws SQLException {
        run("CLIENT", Volume.seed(), Volume.of(HISTORIES));
    }

    @Test
    void nothingIsLostWithAServer() throws SQLException {
        run("SERVER", Volume.seed(), Volume.of(HISTORIES));
    }

    @Test
    void aLossThatIsNotReportedIsNoticed() throws SQLException {
        run("CLIENT", Volume.seed(), HISTORIES / 10);
        Node node = all.get(0);
        String needed = model.needed(node.connection()).get(0);

        node.execute("DELETE FROM BLAZE.BZ_CONFLICT WHERE " + needed);

        assertThat(model.missing(node.connection(), false)).isNotEmpty();
    }

    @Test
    void aLostOrDoubledCountIsNoticed() throws SQLException {
        run("CLIENT", Volume.seed(), HISTORIES / 20);
        pause();
        count(all.get(0), TABLES.size() - 1, 1);
        assertThat(counts.wrong(all.get(0).connection())).isEmpty();

        assertThat(counts.wrong(all.get(1).connection())).hasSize(1);
        counts.added((TABLES.size() - 1) * ROWS, 1);
        assertThat(counts.wrong(all.get(0).connection())).hasSize(1);
    }

    /** Adds to the first counter of a history. */
    private void count(Node node, int history, long delta) throws SQLException {
        try (Statement statement = node.connection().createStatement()) {
            add(statement, history * ROWS, delta);
        }
    }

    private void run(String role, long seed, int histories) throws SQLException {
        random = new Random(seed);
        model = new PromiseModel(TABLES);
        counts = new PromiseCounts("C");
        open(role);
        for (int round = 1; round <= ROUNDS; round++) {
            model.nextRound();
            pause();
            for (int node = 0; node < all.size(); node++) {
                write(node, histories);
            }
            meet();
            judge("seed " + seed + ", round " + round, true);
            resolveSome();
        }
        judge("seed " + seed, false);
    }

    private void open(String role) throws SQLException {
        all = List.of(
                Node.openInMemory(folder, "n1"), Node.openInMemory(folder, "n2"), Node.openInMemory(folder, "n3"));
        all.get(0)
                .execute(
                        "CREATE TABLE P(ID INT PRIMARY KEY, A VARCHAR(20), B VARCHAR(20))",
                        "CREATE TABLE U(ID INT PRIMARY KEY, NAME VARCHAR(20) UNIQUE, NOTE VARCHAR(20))",
                        "CREATE TABLE F(ID INT PRIMARY KEY, NOTE VARCHAR(20))",
                        "CREATE TABLE K(ID INT PRIMARY KEY, PARENT INT REFERENCES F(ID), NOTE VARCHAR(20))",
                        "CREATE TABLE G(ID INT PRIMARY KEY, X INT, Y INT, CHECK (X + Y = 0))",
                        "CREATE TABLE C(ID INT PRIMARY KEY, N NUMERIC(40))",
                        "CREATE TOPOLOGY M PATTERN MESH",
                        "ALTER TOPOLOGY M ADD NODE N1 CURRENT DATABASE ROLE " + role,
                        "ALTER TOPOLOGY M ADD NODE N2 AT '" + all.get(1).url() + "'",
                        "ALTER TOPOLOGY M ADD NODE N3 AT '" + all.get(2).url() + "'");
        all.get(0).execute("CREATE MERGE RULE ON C (N) USING COUNTER");
        Node.settle(all);
    }

    private void pause() throws SQLException {
        for (Node node : all) {
            node.execute("PAUSE SYNC");
        }
    }

    private void meet() throws SQLException {
        for (Node node : all) {
            node.execute("RESUME SYNC");
        }
        settle();
    }

    private void settle() throws SQLException {
        for (int i = 1; i < all.size(); i++) {
            for (Node node : all) {
                node.execute("SYNC TIMEOUT 120");
            }
        }
    }

    private void judge(String when, boolean ofThisRoundOnly) throws SQLException {
        for (Node node : all) {
            assertThat(TableComparison.differences(all.get(0).connection(), node.connection()))
                    .as("%s, %s", when, node.name())
                    .isEmpty();
            assertThat(counts.wrong(node.connection()))
                    .as("%s, %s", when, node.name())
                    .isEmpty();
            List<String> missing = model.missing(node.connection(), ofThisRoundOnly);
            assertThat(missing.subList(0, Math.min(MISSING_SHOWN, missing.size())))
                    .as("%s, %s, %d are missing", when, node.name(), missing.size())
                    .isEmpty();
        }
    }

    /** All histories write at one node, a few in each transaction. */
    private void write(int node, int histories) throws SQLException {
        all.get(node).connection().setAutoCommit(false);
        try (Statement statement = all.get(node).connection().createStatement()) {
            for (int history = 0; history < histories; history++) {
                for (int i = random.nextInt(WRITES_MAX); i > 0; i--) {
                    writeOne(statement, node, history);
                }
                if (history % TOGETHER == 0) {
                    all.get(node).connection().commit();
                }
            }
        }
        all.get(node).connection().commit();
        all.get(node).connection().setAutoCommit(true);
    }

    private void writeOne(Statement statement, int node, int history) throws SQLException {
        int id = history * ROWS + random.nextInt(ROWS);
        switch (history % TABLES.size()) {
            case 0 -> change(statement, node, "P", id, Map.of("A", text(), "B", text()));
            case 1 -> {
                String name = "'h%d-%d'".formatted(history, random.nextInt(ROWS));
                change(statement, node, "U", id, Map.of("NAME", name, "NOTE", text()));
            }
            case 2 -> change(statement, node, "F", id, Map.of("NOTE", text()));
            case 3 -> {
                // The parents of this history's children are those of the history before it.
                String parent = String.valueOf((history - 1) * ROWS + random.nextInt(ROWS));
                change(statement, node, "K", id, Map.of("PARENT", parent, "NOTE", text()));
            }
            case 5 -> add(statement, id, random.nextLong(1L << 40) - (1L << 39));
            default -> {
                int x = ++lastValue;
                change(statement, node, "G", id, Map.of("X", String.valueOf(x), "Y", String.valueOf(-x)));
            }
        }
    }

    /** Where the row is, else as a new row. */
    private void add(Statement statement, int id, long delta) throws SQLException {
        boolean added = attempt(statement, "UPDATE C SET N = N + %d WHERE ID = %d".formatted(delta, id))
                || attempt(statement, "INSERT INTO C VALUES(%d, %d)".formatted(id, delta));
        if (added) {
            counts.added(id, delta);
        }
    }

    private String text() {
        return "'v" + ++lastValue + "'";
    }

    /** Inserts, updates one column or all, or deletes. */
    private void change(Statement statement, int node, String table, int id, Map<String, String> values)
            throws SQLException {
        List<String> columns = new ArrayList<>(TABLES.get(table));
        columns.remove(0);
        int kind = random.nextInt(10);
        if (kind < 4) {
            List<String> inOrder = columns.stream().map(values::get).toList();
            String insert = "INSERT INTO %s VALUES(%d, %s)".formatted(table, id, String.join(", ", inOrder));
            if (attempt(statement, insert)) {
                wrote(node, table, id, columns, values);
            }
        } else if (kind < 9) {
            boolean together = table.equals("G") || random.nextBoolean();
            List<String> written = together ? columns : List.of(columns.get(random.nextInt(columns.size())));
            String set = String.join(
                    ", ",
                    written.stream().map(one -> one + " = " + values.get(one)).toList());
            if (attempt(statement, "UPDATE %s SET %s WHERE ID = %d".formatted(table, set, id))) {
                wrote(node, table, id, written, values);
            }
        } else if (attempt(statement, "DELETE FROM %s WHERE ID = %d".formatted(table, id))) {
            model.ended(node, table, id);
        }
    }

    private void wrote(int node, String table, int id, List<String> columns, Map<String, String> values) {
        columns.forEach(column -> model.wrote(
                node, table, id, column, String.valueOf(values.get(column)).replace("'", "")));
    }

    /** Whether a row was written. Keys that are taken and parents that are missing are what applications meet, too. */
    private static boolean attempt(Statement statement, String sql) throws SQLException {
        try {
            return statement.executeUpdate(sql) == 1;
        } catch (SQLException e) {
            if (!e.getSQLState().startsWith("23")) {
                throw e;
            }
            return false;
        }
    }

    /** People settle a few conflicts, one after the other: what they write has seen everything. */
    private void resolveSome() throws SQLException {
        model.nextRound();
        for (int i = 0; i < RESOLVED_MAX; i++) {
            int node = random.nextInt(all.size());
            List<String> open = Sql.rows(
                    all.get(node).connection(),
                    "SELECT ID, TABLE_NAME, ROW_KEY FROM BLAZE.CONFLICTS WHERE STATUS <> 'RESOLVED' ORDER BY ID");
            if (open.isEmpty()) {
                return;
            }
            String[] conflict = open.get(random.nextInt(open.size())).split("\\|", -1);
            String side = random.nextBoolean() ? "LOCAL" : "REMOTE";
            if (resolved(all.get(node), "RESOLVE CONFLICT " + conflict[0] + " USING " + side)) {
                int history = Integer.parseInt(conflict[2]) / ROWS;
                for (int id = history * ROWS; id < (history + 1) * ROWS; id++) {
                    model.ended(node, conflict[1], id);
                }
            }
        }
        settle();
    }

    /** A conflict whose row is gone, or whose value has no room any more, stays. */
    private static boolean resolved(Node node, String sql) throws SQLException {
        try {
            node.execute(sql);
            return true;
        } catch (SQLException e) {
            if (!List.of("ZB402", "ZB404").contains(e.getSQLState())) {
                throw e;
            }
            return false;
        }
    }
}
