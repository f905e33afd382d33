package io.blazedb.tck;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Short forms of what every test does with a connection. */
public final class Sql {
    private Sql() {}

    /** Runs each statement. */
    public static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** All rows of a query, each as its values with bars between. */
    public static List<String> rows(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            return rows(result);
        }
    }

    /** The rows that are left in a result, each as its values with bars between. */
    public static List<String> rows(ResultSet result) throws SQLException {
        List<String> rows = new ArrayList<>();
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
            StringJoiner row = new StringJoiner("|");
            for (int i = 1; i <= columns; i++) {
                row.add(String.valueOf(result.getString(i)));
            }
            rows.add(row.toString());
        }
        return rows;
    }

    /** The only value of a query with one row and one column. */
    public static String value(Connection connection, String query) throws SQLException {
        List<String> rows = rows(connection, query);
        if (rows.size() != 1) {
            throw new IllegalStateException(rows.size() + " rows (expected: 1) of " + query);
        }
        return rows.get(0);
    }
}
