package io.blazedb.tck.crash;

import io.blazedb.tck.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;

/**
 * A work that makes plain H2 safe as long as it is alone: nothing is flushed in a transaction, everything after it.
 *
 * <p>Too slow for use, but it shows that the checks accept a database which keeps its word.
 */
record Checkpointed(Work work) implements Work {
    @Override
    public void setUp(Connection connection) throws SQLException {
        Sql.execute(connection, "SET WRITE_DELAY 2000000000");
        work.setUp(connection);
        Sql.execute(connection, "CHECKPOINT SYNC");
    }

    @Override
    public void run(Connection connection, long number, Random random, Handed handed) throws SQLException {
        work.run(connection, number, random, handed);
        Sql.execute(connection, "CHECKPOINT SYNC");
    }

    @Override
    public String state(Connection connection) throws SQLException {
        return work.state(connection);
    }

    @Override
    public String stateAfter(long number) {
        return work.stateAfter(number);
    }

    @Override
    public List<String> complaints(Connection connection, Handed handed) throws SQLException {
        return work.complaints(connection, handed);
    }
}
