package io.blazedb.tck.bench;

import io.blazedb.tck.Target;

/** Opening a database after a kill, with 16 MiB of log since its last checkpoint, by a JVM that has just started. */
final class Replay {
    private static final int ROUNDS = 5;
    private static final long LOG_BYTES = 16L << 20;

    private final Report report;

    Replay(Report report) {
        this.report = report;
    }

    void run() throws Exception {
        double[] seconds = new double[ROUNDS];
        double rows = 0;
        for (int round = 0; round < ROUNDS; round++) {
            try (Place place = Place.create()) {
                String url = place.url(Target.BLAZE_FILE, "a");
                rows = Child.run(KilledMain.class, url, Long.toString(LOG_BYTES));
                seconds[round] = Child.run(OpenMain.class, url) / 1e6;
                try (Items items = new Items(Target.connect(url))) {
                    if (items.count() != rows) {
                        throw new IllegalStateException(
                                items.count() + " rows came back (expected: " + (long) rows + ")");
                    }
                }
            }
        }
        report.add(
                "open after a kill with 16 MiB of log",
                "-",
                Goal.number(rows) + " rows replayed",
                Contest.median(seconds),
                Goal.atMost(2, "s"));
    }
}
