package io.blazedb.internal.cli;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** A result as text, to show and to compare; all of it is in memory. */
public record Rows(List<String> columns, List<List<String>> values) {
    private static final String NULL = "null";

    /** Reads a result to its end. */
    public static Rows of(ResultSet result) throws SQLException {
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

    /** What stands in this column of the first row. */
    public String value(String column) {
        if (values.isEmpty() || !columns.contains(column)) {
            throw new IllegalArgumentException("Column " + column + " of " + values.size() + " rows (expected: one of "
                    + columns + ", and a row)");
        }
        return values.get(0).get(columns.indexOf(column));
    }

    /** The header, a line, and the rows, in columns as wide as their widest value. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(line(columns));
        lines.add(line(IntStream.range(0, columns.size())
                .mapToObj(column -> "-".repeat(width(column)))
                .toList()));
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
