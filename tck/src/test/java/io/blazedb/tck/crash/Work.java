package io.blazedb.tck.crash;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;

/**
 * What one writer does: a series of transactions, numbered from 1, after each of which the database looks in exactly
 * one way.
 *
 * <p>That makes every crash checkable without knowing when it struck: the state found must be the state after some
 * transaction between the last acknowledged and the last attempted one. One thread at a time.
 */
interface Work {
    /** Creates the tables, in the state after transaction 0. */
    void setUp(Connection connection) throws SQLException;

    /** Runs and commits one transaction. */
    void run(Connection connection, long number, Random random, Handed handed) throws SQLException;

    /** What the database holds of this work, read in such a way that tables and indexes must agree. */
    String state(Connection connection) throws SQLException;

    /** What {@link #state} says after that transaction. */
    String stateAfter(long number);

    /** What else must hold in a database that was opened after a crash; may write to it. Empty if all does. */
    default List<String> complaints(Connection connection, Handed handed) throws SQLException {
        return List.of();
    }

    /** The highest values that acknowledged transactions were given and that nobody may be given again. */
    interface Handed {
        long sequence();

        long identity();

        void raise(long sequence, long identity);
    }
}
