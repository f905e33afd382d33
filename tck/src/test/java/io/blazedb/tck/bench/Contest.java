package io.blazedb.tck.bench;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Two subjects that take turns in one process: after warm-up, each round runs one and then the other, so both see the
 * same machine. What counts is the median over the rounds, of the rates and of the ratio within each round.
 */
final class Contest {
    private static final int WARM_UP_ROUNDS = 3;
    private static final int ROUNDS = 9;
    private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(Integer.getInteger("bench.roundMillis", 700));

    private Contest() {}

    /** Something that is done over and over. */
    interface Subject {
        /** Does a piece of work that takes about a millisecond at most. Answers how many units it was. */
        int work() throws Exception;

        /** Not measured: lets what the round has set in motion come to an end. */
        default void settle() throws Exception {}
    }

    /**
     * Units a second of each, and ours as a share of the peer's.
     *
     * @param cpuRatio the same of units a second of processor time, with what settles after a round
     */
    record Rates(double peer, double ours, double ratio, double cpuRatio) {}

    private record Round(double rate, double cpuRate) {}

    static Rates run(Subject peer, Subject ours) throws Exception {
        double[] peerRates = new double[ROUNDS];
        double[] ourRates = new double[ROUNDS];
        double[] ratios = new double[ROUNDS];
        double[] cpuRatios = new double[ROUNDS];
        for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
            boolean peerFirst = (round & 1) == 0;
            Round first = round(peerFirst ? peer : ours);
            Round second = round(peerFirst ? ours : peer);
            Round theirs = peerFirst ? first : second;
            Round our = peerFirst ? second : first;
            if (round >= 0) {
                peerRates[round] = theirs.rate;
                ourRates[round] = our.rate;
                ratios[round] = our.rate / theirs.rate;
                cpuRatios[round] = our.cpuRate / theirs.cpuRate;
            }
        }
        return new Rates(median(peerRates), median(ourRates), median(ratios), median(cpuRatios));
    }

    private static Round round(Subject subject) throws Exception {
        long cpu = Cpu.nanos();
        long start = System.nanoTime();
        long units = 0;
        long nanos;
        do {
            units += subject.work();
            nanos = System.nanoTime() - start;
        } while (nanos < ROUND_NANOS);
        subject.settle();
        return new Round(units * 1e9 / nanos, units * 1e9 / (Cpu.nanos() - cpu));
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
