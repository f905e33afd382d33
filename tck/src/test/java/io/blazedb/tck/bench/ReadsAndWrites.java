package io.blazedb.tck.bench;

import io.blazedb.tck.Sql;
import java.sql.SQLException;

/** Ordinary statements through one connection: alone, or while a second database of the process applies the same. */
final class ReadsAndWrites {
    private static final int ROWS = 100_000;
    private static final int STATEMENTS = 32;

    private final boolean withPeer;
    private final Report report;

    ReadsAndWrites(boolean withPeer, Report report) {
        this.withPeer = withPeer;
        this.report = report;
    }

    void run() throws Exception {
        try (Place place = Place.create();
                Items peer = place.h2("h2");
                Items ours = place.blaze("a");
                Items second = place.blaze("b")) {
            peer.fill(ROWS);
            ours.fill(ROWS);
            if (withPeer) {
                place.connect(ours.connection(), "b");
                if (second.count() != ROWS) {
                    throw new IllegalStateException("the second database has " + second.count() + " rows");
                }
            }
            compare("point SELECT", goal(0.98, 0.95), peer, ours, items -> many(() -> items.select(ROWS)));
            compare("scan of 100k rows", goal(0.98, 0.95), peer, ours, items -> items.scan(ROWS));
            compare("single-row INSERT", goal(0.85, 0.75), peer, ours, items -> many(items::insert));
            compare("INSERT of 1000 rows a transaction", goal(0.85, 0.75), peer, ours, items -> {
                items.insertBatch(Items.BATCH);
                return Items.BATCH;
            });
            compare("UPDATE by key", goal(0.95, 0.85), peer, ours, items -> many(() -> items.update(ROWS)));
        }
    }

    private Goal goal(double alone, double applying) {
        return Goal.atLeast(withPeer ? applying : alone, "x");
    }

    /** What is measured, on either database. */
    private interface Work {
        int on(Items items) throws SQLException;
    }

    /** One statement. */
    private interface Step {
        void run() throws SQLException;
    }

    private static int many(Step step) throws SQLException {
        for (int i = 0; i < STATEMENTS; i++) {
            step.run();
        }
        return STATEMENTS;
    }

    private void compare(String what, Goal goal, Items peer, Items ours, Work work) throws Exception {
        Contest.Rates rates = Contest.run(() -> work.on(peer), new Contest.Subject() {
            @Override
            public int work() throws SQLException {
                return work.on(ours);
            }

            @Override
            public void settle() throws SQLException {
                if (withPeer) {
                    Sql.execute(ours.connection(), "SYNC");
                }
            }
        });
        report.add(
                what + (withPeer ? ", a second node applying" : ""),
                Goal.number(rates.peer()) + "/s",
                Goal.number(rates.ours()) + "/s (by processor time: " + Goal.number(rates.cpuRatio()) + " x)",
                rates.ratio(),
                goal);
    }
}
