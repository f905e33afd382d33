package io.blazedb.internal.cli.demo;

import io.blazedb.internal.cli.Rows;
import java.nio.file.Path;
import java.sql.SQLException;

/** The two databases of the demo, open. Used by one thread. */
record Pair(Site alice, Site bob, Transcript transcript) implements AutoCloseable {
    static final String ALICE = "alice";
    static final String BOB = "bob";

    static Pair open(Path folder, Transcript transcript) throws SQLException {
        Site alice = Site.open(folder, ALICE, transcript);
        try {
            return new Pair(alice, Site.open(folder, BOB, transcript), transcript);
        } catch (SQLException e) {
            alice.close();
            throw e;
        }
    }

    /** Both hold the same rows; how many. */
    int expectEqual() throws SQLException {
        int rows = 0;
        for (String table : Tracker.TABLES) {
            String sql = "SELECT * FROM " + table + " ORDER BY id";
            Rows here = alice.query(sql);
            Rows there = bob.query(sql);
            Expect.same("rows of " + table + " at bob", there.values(), here.values());
            rows += here.values().size();
        }
        return rows;
    }

    @Override
    public void close() throws SQLException {
        try (alice) {
            bob.close();
        }
    }
}
