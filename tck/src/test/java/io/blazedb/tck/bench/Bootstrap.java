package io.blazedb.tck.bench;

import io.blazedb.tck.Sql;

/** An empty database gets all rows of another one of the process, against an INSERT of the same rows into H2. */
final class Bootstrap {
    private static final int ROUNDS = 5;
    private static final int ROWS = Integer.getInteger("bench.bootstrapRows", 100_000);

    private final Report report;

    Bootstrap(Report report) {
        this.report = report;
    }

    void run() throws Exception {
        double[] peer = new double[ROUNDS];
        double[] ours = new double[ROUNDS];
        double[] ratios = new double[ROUNDS];
        for (int round = -1; round < ROUNDS; round++) {
            int slot = Math.max(0, round); // the round before the first is warm-up
            peer[slot] = insertIntoH2();
            ours[slot] = connect();
            ratios[slot] = ours[slot] / peer[slot];
        }
        report.add(
                "bootstrap of " + ROWS / 1_000 + "k rows in process, of INSERT into H2",
                Goal.number(Contest.median(peer)) + " rows/s",
                Goal.number(Contest.median(ours)) + " rows/s",
                Contest.median(ratios),
                Goal.atLeast(0.5, "x"));
    }

    private static double insertIntoH2() throws Exception {
        try (Place place = Place.create();
                Items items = place.h2("h2")) {
            long start = System.nanoTime();
            items.fill(ROWS);
            return ROWS * 1e9 / (System.nanoTime() - start);
        }
    }

    private static double connect() throws Exception {
        try (Place place = Place.create();
                Items full = place.blaze("a");
                Items empty = place.blaze("b")) {
            full.fill(ROWS);
            long start = System.nanoTime();
            Sql.execute(full.connection(), "CONNECT TO '" + place.url(io.blazedb.tck.Target.BLAZE_FILE, "b") + "'");
            Sql.execute(full.connection(), "SYNC");
            long nanos = System.nanoTime() - start;
            if (empty.count() != ROWS) {
                throw new IllegalStateException(empty.count() + " rows arrived (expected: " + ROWS + ")");
            }
            return ROWS * 1e9 / nanos;
        }
    }
}
