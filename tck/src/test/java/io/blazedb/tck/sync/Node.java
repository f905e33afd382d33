package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.BlazeConnection;
import io.blazedb.tck.Sql;
import io.blazedb.tck.Target;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A database of a test that syncs, held open by one connection. Used by one thread. */
final class Node implements AutoCloseable {
    private final String name;
    private final String url;
    private final Connection connection;

    private Node(String name, String url, Connection connection) {
        this.name = name;
        this.url = url;
        this.connection = connection;
    }

    /** Opens the database of that name in the folder; makes it when it is not there. */
    static Node open(Path folder, String name) throws SQLException {
        return open(folder, name, "");
    }

    static Node open(Path folder, String name, String settings) throws SQLException {
        String url = Target.BLAZE_FILE.url(folder.resolve(name));
        return new Node(name, url, Target.connect(url + settings));
    }

    /** What the database is called in statements. */
    String name() {
        return name;
    }

    String url() {
        return url;
    }

    Connection connection() {
        return connection;
    }

    /** Another connection to the same database: the caller closes it. */
    Connection another() throws SQLException {
        return Target.connect(url);
    }

    void execute(String... statements) throws SQLException {
        Sql.execute(connection, statements);
    }

    /** Runs a statement and gives what it warned of. */
    List<String> warnings(String sql) throws SQLException {
        List<String> messages = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            for (SQLWarning one = statement.getWarnings(); one != null; one = one.getNextWarning()) {
                messages.add(one.getMessage());
            }
        }
        return messages;
    }

    List<String> rows(String query) throws SQLException {
        return Sql.rows(connection, query);
    }

    String value(String query) throws SQLException {
        return Sql.value(connection, query);
    }

    /** Runs {@code CONNECT TO} the other one, with what may follow in that statement. */
    void connectTo(Node other, String... clauses) throws SQLException {
        execute("CONNECT TO '" + other.url + "' " + String.join(" ", clauses));
    }

    /** Waits until the connected databases have the same. */
    void sync() throws SQLException {
        execute("SYNC");
    }

    /** Syncs all of them as often as a change needs to go from one end of a chain to the other. */
    static void settle(List<Node> nodes) throws SQLException {
        for (int i = 1; i < nodes.size(); i++) {
            for (Node node : nodes) {
                node.sync();
            }
        }
    }

    /** Without a fault of the test's own, nothing may ever have to be repaired. */
    @Override
    public void close() throws SQLException {
        if (!connection.isClosed()) {
            assertThat(connection.unwrap(BlazeConnection.class).divergenceRepaired())
                    .as("rows of %s that differed though nothing was on its way", name)
                    .isZero();
        }
        connection.close();
    }

    /** Closes a database that the test damaged. */
    void closeAfterFaults() throws SQLException {
        connection.close();
    }
}
