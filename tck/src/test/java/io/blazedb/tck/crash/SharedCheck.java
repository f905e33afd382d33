package io.blazedb.tck.crash;

import io.blazedb.tck.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What must hold of {@link SharedTables} in one database, each answered as a list of what does not. */
final class SharedCheck {
    /** One statement, so one snapshot. */
    private static final String ALL = "SELECT 'LEDGER', AUTHOR, N FROM LEDGER"
            + " UNION ALL SELECT 'PAIR_A', ID, N FROM PAIR_A UNION ALL SELECT 'PAIR_B', ID, N FROM PAIR_B";

    private SharedCheck() {}

    /** I4, I5: of each author exactly what it had written up to some transaction, wherever one looks. */
    static List<String> torn(Connection connection) throws SQLException {
        Map<String, Map<Integer, Long>> tables = new TreeMap<>();
        for (String row : Sql.rows(connection, ALL)) {
            String[] parts = row.split("\\|", 3);
            tables.computeIfAbsent(parts[0], name -> new TreeMap<>())
                    .put(Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
        }
        Map<Integer, Long> ledger = tables.getOrDefault("LEDGER", Map.of());
        Map<Integer, Long> expected = new TreeMap<>();
        ledger.forEach((author, number) -> expected.putAll(SharedTables.rowsAfter(author, number)));
        List<String> torn = new ArrayList<>();
        for (String table : List.of("PAIR_A", "PAIR_B")) {
            Map<Integer, Long> found = tables.getOrDefault(table, Map.of());
            if (!found.equals(expected)) {
                torn.add("%s: %s (expected after %s: %s)".formatted(table, found, ledger, expected));
            }
        }
        return torn;
    }

    /** The last transaction of an author that this database has. */
    static long ledger(Connection connection, int author) throws SQLException {
        return Long.parseLong(Sql.value(connection, "SELECT N FROM LEDGER WHERE AUTHOR = " + author));
    }

    /** I7, and indexes that have what their tables have. */
    static List<String> broken(Connection connection) throws SQLException {
        List<String> broken = new ArrayList<>();
        none(
                broken,
                connection,
                "two rows have code",
                "SELECT CODE + 0 FROM CODES GROUP BY CODE + 0 HAVING COUNT(*) > 1");
        none(
                broken,
                connection,
                "no parent for child",
                "SELECT ID, PARENT FROM CHILD C WHERE PARENT IS NOT NULL"
                        + " AND NOT EXISTS(SELECT 1 FROM PARENT P WHERE P.ID + 0 = C.PARENT + 0)");
        none(
                broken,
                connection,
                "rows by index and in all",
                "SELECT * FROM (SELECT (SELECT COUNT(*) FROM PAIR_A USE INDEX (PAIR_A_N) WHERE N > 0) I,"
                        + " (SELECT COUNT(ID + 0) FROM PAIR_A) T) WHERE I <> T");
        return broken;
    }

    private static void none(List<String> broken, Connection connection, String what, String query)
            throws SQLException {
        for (String row : Sql.rows(connection, query)) {
            broken.add(what + " " + row);
        }
    }

    /** I3: each transaction of either author counted once, in a database that has all of both. */
    static List<String> miscounted(Connection connection) throws SQLException {
        long transactions = 0;
        for (int author = 0; author < SharedTables.AUTHORS; author++) {
            transactions += ledger(connection, author);
        }
        long counted = Long.parseLong(Sql.value(connection, "SELECT SUM(HITS) FROM COUNTERS"));
        return counted == transactions
                ? List.of()
                : List.of("counted " + counted + " (expected: " + transactions + " transactions)");
    }
}
