package io.blazedb.internal.schema;

import io.blazedb.sync.TableDefinition;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.db.MVTable;
import org.h2.table.Table;

/** A real H2 database, in memory unless it has a file, with the objects behind its connection. */
final class Database implements AutoCloseable {
    private final Connection connection;

    Database(String... settings) throws SQLException {
        String suffix = settings.length == 0 ? "" : ";" + String.join(";", settings);
        connection = DriverManager.getConnection("jdbc:h2:mem:" + UUID.randomUUID() + suffix);
    }

    /** A database that outlives its connection. */
    Database(Path file) throws SQLException {
        connection = DriverManager.getConnection("jdbc:h2:file:" + file.toAbsolutePath());
    }

    Database run(String... statements) throws SQLException {
        return run(List.of(statements));
    }

    Database run(List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        return this;
    }

    /** Creates a table of a definition, with its foreign keys. */
    Database create(TableDefinition... tables) throws SQLException {
        for (TableDefinition table : tables) {
            run(new TableCreation(session()).statements(table));
            run(new TableCreation(session()).foreignKeys(table));
        }
        return this;
    }

    String value(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    SessionLocal session() throws SQLException {
        return (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
    }

    Table table(String schema, String name) throws SQLException {
        return session().getDatabase().getSchema(schema).getTableOrView(session(), name);
    }

    MVTable table(String name) throws SQLException {
        return (MVTable) table("PUBLIC", name);
    }

    TableDefinition read(String name) throws SQLException {
        return TableReader.read(table(name), 1);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
