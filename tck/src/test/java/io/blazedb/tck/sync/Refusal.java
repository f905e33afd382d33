package io.blazedb.tck.sync;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The error of a statement that must fail. */
record Refusal(String state, String message) {
    static Refusal of(Connection connection, String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            return new Refusal(String.valueOf(e.getSQLState()), String.valueOf(e.getMessage()));
        }
        throw new AssertionError("succeeded (expected: an error): " + sql);
    }
}
