package io.blazedb.internal.cli.demo;

import io.blazedb.internal.cli.Rows;
import java.sql.SQLException;

/** One statement, and the other database has everything. */
record FirstSync(Pair pair) {
    void run() throws SQLException {
        Site alice = pair.alice();
        Site bob = pair.bob();
        pair.transcript().step("Alice keeps the bugs of her team in a file. One statement connects Bob's.");

        for (String table : Tracker.SCHEMA) {
            alice.run(table);
        }
        long start = System.nanoTime();
        new Tracker().fill(alice.connection());
        String inserts = "INSERT INTO ... /* people, projects, bugs, comments: one transaction */";
        pair.transcript().statement(alice.name(), inserts, System.nanoTime() - start);
        pair.transcript().blank();
        alice.run("CONNECT TO '" + bob.url() + "'");
        alice.run("SYNC");
        Rows bugs = bob.show("SELECT status, COUNT(*) AS bugs FROM bug GROUP BY status ORDER BY status");

        int total = bugs.values().stream()
                .mapToInt(row -> Integer.parseInt(row.get(1)))
                .sum();
        Expect.same("bugs at bob", total, Tracker.BUGS);
        pair.transcript()
                .say("-> tables, keys and all " + pair.expectEqual() + " rows of " + Tracker.TABLES.size()
                        + " tables are the same on both sides.");
    }
}
