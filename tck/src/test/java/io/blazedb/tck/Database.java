package io.blazedb.tck;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** An empty database of one test. Closing it drops what it left in memory; its files go with the test's folder. */
public record Database(Target target, Path path) implements AutoCloseable {
    public String url() {
        return target.url(path);
    }

    public Connection connect() throws SQLException {
        return target.connect(path);
    }

    @Override
    public void close() throws SQLException {
        if (!target.isFile()) {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("SHUTDOWN");
            }
        }
    }
}
