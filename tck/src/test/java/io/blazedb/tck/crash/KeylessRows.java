package io.blazedb.tck.crash;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;

/** Fills and empties a table without a key, in which two equal rows are two rows. */
final class KeylessRows implements Work {
    private static final int TRANSACTIONS_KEPT = 40;
    private static final int TWINS = 3;

    @Override
    public void setUp(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE KEYLESS(N BIGINT, NOTE VARCHAR(40))");
        }
    }

    @Override
    public void run(Connection connection, long number, Random random, Handed handed) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO KEYLESS VALUES(?, ?)");
                PreparedStatement delete = connection.prepareStatement("DELETE FROM KEYLESS WHERE N = ?")) {
            for (int i = 0; i < TWINS; i++) {
                insert.setLong(1, number);
                insert.setString(2, "twin of " + number);
                insert.addBatch();
            }
            insert.executeBatch();
            delete.setLong(1, number - TRANSACTIONS_KEPT);
            delete.executeUpdate();
        }
        connection.commit();
    }

    @Override
    public String state(Connection connection) throws SQLException {
        String sql = "SELECT COUNT(N + 0), COUNT(*), MIN(N), MAX(N), COUNT(DISTINCT N), SUM(N),"
                + " COUNT(CASE WHEN NOTE = 'twin of ' || N THEN 1 END) FROM KEYLESS";
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return "rows %d (%d) from %d to %d, distinct %d, sum %d, whole %d"
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
        long kept = Math.min(number, TRANSACTIONS_KEPT);
        long first = kept == 0 ? 0 : number - kept + 1;
        long rows = kept * TWINS;
        long sum = (first + number) * kept / 2 * TWINS + ((first + number) * kept % 2) * TWINS / 2;
        return "rows %d (%d) from %d to %d, distinct %d, sum %d, whole %d"
                .formatted(rows, rows, first, number, kept, sum, rows);
    }

    @Override
    public String toString() {
        return "KeylessRows";
    }
}
