package io.blazedb.tck.bench;

import io.blazedb.tck.Sql;

/** Rows a second from the first write on one database until all of them are applied on another one of the process. */
final class Throughput {
    private static final int ROUNDS = 5;
    private static final int SINGLE_ROWS = 100_000;
    private static final int BATCHED_ROWS = 300_000;

    private final Report report;

    Throughput(Report report) {
        this.report = report;
    }

    void run() throws Exception {
        try (Place place = Place.create();
                Items writer = place.blaze("a");
                Items reader = place.blaze("b")) {
            place.connect(writer.connection(), "b");
            double[] single = new double[ROUNDS];
            double[] batched = new double[ROUNDS];
            double[] singleCpu = new double[ROUNDS];
            double[] batchedCpu = new double[ROUNDS];
            for (int round = -1; round < ROUNDS; round++) {
                int slot = Math.max(0, round); // the round before the first is warm-up
                long cpu = Cpu.nanos();
                long start = System.nanoTime();
                for (int i = 0; i < SINGLE_ROWS; i++) {
                    writer.insert();
                }
                single[slot] = finish(writer, reader, SINGLE_ROWS, start);
                singleCpu[slot] = (Cpu.nanos() - cpu) / 1e3 / SINGLE_ROWS;
                cpu = Cpu.nanos();
                start = System.nanoTime();
                writer.fill(BATCHED_ROWS);
                batched[slot] = finish(writer, reader, BATCHED_ROWS, start);
                batchedCpu[slot] = (Cpu.nanos() - cpu) / 1e3 / BATCHED_ROWS;
            }
            add("replicated end to end, single-row transactions", single, singleCpu, 150_000);
            add("replicated end to end, 1000-row transactions", batched, batchedCpu, 400_000);
        }
    }

    private static double finish(Items writer, Items reader, int rows, long start) throws Exception {
        Sql.execute(writer.connection(), "SYNC");
        long nanos = System.nanoTime() - start;
        if (reader.count() != writer.lastId()) {
            throw new IllegalStateException(reader.count() + " rows applied (expected: " + writer.lastId() + ")");
        }
        return rows * 1e9 / nanos;
    }

    private void add(String what, double[] rates, double[] cpu, double goal) {
        double rate = Contest.median(rates);
        String ours = "a row takes " + Goal.number(Contest.median(cpu)) + " us of processor time, writing included";
        report.add(what, "-", ours, rate, Goal.atLeast(goal, "rows/s"));
    }
}
