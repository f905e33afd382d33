package io.blazedb.internal.cli.demo;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A result as text, to show and to compare. */
record Rows(List<String> columns, List<List<String>> values) {
    private static final String NULL = "null";

    static Rows of(ResultSet result) throws SQLException {
        ResultSetMetaData metaData = result.getMetaData();
        List<String> columns = new ArrayList<>();
        for (int column = 1; column <= metaData.getColumnCount(); column++) {
            columns.add(metaData.getColumnLabel(column));
        }
        List<List<String>> values = new ArrayList<>();
        while (result.next()) {
            List<String> row = new ArrayList<>();
            for (int column = 1; column <= columns.size(); column++) {
                row.add(Objects.requireNonNullElse(result.getString(column), NULL));
            }
            values.add(row);
        }
        return new Rows(columns, values);
    }

    /** What stands there, when the result is one value. */
    String single() {
        Expect.that(
                values.size() == 1 && columns.size() == 1,
                "The result has " + values.size() + " rows of " + columns.size() + " columns (expected: one value)");
        return values.get(0).get(0);
    }

    /** What stands in this column of the first row. */
    String value(String column) {
        Expect.that(!values.isEmpty() && columns.contains(column), "There is no row with a column " + column);
        return values.get(0).get(columns.indexOf(column));
    }

    /** The header and the rows, in columns as wide as their widest value. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (columns.size() > 1 || values.size() != 1) {
            lines.add(line(columns));
        }
        values.forEach(row -> lines.add(line(row)));
        return lines;
    }

    private String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            line.append(cells.get(column))
                    .append(" ".repeat(width(column) - cells.get(column).length() + 2));
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return Math.max(
                columns.get(column).length(),
                values.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
    }
}
