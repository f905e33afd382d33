package io.blazedb.tck.crash;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Random;

/**
 * Each transaction sets its number in all rows of T and in the one row of L: afterwards they agree, or the transaction
 * is torn.
 */
final class BalancedRows implements Work {
    private static final int SMALL_ROWS_MAX = 1000;
    /** Far above any number: what a transaction writes that is rolled back. */
    private static final long NEVER_COMMITTED = 1_000_000_000L;

    private final int writer;
    private final int rows;

    BalancedRows(int writer, int rows) {
        this.writer = writer;
        this.rows = rows;
    }

    @Override
    public void setUp(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE T" + writer + "(ID INT PRIMARY KEY, V BIGINT NOT NULL, PAD VARCHAR(100))");
            if (isSmall()) {
                statement.execute("CREATE INDEX T" + writer + "_V ON T" + writer + "(V)");
            }
            statement.execute("CREATE TABLE L" + writer + "(ID INT PRIMARY KEY, V BIGINT NOT NULL)");
            statement.execute(
                    "INSERT INTO T" + writer + " SELECT X, 0, 'row ' || X FROM SYSTEM_RANGE(1, " + rows + ")");
            statement.execute("INSERT INTO L" + writer + " VALUES(1, 0)");
        }
    }

    @Override
    public void run(Connection connection, long number, Random random, Handed handed) throws SQLException {
        int way = random.nextInt(8);
        if (way == 0) {
            write(connection, NEVER_COMMITTED + number, random);
            connection.rollback();
        } else if (way == 1) {
            Savepoint savepoint = connection.setSavepoint();
            write(connection, NEVER_COMMITTED + number, random);
            connection.rollback(savepoint);
        }
        write(connection, number, random);
        connection.commit();
    }

    private void write(Connection connection, long value, Random random) throws SQLException {
        int way = isSmall() ? random.nextInt(4) : 0;
        boolean ledgerFirst = random.nextBoolean();
        if (ledgerFirst) {
            update(connection, "UPDATE L" + writer + " SET V = ?", value);
        }
        switch (way) {
            case 0 -> update(connection, "UPDATE T" + writer + " SET V = ?", value);
            case 1 -> updateOneByOne(connection, value, false);
            case 2 -> updateOneByOne(connection, value, true);
            default -> {
                update(connection, "DELETE FROM T" + writer + " WHERE V <> ? OR TRUE", value);
                update(
                        connection,
                        "INSERT INTO T" + writer + " SELECT X, ?, 'row ' || X FROM SYSTEM_RANGE(1, " + rows + ")",
                        value);
            }
        }
        if (!ledgerFirst) {
            update(connection, "UPDATE L" + writer + " SET V = ?", value);
        }
    }

    /** A large one costs too much time for many ways of writing, or for a second index. */
    private boolean isSmall() {
        return rows <= SMALL_ROWS_MAX;
    }

    private static void update(Connection connection, String sql, long value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, value);
            statement.executeUpdate();
        }
    }

    private void updateOneByOne(Connection connection, long value, boolean batch) throws SQLException {
        String sql = "UPDATE T" + writer + " SET V = ? WHERE ID = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int id = 1; id <= rows; id++) {
                statement.setLong(1, value);
                statement.setInt(2, id);
                if (batch) {
                    statement.addBatch();
                } else {
                    statement.executeUpdate();
                }
            }
            if (batch) {
                statement.executeBatch();
            }
        }
    }

    @Override
    public String state(Connection connection) throws SQLException {
        String sql =
                ("SELECT (SELECT MAX(V) FROM L%1$d), (SELECT COUNT(*) FROM L%1$d), COUNT(*), MIN(V + 0), MAX(V + 0),"
                                + " COUNT(CASE WHEN PAD = 'row ' || ID THEN 1 END),"
                                + " (SELECT COUNT(*) FROM T%1$d %2$s WHERE V = (SELECT MAX(V) FROM L%1$d))"
                                + " FROM T%1$d")
                        .formatted(writer, isSmall() ? "USE INDEX (T" + writer + "_V)" : "");
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return "ledger %d (%d), rows %d from %d to %d, whole %d, by index %d"
                    .formatted(
                            result.getLong(1),
                            result.getLong(2),
                            result.getLong(3),
                            result.getLong(4),
                            result.getLong(5),
                            result.getLong(6),
                            result.getLong(7));
        }
    }

    @Override
    public String stateAfter(long number) {
        return "ledger %d (1), rows %d from %d to %d, whole %d, by index %d"
                .formatted(number, rows, number, number, rows, rows);
    }

    @Override
    public String toString() {
        return "BalancedRows " + writer + " of " + rows;
    }
}
