package io.blazedb.tck;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** One database of a {@link SyncNetwork}, held open by one connection. For one thread at a time. */
public final class SyncedDatabase implements AutoCloseable {
    private static final String USER = "sa";
    private static final String PASSWORD = "";

    private final String name;
    private final String url;
    private final String settings;
    private final Connection connection;

    SyncedDatabase(String name, String url, String settings) throws SQLException {
        this.name = name;
        this.url = url;
        this.settings = settings;
        this.connection = another();
    }

    /** What the database is called in statements and views. */
    public String name() {
        return name;
    }

    public String url() {
        return url;
    }

    /** Closed with the network. */
    public Connection connection() {
        return connection;
    }

    /** Another connection to the same database; the caller closes it. */
    public Connection another() throws SQLException {
        return DriverManager.getConnection(url + settings, USER, PASSWORD);
    }

    /** Runs each statement. */
    public void execute(String... statements) throws SQLException {
        Sql.execute(connection, statements);
    }

    /** All rows of a query, each as its values with bars between. */
    public List<String> rows(String query) throws SQLException {
        return Sql.rows(connection, query);
    }

    /** The only value of a query with one row and one column. */
    public String value(String query) throws SQLException {
        return Sql.value(connection, query);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
