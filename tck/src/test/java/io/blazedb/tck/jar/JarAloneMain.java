package io.blazedb.tck.jar;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** An application that knows {@code java.sql} alone: with the jar beside it on the class path, it has a database. */
final class JarAloneMain {
    private JarAloneMain() {}

    /** Takes the URL; prints what it read. */
    public static void main(String[] arguments) throws SQLException {
        try (Connection connection = DriverManager.getConnection(arguments[0]);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t(id INT PRIMARY KEY, v VARCHAR)");
            statement.execute("INSERT INTO t VALUES (1, 'read back')");
            statement.execute("CONNECT TO '" + arguments[1] + "'");
            statement.execute("SYNC");
        }
        try (Connection connection = DriverManager.getConnection(arguments[1]);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT v FROM t")) {
            result.next();
            System.out.println(result.getString(1));
        }
    }
}
