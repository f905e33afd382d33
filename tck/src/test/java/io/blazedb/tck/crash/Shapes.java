package io.blazedb.tck.crash;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Changes the shape of a table again and again: columns and an index come and go, a copy is made, emptied and dropped.
 *
 * <p>After a crash the schema is the one before or the one after the statement, never one between, with all the data.
 */
final class Shapes implements Work {
    private static final int ROWS = 300;
    private static final List<String> STEPS = List.of(
            "DROP TABLE SHAPE_COPY",
            "ALTER TABLE SHAPE ADD COLUMN B INT DEFAULT 7 NOT NULL",
            "UPDATE SHAPE SET B = ID * 2",
            "CREATE INDEX SHAPE_B ON SHAPE(B)",
            "CREATE TABLE SHAPE_COPY AS SELECT ID, A, B FROM SHAPE",
            "DROP INDEX SHAPE_B",
            "ALTER TABLE SHAPE DROP COLUMN B",
            "TRUNCATE TABLE SHAPE_COPY");

    @Override
    public void setUp(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE SHAPE(ID INT PRIMARY KEY, A INT NOT NULL)");
            statement.execute("INSERT INTO SHAPE SELECT X, X * 3 FROM SYSTEM_RANGE(1, " + ROWS + ")");
        }
    }

    @Override
    public void run(Connection connection, long number, Random random, Handed handed) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(STEPS.get(step(number)));
        }
        connection.commit();
    }

    private static int step(long number) {
        return (int) (number % STEPS.size());
    }

    @Override
    public String state(Connection connection) throws SQLException {
        List<String> columns = names(
                connection,
                "SELECT COLUMN_NAME FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_NAME = 'SHAPE'"
                        + " ORDER BY ORDINAL_POSITION");
        List<String> indexes = names(
                connection,
                "SELECT INDEX_NAME FROM INFORMATION_SCHEMA.INDEXES"
                        + " WHERE TABLE_NAME = 'SHAPE' AND INDEX_TYPE_NAME <> 'PRIMARY KEY'");
        List<String> tables = names(
                connection,
                "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME LIKE '%SHAPE%' ORDER BY TABLE_NAME");
        StringBuilder state = new StringBuilder("" + columns + indexes + tables);
        state.append(count(connection, "SELECT SUM(A) FROM SHAPE"));
        if (columns.contains("B")) {
            state.append(" B ").append(count(connection, "SELECT SUM(B) FROM SHAPE"));
        }
        if (indexes.contains("SHAPE_B")) {
            state.append(" index ")
                    .append(count(connection, "SELECT COUNT(B) FROM SHAPE USE INDEX (SHAPE_B) WHERE B >= 0"));
        }
        if (tables.contains("SHAPE_COPY")) {
            state.append(" copy ").append(count(connection, "SELECT COALESCE(SUM(A + B), 0) FROM SHAPE_COPY"));
        }
        return state.toString();
    }

    @Override
    public String stateAfter(long number) {
        int step = step(number);
        boolean column = step >= 1 && step <= 5;
        boolean index = step == 3 || step == 4;
        boolean copy = step >= 4;
        long ids = ROWS * (ROWS + 1L) / 2;
        StringBuilder state = new StringBuilder(column ? "[ID, A, B]" : "[ID, A]");
        state.append(index ? "[SHAPE_B]" : "[]");
        state.append(copy ? "[SHAPE, SHAPE_COPY]" : "[SHAPE]");
        state.append(ids * 3);
        if (column) {
            state.append(" B ").append(step == 1 ? ROWS * 7L : ids * 2);
        }
        if (index) {
            state.append(" index ").append(ROWS);
        }
        if (copy) {
            state.append(" copy ").append(step == 7 ? 0 : ids * 5);
        }
        return state.toString();
    }

    private static List<String> names(Connection connection, String sql) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                names.add(result.getString(1));
            }
        }
        return names;
    }

    private static long count(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    @Override
    public String toString() {
        return "Shapes";
    }
}
