package io.blazedb.tck.sync;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/** Runs a transaction as applications do: again, when another one was in its way. */
final class Retry {
    private static final int TRIES_MAX = 100;
    /** Deadlock, timeout, concurrent update, as H2 numbers them. */
    private static final Set<Integer> IN_THE_WAY = Set.of(40001, 50200, 90131);

    private Retry() {}

    /** Writes and commits. */
    static void transaction(Connection connection, int number, BackgroundWriter.Round round) throws SQLException {
        for (int tries = 1; ; tries++) {
            try {
                round.write(connection, number);
                connection.commit();
                return;
            } catch (SQLException e) {
                connection.rollback();
                if (!isInTheWay(e) || tries == TRIES_MAX) {
                    throw e;
                }
            }
        }
    }

    static boolean isInTheWay(SQLException e) {
        return IN_THE_WAY.contains(e.getErrorCode()) || "40001".equals(e.getSQLState());
    }
}
