package io.blazedb.tck.sync;

import io.blazedb.tck.Sql;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was added to the counter N of each row of a table, wherever that was committed. For one thread. */
final class PromiseCounts {
    private final String table;
    private final Map<Integer, BigDecimal> sums = new TreeMap<>();

    PromiseCounts(String table) {
        this.table = table;
    }

    void added(int id, long delta) {
        sums.merge(id, BigDecimal.valueOf(delta), BigDecimal::add);
    }

    /** The rows that do not show all of it, each delta once; rows that nobody wrote, too. */
    List<String> wrong(Connection connection) throws SQLException {
        Map<Integer, BigDecimal> shown = new TreeMap<>();
        for (String row : Sql.rows(connection, "SELECT ID, N FROM " + table)) {
            int bar = row.indexOf('|');
            shown.put(Integer.valueOf(row.substring(0, bar)), new BigDecimal(row.substring(bar + 1)));
        }
        List<String> wrong = new ArrayList<>();
        sums.forEach((id, sum) -> {
            BigDecimal found = shown.remove(id);
            if (found == null || found.compareTo(sum) != 0) {
                wrong.add(table + '|' + id + " shows " + found + " (expected: " + sum + ")");
            }
        });
        shown.forEach((id, found) -> wrong.add(table + '|' + id + " shows " + found + " (expected: no row)"));
        return wrong;
    }
}
