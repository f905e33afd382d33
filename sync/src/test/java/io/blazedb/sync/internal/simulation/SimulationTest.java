package io.blazedb.sync.internal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.sync.Volume;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** T3: worlds at random keep every promise, and worlds with a known fault are found out. */
class SimulationTest {
    private static final int TRACE_LINES_MAX = 60;

    /** So many worlds with a fault must be enough to find it. */
    private static final int FAULT_SEEDS_MAX = 1_000;

    @Test // -Dseed=... replays one
    void everyWorldKeepsThePromises() {
        Volume.seeds(5_000, 1_000_000)
                .parallel()
                .forEach(seed -> violation(seed, Faults.NONE).ifPresent(violation -> {
                    throw new AssertionError(report(seed, violation), violation);
                }));
    }

    @Test
    void whereTwoHistoriesOfOneOriginMeetBothSidesKnow() {
        Volume.seeds(300, 20_000).parallel().forEach(SimulationTest::runWithForks);
    }

    /**
     * A node takes an operation whose cause it then gives up, as its files had been put back; a node finds a second
     * history of what it has applied and not forced; two nodes have as many operations, and of two histories; one tick
     * makes two histories due that two peers had brought too early.
     */
    @ParameterizedTest
    @ValueSource(longs = {18174081488400L, 14735, 86000000015808L, 86000000019299L})
    void rareMeetingsOfTwoHistoriesEndWellToo(long seed) {
        runWithForks(seed);
    }

    private static void runWithForks(long seed) {
        try {
            new World(seed, Faults.NONE, false, true).run();
        } catch (Violation | RuntimeException e) {
            throw new AssertionError("forks, seed " + seed + ": " + e.getMessage(), e);
        }
    }

    @Test
    void oneSeedGivesOneHistory() {
        for (long seed = 1; seed <= 50; seed++) {
            assertThat(trace(seed)).as("seed %d", seed).isEqualTo(trace(seed)).hasSizeGreaterThan(20);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void everyKnownFaultIsFound(Faults fault) {
        assertThat(LongStream.range(0, FAULT_SEEDS_MAX)
                        .filter(seed -> violation(seed, fault)
                                .filter(Violation.class::isInstance)
                                .filter(found ->
                                        String.valueOf(found.getMessage()).startsWith(fault.breaks()))
                                .isPresent())
                        .findFirst())
                .as("a world that shows %s", fault)
                .isPresent();
    }

    private static Optional<Throwable> violation(long seed, Faults faults) {
        try {
            new World(seed, faults, false).run();
            return Optional.empty();
        } catch (Violation | RuntimeException e) {
            return Optional.of(e);
        }
    }

    private static List<String> trace(long seed) {
        World world = new World(seed, Faults.NONE, true);
        try {
            world.run();
        } catch (Violation | RuntimeException e) {
            world.trace(e::toString);
        }
        return world.traced();
    }

    private static String report(long seed, Throwable violation) {
        List<String> lines = trace(seed);
        return violation.getMessage() + "\nreplay with -Dseed=" + seed + "; the end of its history:\n  "
                + String.join("\n  ", lines.subList(Math.max(0, lines.size() - TRACE_LINES_MAX), lines.size()));
    }
}
