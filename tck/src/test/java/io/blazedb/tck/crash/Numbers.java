package io.blazedb.tck.crash;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Takes values of a sequence and of an identity column: none may be handed out twice, whatever happened between. */
final class Numbers implements Work {
    private static final int ROWS_KEPT = 64;

    @Override
    public void setUp(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE SEQUENCE TICKET");
            statement.execute("CREATE TABLE NUMBERS(ID BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                    + " N BIGINT NOT NULL UNIQUE, TICKET BIGINT NOT NULL UNIQUE)");
        }
    }

    @Override
    public void run(Connection connection, long number, Random random, Handed handed) throws SQLException {
        if (random.nextInt(4) == 0) {
            insert(connection, -number);
            connection.rollback();
        }
        Row row = insert(connection, number);
        try (PreparedStatement statement = connection.prepareStatement("DELETE FROM NUMBERS WHERE N <= ?")) {
            statement.setLong(1, number - ROWS_KEPT);
            statement.executeUpdate();
        }
        connection.commit();
        handed.raise(row.ticket, row.id);
    }

    private static Row insert(Connection connection, long number) throws SQLException {
        String sql = "INSERT INTO NUMBERS(N, TICKET) VALUES(?, NEXT VALUE FOR TICKET)";
        try (PreparedStatement statement = connection.prepareStatement(sql, new String[] {"ID", "TICKET"})) {
            statement.setLong(1, number);
            statement.executeUpdate();
            try (ResultSet keys = statement.getGeneratedKeys()) {
                keys.next();
                return new Row(keys.getLong(1), keys.getLong(2));
            }
        }
    }

    @Override
    public String state(Connection connection) throws SQLException {
        String sql =
                "SELECT COUNT(N + 0), MIN(N + 0), MAX(N + 0), COUNT(DISTINCT TICKET), COUNT(DISTINCT ID) FROM NUMBERS";
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return "rows %d from %d to %d, tickets %d, ids %d"
                    .formatted(
                            result.getLong(1),
                            result.getLong(2),
                            result.getLong(3),
                            result.getLong(4),
                            result.getLong(5));
        }
    }

    @Override
    public String stateAfter(long number) {
        long rows = Math.min(number, ROWS_KEPT);
        long first = rows == 0 ? 0 : number - rows + 1;
        return "rows %d from %d to %d, tickets %d, ids %d".formatted(rows, first, number, rows, rows);
    }

    @Override
    public List<String> complaints(Connection connection, Handed handed) throws SQLException {
        Row next = insert(connection, Long.MAX_VALUE);
        connection.rollback();
        List<String> complaints = new ArrayList<>();
        if (next.ticket <= handed.sequence()) {
            complaints.add("sequence gave " + next.ticket + " again (given before: up to " + handed.sequence() + ")");
        }
        if (next.id <= handed.identity()) {
            complaints.add("identity gave " + next.id + " again (given before: up to " + handed.identity() + ")");
        }
        return complaints;
    }

    @Override
    public String toString() {
        return "Numbers";
    }

    private record Row(long id, long ticket) {}
}
