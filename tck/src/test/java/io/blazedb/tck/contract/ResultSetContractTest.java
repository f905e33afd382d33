package io.blazedb.tck.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.tck.Database;
import io.blazedb.tck.EveryTarget;
import io.blazedb.tck.Sql;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;

/** {@link ResultSet}: moving, reading, updating. */
class ResultSetContractTest {
    private static final String[] FILLED = {
        "CREATE TABLE T(ID INT PRIMARY KEY, NOTE VARCHAR(20), PRICE DECIMAL(10, 2))",
        "INSERT INTO T VALUES(1, 'a', 1.5), (2, NULL, 2.5), (3, 'c', NULL)"
    };
    private static final String QUERY = "SELECT ID, NOTE, PRICE FROM T ORDER BY ID";

    @EveryTarget
    void forwardOnlyGoesForwardOnly(Database database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT X FROM SYSTEM_RANGE(1, 2)")) {
            assertThat(result.isBeforeFirst()).isTrue();
            assertThat(result.next()).isTrue();
            assertThat(result.getRow()).isEqualTo(1);
            assertThatThrownBy(result::previous).isInstanceOf(SQLException.class);
            assertThat(result.next()).isTrue();
            assertThat(result.next()).isFalse();
            assertThat(result.isAfterLast()).isTrue();
        }
    }

    @EveryTarget
    void scrollableGoesAnywhere(Database database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement =
                        connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
                ResultSet result = statement.executeQuery("SELECT X FROM SYSTEM_RANGE(1, 5)")) {
            assertThat(result.last()).isTrue();
            assertThat(result.getInt(1)).isEqualTo(5);
            assertThat(result.absolute(2)).isTrue();
            assertThat(result.getInt(1)).isEqualTo(2);
            assertThat(result.absolute(-1)).isTrue();
            assertThat(result.relative(-2)).isTrue();
            assertThat(result.getInt(1)).isEqualTo(3);
            assertThat(result.previous()).isTrue();
            assertThat(result.first()).isTrue();
            assertThat(result.previous()).isFalse();
            result.afterLast();
            assertThat(result.isAfterLast()).isTrue();
            assertThat(result.absolute(6)).isFalse();
        }
    }

    @EveryTarget
    void readingOutsideARowIsAnError(Database database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT 1 AS ONE")) {
            assertThatThrownBy(() -> result.getInt(1)).isInstanceOf(SQLException.class);
            result.next();
            assertThatThrownBy(() -> result.getInt(2))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(90008));
            assertThatThrownBy(() -> result.getInt("TWO"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(42122));
        }
    }

    @EveryTarget
    void closedResultRefusesEverything(Database database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            ResultSet result = statement.executeQuery("SELECT 1");
            result.close();

            assertThat(result.isClosed()).isTrue();
            assertThatThrownBy(() -> result.getInt(1))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(90007));
        }
    }

    @EveryTarget
    void nullIsZeroAndWasNull(Database database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT CAST(NULL AS INT) A, 1 B")) {
            result.next();
            assertThat(result.getInt(1)).isZero();
            assertThat(result.wasNull()).isTrue();
            assertThat(result.getObject(1)).isNull();
            assertThat(result.getInt("B")).isEqualTo(1);
            assertThat(result.wasNull()).isFalse();
        }
    }

    @EveryTarget
    void columnsAreFoundByAnyCase(Database database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            Sql.execute(connection, FILLED);
            try (ResultSet result = statement.executeQuery(QUERY)) {
                assertThat(result.findColumn("note")).isEqualTo(2);
                assertThat(result.findColumn("Price")).isEqualTo(3);
            }
        }
    }

    @EveryTarget
    void valuesConvert(Database database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT '42', 42, 4.5, DATE '2024-02-29', TRUE")) {
            result.next();
            assertThat(result.getInt(1)).isEqualTo(42);
            assertThat(result.getString(2)).isEqualTo("42");
            assertThat(result.getLong(3)).isEqualTo(5);
            assertThat(result.getBigDecimal(3)).isEqualTo(new BigDecimal("4.5"));
            assertThat(result.getObject(4, LocalDate.class)).isEqualTo(LocalDate.of(2024, 2, 29));
            assertThat(result.getObject(4, LocalDateTime.class)).isEqualTo(LocalDateTime.of(2024, 2, 29, 0, 0));
            assertThat(result.getInt(5)).isEqualTo(1);
            assertThat(result.getObject(2, Long.class)).isEqualTo(42L);
        }
    }

    @EveryTarget
    void failedConversionIsAnError(Database database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT 'x'")) {
            result.next();

            assertThatThrownBy(() -> result.getInt(1))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22018"));
        }
    }

    @EveryTarget
    void metaDataDescribesColumns(Database database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            Sql.execute(connection, FILLED);
            try (ResultSet result = statement.executeQuery("SELECT ID AS NUMBER, NOTE, PRICE FROM T")) {
                ResultSetMetaData columns = result.getMetaData();
                assertThat(columns.getColumnCount()).isEqualTo(3);
                assertThat(columns.getColumnLabel(1)).isEqualTo("NUMBER");
                assertThat(columns.getColumnName(1)).isEqualTo("ID");
                assertThat(columns.getTableName(1)).isEqualTo("T");
                assertThat(columns.getSchemaName(1)).isEqualTo("PUBLIC");
                assertThat(columns.getColumnType(2)).isEqualTo(Types.VARCHAR);
                assertThat(columns.getPrecision(3)).isEqualTo(10);
                assertThat(columns.getScale(3)).isEqualTo(2);
                assertThat(columns.isNullable(1)).isEqualTo(ResultSetMetaData.columnNoNulls);
                assertThat(columns.isNullable(2)).isEqualTo(ResultSetMetaData.columnNullable);
                assertThat(columns.getColumnClassName(3)).isEqualTo("java.math.BigDecimal");
            }
        }
    }

    @EveryTarget
    void updateRowWrites(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            Sql.execute(connection, FILLED);
            try (Statement statement = updatable(connection);
                    ResultSet result = statement.executeQuery(QUERY)) {
                result.absolute(2);
                result.updateString("NOTE", "new");
                result.updateBigDecimal(3, new BigDecimal("9.99"));
                result.updateRow();
                assertThat(result.getString(2)).isEqualTo("new");
            }

            assertThat(Sql.rows(connection, QUERY)).containsExactly("1|a|1.50", "2|new|9.99", "3|c|null");
        }
    }

    @EveryTarget
    void cancelRowUpdatesForgets(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            Sql.execute(connection, FILLED);
            try (Statement statement = updatable(connection);
                    ResultSet result = statement.executeQuery(QUERY)) {
                result.next();
                result.updateString("NOTE", "never");
                result.cancelRowUpdates();
            }

            assertThat(Sql.value(connection, "SELECT NOTE FROM T WHERE ID = 1")).isEqualTo("a");
        }
    }

    @EveryTarget
    void insertRowAndDeleteRow(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            Sql.execute(connection, FILLED);
            try (Statement statement = updatable(connection);
                    ResultSet result = statement.executeQuery(QUERY)) {
                result.moveToInsertRow();
                result.updateInt(1, 4);
                result.updateNull(2);
                result.updateDouble(3, 4.25);
                result.insertRow();
                result.moveToCurrentRow();
                result.absolute(1);
                result.deleteRow();
            }

            assertThat(Sql.rows(connection, QUERY)).containsExactly("2|null|2.50", "3|c|null", "4|null|4.25");
        }
    }

    @EveryTarget
    void refreshRowSeesTheNewValue(Database database) throws SQLException {
        try (Connection connection = database.connect();
                Connection other = database.connect()) {
            Sql.execute(connection, FILLED);
            try (Statement statement = updatable(connection);
                    ResultSet result = statement.executeQuery(QUERY)) {
                result.next();
                Sql.execute(other, "UPDATE T SET NOTE = 'theirs' WHERE ID = 1");
                assertThat(result.getString(2)).isEqualTo("a");
                result.refreshRow();

                assertThat(result.getString(2)).isEqualTo("theirs");
            }
        }
    }

    @EveryTarget
    void rollbackUndoesUpdateRow(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            Sql.execute(connection, FILLED);
            connection.setAutoCommit(false);
            try (Statement statement = updatable(connection);
                    ResultSet result = statement.executeQuery(QUERY)) {
                result.next();
                result.updateString(2, "never");
                result.updateRow();
            }
            connection.rollback();

            assertThat(Sql.value(connection, "SELECT NOTE FROM T WHERE ID = 1")).isEqualTo("a");
        }
    }

    @EveryTarget
    void resultWithoutKeyIsReadOnly(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            Sql.execute(connection, FILLED);
            try (Statement statement = updatable(connection);
                    ResultSet result = statement.executeQuery("SELECT NOTE FROM T")) {
                result.next();

                assertThatThrownBy(() -> {
                            result.updateString(1, "x");
                            result.updateRow();
                        })
                        .isInstanceOf(SQLException.class);
            }
        }
    }

    @EveryTarget
    void aResultIsASnapshot(Database database) throws SQLException {
        try (Connection connection = database.connect();
                Connection other = database.connect();
                Statement statement = connection.createStatement()) {
            Sql.execute(connection, FILLED);
            try (ResultSet result = statement.executeQuery(QUERY)) {
                result.next();
                Sql.execute(other, "DELETE FROM T");

                assertThat(Sql.rows(result)).containsExactly("2|null|2.50", "3|c|null");
            }
        }
    }

    @EveryTarget
    void resultsAreHeldOverCommit(Database database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            Sql.execute(connection, FILLED);
            connection.setAutoCommit(false);
            try (ResultSet result = statement.executeQuery(QUERY)) {
                result.next();
                connection.commit();

                assertThat(result.next()).isTrue();
                assertThat(result.getHoldability()).isEqualTo(ResultSet.HOLD_CURSORS_OVER_COMMIT);
            }
        }
    }

    @EveryTarget
    void lazyResultsCanBeAbandoned(Database database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            Sql.execute(connection, "SET LAZY_QUERY_EXECUTION TRUE", FILLED[0], FILLED[1]);
            try (ResultSet result = statement.executeQuery("SELECT X FROM SYSTEM_RANGE(1, 1000000)")) {
                result.next();
            }

            assertThat(Sql.value(connection, "SELECT COUNT(*) FROM T")).isEqualTo("3");
        }
    }

    private static Statement updatable(Connection connection) throws SQLException {
        return connection.createStatement(ResultSet.TYPE_SCROLL_SENSITIVE, ResultSet.CONCUR_UPDATABLE);
    }
}
