package io.blazedb.tck.contract;

import io.blazedb.tck.Sql;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/** User-defined functions that the tests call from SQL. The engine calls them, in the calling statement's thread. */
public final class Functions {
    private static volatile CountDownLatch dawdles = new CountDownLatch(1);

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

    /** Takes that long and gives it back. */
    public static int dawdle(int millis) throws InterruptedException {
        dawdles.countDown();
        Thread.sleep(millis);
        return millis;
    }

    /** Opens as soon as a statement has called {@link #dawdle} the next time. */
    static CountDownLatch nextDawdle() {
        CountDownLatch latch = new CountDownLatch(1);
        dawdles = latch;
        return latch;
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
        return name.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
    }
}
