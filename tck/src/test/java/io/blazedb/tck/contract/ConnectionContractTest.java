package io.blazedb.tck.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.blazedb.tck.Database;
import io.blazedb.tck.EveryTarget;
import io.blazedb.tck.Sql;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;

/** {@link Connection}: autocommit, transactions, savepoints, state, closing. */
class ConnectionContractTest {
    private static final String TABLE = "CREATE TABLE T(ID INT PRIMARY KEY, NOTE VARCHAR)";
    private static final String COUNT = "SELECT COUNT(*) FROM T";

    @EveryTarget
    void autocommitIsOnAtFirst(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            assertThat(connection.getAutoCommit()).isTrue();
        }
    }

    @EveryTarget
    void uncommittedRowsAreInvisibleToOthers(Database database) throws SQLException {
        try (Connection writer = database.connect();
                Connection reader = database.connect()) {
            Sql.execute(writer, TABLE);
            writer.setAutoCommit(false);
            Sql.execute(writer, "INSERT INTO T VALUES(1, 'a')");

            assertThat(Sql.value(writer, COUNT)).isEqualTo("1");
            assertThat(Sql.value(reader, COUNT)).isEqualTo("0");
            writer.commit();
            assertThat(Sql.value(reader, COUNT)).isEqualTo("1");
        }
    }

    @EveryTarget
    void rollbackForgetsTheInsert(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            Sql.execute(connection, TABLE);
            connection.setAutoCommit(false);
            Sql.execute(connection, "INSERT INTO T VALUES(1, 'a')");
            connection.rollback();

            assertThat(Sql.value(connection, COUNT)).isEqualTo("0");
        }
    }

    @EveryTarget
    void closeRollsBack(Database database) throws SQLException {
        try (Connection keeper = database.connect()) {
            Sql.execute(keeper, TABLE);
            Connection connection = database.connect();
            connection.setAutoCommit(false);
            Sql.execute(connection, "INSERT INTO T VALUES(1, 'a')");
            connection.close();

            assertThat(Sql.value(keeper, COUNT)).isEqualTo("0");
        }
    }

    @EveryTarget
    void turningAutocommitOnCommits(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            Sql.execute(connection, TABLE);
            connection.setAutoCommit(false);
            Sql.execute(connection, "INSERT INTO T VALUES(1, 'a')");
            connection.setAutoCommit(true);
            connection.rollback();

            assertThat(Sql.value(connection, COUNT)).isEqualTo("1");
        }
    }

    @EveryTarget
    void closeTwiceIsHarmless(Database database) throws SQLException {
        Connection connection = database.connect();
        connection.close();
        connection.close();

        assertThat(connection.isClosed()).isTrue();
        assertThat(connection.isValid(1)).isFalse();
    }

    @EveryTarget
    void closedConnectionRefusesEverything(Database database) throws SQLException {
        Connection connection = database.connect();
        connection.close();

        assertClosed(connection::createStatement);
        assertClosed(() -> connection.prepareStatement("SELECT 1"));
        assertClosed(connection::commit);
        assertClosed(connection::rollback);
        assertClosed(connection::getMetaData);
        assertClosed(connection::getAutoCommit);
        assertClosed(() -> connection.setAutoCommit(true));
        assertClosed(connection::setSavepoint);
        assertClosed(connection::createClob);
        assertClosed(connection::getWarnings);
    }

    private static void assertClosed(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("90007"));
    }

    @EveryTarget
    void closingClosesStatementsAndResults(Database database) throws SQLException {
        Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT 1");
        connection.close();

        assertThatThrownBy(() -> statement.executeQuery("SELECT 1")).isInstanceOf(SQLException.class);
        assertThatThrownBy(result::next).isInstanceOf(SQLException.class);
    }

    @EveryTarget
    void savepointKeepsWhatCameBefore(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            Sql.execute(connection, TABLE);
            connection.setAutoCommit(false);
            Sql.execute(connection, "INSERT INTO T VALUES(1, 'a')");
            Savepoint savepoint = connection.setSavepoint();
            Sql.execute(connection, "INSERT INTO T VALUES(2, 'b')");
            connection.rollback(savepoint);
            Sql.execute(connection, "INSERT INTO T VALUES(3, 'c')");
            connection.commit();

            assertThat(Sql.rows(connection, "SELECT ID FROM T ORDER BY ID")).containsExactly("1", "3");
        }
    }

    @EveryTarget
    void savepointsNest(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            Sql.execute(connection, TABLE);
            connection.setAutoCommit(false);
            Savepoint outer = connection.setSavepoint("OUTER_ONE");
            Sql.execute(connection, "INSERT INTO T VALUES(1, 'a')");
            Savepoint inner = connection.setSavepoint("INNER_ONE");
            Sql.execute(connection, "INSERT INTO T VALUES(2, 'b')");
            connection.rollback(inner);
            assertThat(Sql.value(connection, COUNT)).isEqualTo("1");
            connection.rollback(outer);

            assertThat(Sql.value(connection, COUNT)).isEqualTo("0");
            assertThat(outer.getSavepointName()).isEqualTo("OUTER_ONE");
        }
    }

    @EveryTarget
    void releasedSavepointIsInvalid(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            Savepoint savepoint = connection.setSavepoint("GONE");
            connection.releaseSavepoint(savepoint);

            assertThatThrownBy(() -> connection.rollback(savepoint)).isInstanceOf(SQLException.class);
        }
    }

    @EveryTarget
    void isolationLevelCanBeSet(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
            for (int level : new int[] {
                Connection.TRANSACTION_READ_UNCOMMITTED,
                Connection.TRANSACTION_READ_COMMITTED,
                Connection.TRANSACTION_REPEATABLE_READ,
                Connection.TRANSACTION_SERIALIZABLE
            }) {
                connection.setTransactionIsolation(level);
                assertThat(connection.getTransactionIsolation()).isEqualTo(level);
            }
            assertThatThrownBy(() -> connection.setTransactionIsolation(99)).isInstanceOf(SQLException.class);
        }
    }

    @EveryTarget
    void schemaAndCatalog(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            Sql.execute(connection, "CREATE SCHEMA X", "CREATE TABLE X.ONLY_THERE(ID INT)");
            assertThat(connection.getSchema()).isEqualTo("PUBLIC");
            connection.setSchema("X");

            assertThat(connection.getSchema()).isEqualTo("X");
            assertThat(Sql.value(connection, "SELECT COUNT(*) FROM ONLY_THERE")).isEqualTo("0");
            assertThat(connection.getCatalog()).isNotEmpty();
        }
    }

    @EveryTarget
    void everyObjectNamesItsOwner(Database database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT 1");
                PreparedStatement prepared = connection.prepareStatement("SELECT 1");
                ResultSet preparedResult = prepared.executeQuery()) {
            DatabaseMetaData metaData = connection.getMetaData();

            assertThat(statement.getConnection()).isSameAs(connection);
            assertThat(prepared.getConnection()).isSameAs(connection);
            assertThat(metaData.getConnection()).isSameAs(connection);
            assertThat(result.getStatement()).isSameAs(statement);
            assertThat(preparedResult.getStatement()).isSameAs(prepared);
        }
    }

    @EveryTarget
    void unwrapGivesTheInterface(Database database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT 1")) {
            assertThat(connection.isWrapperFor(Connection.class)).isTrue();
            assertThat(connection.unwrap(Connection.class)).isNotNull();
            assertThat(statement.unwrap(Statement.class)).isNotNull();
            assertThat(result.unwrap(ResultSet.class)).isNotNull();
            assertThat(connection.isWrapperFor(Integer.class)).isFalse();
            assertThatThrownBy(() -> connection.unwrap(Integer.class)).isInstanceOf(SQLException.class);
        }
    }

    @EveryTarget
    void concreteClassesDeclareTheirInterface(Database database) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement("SELECT 1");
                ResultSet result = statement.executeQuery()) {
            assertThat(connection.getClass().getInterfaces()).contains(Connection.class);
            assertThat(result.getClass().getInterfaces()).contains(ResultSet.class);
            assertThat(statement.getClass().getInterfaces()).contains(PreparedStatement.class);
        }
    }

    @EveryTarget
    void isValidWhileOpen(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            assertThat(connection.isValid(0)).isTrue();
        }
    }

    @EveryTarget
    void warningsCanBeCleared(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            connection.clearWarnings();

            assertNull(connection.getWarnings());
        }
    }

    @EveryTarget
    void holdabilityAndReadOnly(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            assertThat(connection.getHoldability()).isEqualTo(ResultSet.HOLD_CURSORS_OVER_COMMIT);
            connection.setHoldability(ResultSet.CLOSE_CURSORS_AT_COMMIT);
            assertThat(connection.getHoldability()).isEqualTo(ResultSet.CLOSE_CURSORS_AT_COMMIT);
            assertThat(connection.isReadOnly()).isFalse();
            connection.setReadOnly(true); // a hint, as the interface allows
        }
    }

    @EveryTarget
    void escapesAreTranslated(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            assertThat(connection.nativeSQL("SELECT {fn UCASE('a')}")).doesNotContain("{");
            assertThat(Sql.value(connection, "SELECT {fn UCASE('a')}")).isEqualTo("A");
            assertThat(Sql.value(connection, "SELECT {d '2024-02-29'}")).isEqualTo("2024-02-29");
        }
    }

    @EveryTarget
    void clientInfoIsReadable(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            Properties info = connection.getClientInfo();

            assertThat(info).isNotNull();
            assertThatThrownBy(() -> connection.setClientInfo("NoSuchName", "x"))
                    .isInstanceOf(SQLException.class);
        }
    }

    @EveryTarget
    void typeMapIsEmpty(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            connection.setTypeMap(Map.of());

            assertThat(connection.createArrayOf("INTEGER", new Object[] {1, 2}).getArray())
                    .isEqualTo(new Object[] {1, 2});
        }
    }

    @EveryTarget
    void networkTimeoutNeverFailsToRead(Database database) throws SQLException {
        Executor direct = Runnable::run;
        try (Connection connection = database.connect()) {
            connection.setNetworkTimeout(direct, 0);

            assertThat(connection.getNetworkTimeout()).isZero();
        }
    }

    @EveryTarget
    void requestsCanBeMarked(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            connection.beginRequest();
            assertThat(Sql.value(connection, "SELECT 1")).isEqualTo("1");
            connection.endRequest();
        }
    }

    @EveryTarget
    void wrongPasswordIsRefused(Database database) throws SQLException {
        database.connect().close();

        assertThatThrownBy(() -> java.sql.DriverManager.getConnection(database.url(), "sa", "wrong"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28000"));
    }

    @EveryTarget
    void unknownSettingIsRefused(Database database) {
        assertThatThrownBy(() -> io.blazedb.tck.Target.connect(database.url() + ";NO_SUCH_SETTING=1"))
                .isInstanceOf(SQLException.class);
    }

    @EveryTarget(filesOnly = true)
    void missingDatabaseIsAnErrorWithIfExists(Database database) {
        assertThatThrownBy(() -> io.blazedb.tck.Target.connect(database.url() + ";IFEXISTS=TRUE"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("90146"));
    }

    @EveryTarget(filesOnly = true)
    void dataOutlivesTheLastConnection(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            Sql.execute(connection, TABLE, "INSERT INTO T VALUES(1, 'a')");
        }

        try (Connection connection = database.connect()) {
            assertThat(Sql.value(connection, COUNT)).isEqualTo("1");
        }
    }

    @EveryTarget(filesOnly = true) // who is no administrator cannot use a URL with DB_CLOSE_DELAY
    void usersHaveTheirOwnRights(Database database) throws SQLException {
        try (Connection owner = database.connect()) {
            Sql.execute(owner, TABLE, "CREATE USER ANN PASSWORD 'x'", "GRANT SELECT ON T TO ANN");
            try (Connection ann = java.sql.DriverManager.getConnection(database.url(), "ANN", "x")) {
                assertThat(Sql.value(ann, COUNT)).isEqualTo("0");
                assertThatThrownBy(() -> Sql.execute(ann, "INSERT INTO T VALUES(1, 'a')"))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getErrorCode()).isEqualTo(90096));
            }
        }
    }
}
