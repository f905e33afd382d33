package io.blazedb.internal.cli.demo;

import io.blazedb.internal.cli.Rows;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/** One database of the demo with its connection. What is run aloud is printed with its result. Used by one thread. */
final class Site implements AutoCloseable {
    private final String name;
    private final String url;
    private final Connection connection;
    private final Transcript transcript;

    private Site(String name, String url, Connection connection, Transcript transcript) {
        this.name = name;
        this.url = url;
        this.connection = connection;
        this.transcript = transcript;
    }

    static Site open(Path folder, String name, Transcript transcript) throws SQLException {
        String url = url(folder, name);
        return new Site(name, url, DriverManager.getConnection(url), transcript);
    }

    static String url(Path folder, String name) {
        return "jdbc:blaze:" + folder.resolve(name);
    }

    String name() {
        return name;
    }

    String url() {
        return url;
    }

    /** What the other databases call this one. */
    String node() {
        return name.toUpperCase(Locale.ROOT);
    }

    Connection connection() {
        return connection;
    }

    /** Runs a statement aloud; how many rows it changed. */
    int run(String sql) throws SQLException {
        long start = System.nanoTime();
        int changed = update(sql);
        transcript.statement(name, sql, System.nanoTime() - start);
        return changed;
    }

    /** Runs a query aloud. */
    Rows show(String sql) throws SQLException {
        long start = System.nanoTime();
        Rows rows = query(sql);
        transcript.statement(name, sql, System.nanoTime() - start);
        transcript.result(rows.lines());
        return rows;
    }

    int update(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return statement.getUpdateCount();
        }
    }

    Rows query(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                return Rows.of(result);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
