package io.blazedb.tck.contract;

import static io.blazedb.tck.contract.WaysToWrite.ALL;
import static io.blazedb.tck.contract.WaysToWrite.TABLE;

import io.blazedb.tck.Sql;
import java.io.StringReader;
import java.sql.BatchUpdateException;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;

/** Writing with what the JDBC interfaces offer beside a statement's text. */
final class JdbcWays {
    private static final String INSERT = "INSERT INTO T VALUES(?, ?)";

    private JdbcWays() {}

    static List<WayToWrite> all() {
        return List.of(
                WayToWrite.of("commit", TABLE, JdbcWays::commit, ALL, "1|a", "2|b"),
                WayToWrite.of("rollback and commit", TABLE, JdbcWays::rollbackAndCommit, ALL, "2|b"),
                WayToWrite.of("commit by setAutoCommit", TABLE, JdbcWays::commitBySetAutoCommit, ALL, "1|a"),
                WayToWrite.of("savepoint", TABLE, JdbcWays::savepoint, ALL, "1|a", "3|c"),
                WayToWrite.of("failed statement in a transaction", TABLE, JdbcWays::failedStatement, ALL, "1|a", "3|c"),
                WayToWrite.of("prepared statement", TABLE, JdbcWays::prepared, ALL, "1|a", "2|null"),
                WayToWrite.of("prepared batch", TABLE, JdbcWays::preparedBatch, ALL, "1|n1", "2|n2", "3|n3"),
                WayToWrite.of("statement batch", TABLE, JdbcWays::statementBatch, ALL, "1|b"),
                WayToWrite.of("batch with a failure", TABLE, JdbcWays::failingBatch, ALL, "1|a", "2|c"),
                WayToWrite.of("callable statement", TABLE, JdbcWays::callable, ALL, "1|a"),
                WayToWrite.of("generated keys", identity(), JdbcWays::generatedKeys, ALL, "1|a"),
                WayToWrite.of("updatable result", TABLE, JdbcWays::updatableResult, ALL, "1|changed", "3|inserted"),
                WayToWrite.of(
                        "large object stream", documents(), JdbcWays::stream, "SELECT CHAR_LENGTH(C) FROM D", "50000"),
                WayToWrite.of(
                        "large object locator",
                        documents(),
                        JdbcWays::locator,
                        "SELECT CHAR_LENGTH(C) FROM D",
                        "20000"),
                WayToWrite.of("unwrapped connection", TABLE, JdbcWays::unwrapped, ALL, "1|a"),
                WayToWrite.of("connection closed after commit", TABLE, JdbcWays::sideConnection, ALL, "1|a"));
    }

    private static List<String> identity() {
        return List.of("CREATE TABLE T(ID BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, NOTE VARCHAR)");
    }

    private static List<String> documents() {
        return List.of("CREATE TABLE D(ID INT PRIMARY KEY, C CLOB)");
    }

    private static void commit(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        Sql.execute(connection, "INSERT INTO T VALUES(1, 'a')", "INSERT INTO T VALUES(2, 'b')");
        connection.commit();
    }

    private static void rollbackAndCommit(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        Sql.execute(connection, "INSERT INTO T VALUES(1, 'a')");
        connection.rollback();
        Sql.execute(connection, "INSERT INTO T VALUES(2, 'b')");
        connection.commit();
    }

    private static void commitBySetAutoCommit(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        Sql.execute(connection, "INSERT INTO T VALUES(1, 'a')");
        connection.setAutoCommit(true);
    }

    private static void savepoint(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        Sql.execute(connection, "INSERT INTO T VALUES(1, 'a')");
        Savepoint savepoint = connection.setSavepoint("HERE");
        Sql.execute(connection, "INSERT INTO T VALUES(2, 'b')", "DELETE FROM T WHERE ID = 1");
        connection.rollback(savepoint);
        Sql.execute(connection, "INSERT INTO T VALUES(3, 'c')");
        connection.commit();
    }

    private static void failedStatement(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        Sql.execute(connection, "INSERT INTO T VALUES(1, 'a')");
        mustFail(() -> Sql.execute(connection, "INSERT INTO T VALUES(2, 'b'), (1, 'again')"));
        Sql.execute(connection, "INSERT INTO T VALUES(3, 'c')");
        connection.commit();
    }

    private static void prepared(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setInt(1, 1);
            statement.setString(2, "a");
            statement.executeUpdate();
            statement.setInt(1, 2);
            statement.setNull(2, java.sql.Types.VARCHAR);
            statement.execute();
        }
    }

    private static void preparedBatch(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            for (int id = 1; id <= 3; id++) {
                statement.setInt(1, id);
                statement.setString(2, "n" + id);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void statementBatch(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.addBatch("INSERT INTO T VALUES(1, 'a')");
            statement.addBatch("UPDATE T SET NOTE = 'b'");
            statement.executeLargeBatch();
        }
    }

    private static void failingBatch(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.addBatch("INSERT INTO T VALUES(1, 'a')");
            statement.addBatch("INSERT INTO T VALUES(1, 'b')");
            statement.addBatch("INSERT INTO T VALUES(2, 'c')");
            statement.executeBatch();
        } catch (BatchUpdateException expected) {
            return;
        }
        throw new IllegalStateException("a batch with a duplicate key succeeded");
    }

    private static void callable(Connection connection) throws SQLException {
        try (CallableStatement statement = connection.prepareCall(INSERT)) {
            statement.setInt(1, 1);
            statement.setString(2, "a");
            statement.execute();
        }
    }

    private static void generatedKeys(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO T(NOTE) VALUES('a')", Statement.RETURN_GENERATED_KEYS);
        }
    }

    private static void updatableResult(Connection connection) throws SQLException {
        Sql.execute(connection, "INSERT INTO T VALUES(1, 'a'), (2, 'b')");
        try (Statement statement =
                        connection.createStatement(ResultSet.TYPE_SCROLL_SENSITIVE, ResultSet.CONCUR_UPDATABLE);
                ResultSet result = statement.executeQuery(ALL)) {
            result.next();
            result.updateString("NOTE", "changed");
            result.updateRow();
            result.next();
            result.deleteRow();
            result.moveToInsertRow();
            result.updateInt(1, 3);
            result.updateString(2, "inserted");
            result.insertRow();
        }
    }

    private static void stream(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO D VALUES(1, ?)")) {
            statement.setCharacterStream(1, new StringReader("s".repeat(50_000)));
            statement.executeUpdate();
        }
    }

    private static void locator(Connection connection) throws SQLException {
        Clob clob = connection.createClob();
        clob.setString(1, "l".repeat(20_000));
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO D VALUES(1, ?)")) {
            statement.setClob(1, clob);
            statement.executeUpdate();
        }
        clob.free();
    }

    private static void unwrapped(Connection connection) throws SQLException {
        Sql.execute(connection.unwrap(Connection.class), "INSERT INTO T VALUES(1, 'a')");
    }

    private static void sideConnection(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        Sql.execute(connection, "INSERT INTO T VALUES(1, 'a')");
        connection.commit();
        connection.close();
    }

    static void mustFail(Call call) throws SQLException {
        try {
            call.run();
        } catch (SQLException expected) {
            return;
        }
        throw new IllegalStateException("a statement that must fail succeeded");
    }

    /** A call into JDBC. */
    interface Call {
        void run() throws SQLException;
    }
}
