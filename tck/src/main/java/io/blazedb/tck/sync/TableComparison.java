package io.blazedb.tck.sync;

import io.blazedb.tck.Sql;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Compares two databases table by table, whatever order their rows are in.
 *
 * <p>First by number of rows and a checksum; where these differ, the message shows the first rows that only one of them
 * has. Equal rows of a table without a key count as often as they are there. Reads with the caller's connections, in
 * their transactions.
 */
public final class TableComparison {
    private static final int ROWS_SHOWN_MAX = 5;
    private static final String TABLES = "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES"
            + " WHERE TABLE_SCHEMA = 'PUBLIC' AND TABLE_TYPE = 'BASE TABLE' ORDER BY TABLE_NAME";

    private TableComparison() {}

    /** One sentence for each table of schema PUBLIC that is not the same in both; empty if all are. */
    public static List<String> differences(Connection left, Connection right) throws SQLException {
        List<String> tables = Sql.rows(left, TABLES);
        List<String> others = Sql.rows(right, TABLES);
        if (!tables.equals(others)) {
            return List.of("tables " + tables + " and " + others);
        }
        List<String> differences = new ArrayList<>();
        for (String table : tables) {
            Sum first = sum(left, table);
            Sum second = sum(right, table);
            if (!first.equals(second)) {
                differences.add(table + ": " + first + " and " + second + "; " + rowsThatDiffer(left, right, table));
            }
        }
        return differences;
    }

    /** The number of rows and a checksum that does not depend on their order. */
    public static String checksum(Connection connection, String table) throws SQLException {
        return sum(connection, table).toString();
    }

    private static Sum sum(Connection connection, String table) throws SQLException {
        long rows = 0;
        long sum = 0;
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query(table))) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                rows++;
                sum += crc(row(result, columns));
            }
        }
        return new Sum(rows, sum);
    }

    private static long crc(String row) {
        CRC32 crc = new CRC32();
        crc.update(row.getBytes(StandardCharsets.UTF_8));
        long value = crc.getValue();
        return value * value + row.length(); // the square keeps two changes from cancelling each other
    }

    private static String query(String table) {
        return "SELECT * FROM \"" + table + '"';
    }

    private static String row(ResultSet result, int columns) throws SQLException {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= columns; i++) {
            row.append(i == 1 ? "" : "|").append(result.getString(i));
        }
        return row.toString();
    }

    private static String rowsThatDiffer(Connection left, Connection right, String table) throws SQLException {
        Map<String, Integer> balance = new HashMap<>();
        count(left, table, 1, balance);
        count(right, table, -1, balance);
        List<String> shown = balance.entrySet().stream()
                .filter(entry -> entry.getValue() != 0)
                .map(entry -> (entry.getValue() > 0 ? "only in the first: " : "only in the second: ") + entry.getKey())
                .sorted()
                .toList();
        return shown.size() + " rows differ: " + shown.subList(0, Math.min(ROWS_SHOWN_MAX, shown.size()));
    }

    private static void count(Connection connection, String table, int weight, Map<String, Integer> balance)
            throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query(table))) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                balance.merge(row(result, columns), weight, Integer::sum);
            }
        }
    }

    /** What is compared first. */
    private record Sum(long rows, long checksum) {
        @Override
        public String toString() {
            return "%d rows (%016x)".formatted(rows, checksum);
        }
    }
}
