package io.blazedb.tck.bench;

import io.blazedb.tck.Target;

/** The first connection of a JVM and the first row it reads, in processes of their own that take turns. */
final class Opening {
    private static final int ROUNDS = 15;

    private final Report report;

    Opening(Report report) {
        this.report = report;
    }

    void run() throws Exception {
        try (Place place = Place.create()) {
            String h2 = place.url(Target.H2_FILE, "h2");
            String blaze = place.url(Target.BLAZE_FILE, "a");
            for (String url : new String[] {h2, blaze}) {
                try (Items items = new Items(Target.connect(url))) {
                    items.fill(Items.BATCH);
                }
            }
            double[] peer = new double[ROUNDS];
            double[] ours = new double[ROUNDS];
            double[] ratios = new double[ROUNDS];
            for (int round = -1; round < ROUNDS; round++) {
                int slot = Math.max(0, round); // the round before the first is warm-up
                peer[slot] = Child.run(OpenMain.class, h2) / 1e3;
                ours[slot] = Child.run(OpenMain.class, blaze) / 1e3;
                ratios[slot] = ours[slot] / peer[slot];
            }
            report.add(
                    "opening the first connection of a JVM",
                    Goal.number(Contest.median(peer)) + " ms",
                    Goal.number(Contest.median(ours)) + " ms",
                    Contest.median(ratios),
                    Goal.atMost(1.15, "x"));
        }
    }
}
