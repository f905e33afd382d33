package io.blazedb.tck.contract;

import io.blazedb.tck.Sql;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** User-defined functions that the tests call from SQL. The engine calls them, in the calling statement's thread. */
public final class Functions {
    private Functions() {}

    /** Inserts through the connection that the engine passes in. */
    public static int insertWithGivenConnection(Connection connection, int id) throws SQLException {
        return insert(connection, id, "given");
    }

    /** Inserts through {@code jdbc:default:connection}, which is the caller's: H2 wants it left open. */
    public static int insertWithDefaultConnection(int id) throws SQLException {
        return insert(DriverManager.getConnection("jdbc:default:connection"), id, "default");
    }

    /** Inserts, commits, and inserts once more. */
    public static int insertAndCommit(Connection connection, int id) throws SQLException {
        insert(connection, id, "committed inside");
        connection.commit();
        return insert(connection, id + 1, "after");
    }

    /** Waits until somebody cancels the statement or ten seconds are over; each call takes a moment. */
    public static int dawdle(int millis) throws InterruptedException {
        Thread.sleep(millis);
        return millis;
    }

    /** A function that returns rows. */
    public static ResultSet both(Connection connection) throws SQLException {
        return connection.createStatement().executeQuery("SELECT X FROM SYSTEM_RANGE(1, 2)");
    }

    private static int insert(Connection connection, int id, String note) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO T(ID, NOTE) VALUES(?, ?)")) {
            statement.setInt(1, id);
            statement.setString(2, note);
            return statement.executeUpdate();
        }
    }

    static void declare(Connection connection, String name) throws SQLException {
        Sql.execute(
                connection, "CREATE ALIAS %s FOR 'io.blazedb.tck.contract.Functions.%s'".formatted(upper(name), name));
    }

    private static String upper(String name) {
        return name.replaceAll("([A-Z])", "_$1").toUpperCase(java.util.Locale.ROOT);
    }
}
