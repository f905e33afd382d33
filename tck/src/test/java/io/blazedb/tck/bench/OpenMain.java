package io.blazedb.tck.bench;

import io.blazedb.tck.Target;
import java.sql.Connection;
import java.sql.SQLException;

/** Opens the database at a URL, reads one row, and says how many microseconds it took. */
final class OpenMain {
    private OpenMain() {}

    public static void main(String[] arguments) throws SQLException {
        long start = System.nanoTime();
        try (Connection connection = Target.connect(arguments[0]);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT name FROM item WHERE id = 1")) {
            if (!rows.next()) {
                throw new IllegalStateException("the database at " + arguments[0] + " has no row 1");
            }
            System.out.println((System.nanoTime() - start) / 1_000);
        }
    }
}
