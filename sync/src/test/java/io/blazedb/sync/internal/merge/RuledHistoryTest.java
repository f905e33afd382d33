package io.blazedb.sync.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.sync.Life;
import io.blazedb.sync.Role;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.Volume;
import io.blazedb.sync.internal.merge.RuledWrite.Part;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** T1 with merge rules that change while databases write: the theorems, exact counters, extrema. */
class RuledHistoryTest {
    private static final int FAULT_SEEDS = 500;
    private static final RowMerge REAL = RowMerge.of(RuledNode.TYPES);

    /** What must be true of a history after everything has reached everyone. */
    private interface Check {
        Optional<String> violation(RuledHistory history, int key);
    }

    @Test // -Dblazedb.test.seed=... replays one
    void everyHistoryConvergesAndCountsExactly() {
        forEachSeed(Volume.cases(20_000, 1_000_000), seed -> {
            RuledHistory history = new RuledHistory(seed, true, REAL);
            assertHolds("convergence", history, seed, RuledHistoryTest::convergence);
            assertHolds("exact values", history, seed, RuledHistoryTest::exactValues);
        });
    }

    @Test
    void everyHistoryKeepsCausesAndPriorities() {
        forEachSeed(Volume.cases(4_000, 200_000), seed -> {
            RuledHistory history = new RuledHistory(seed, true, REAL);
            assertHolds("causality", history, seed, RuledHistoryTest::causality);
            assertHolds("server priority", history, seed, RuledHistoryTest::serverPriority);
        });
    }

    @Test
    void whatIsNotShownIsKeptOrReported() {
        forEachSeed(Volume.cases(4_000, 200_000), seed -> {
            RuledHistory history = new RuledHistory(seed, false, REAL);
            assertHolds("nothing lost", history, seed, RuledHistoryTest::nothingLost);
        });
    }

    /** Without epochs a node compares one pair of values by one order, and another node by another. */
    @Test
    void withoutEpochsNodesDiverge() {
        RowMerge faulty = new RowMerge(
                Comparator.comparing(ColumnVersion::fence)
                        .thenComparingLong(ColumnVersion::cause)
                        .thenComparing(ColumnVersion::stamp),
                Comparator.naturalOrder(),
                RuledNode.TYPES);

        assertThat(violations(faulty, RuledHistoryTest::convergence) + violations(faulty, RuledHistoryTest::causality))
                .isPositive();
    }

    private interface SeedTest {
        void play(long seed);
    }

    private static void forEachSeed(int count, SeedTest test) {
        Long replayed = Long.getLong("blazedb.test.seed");
        long first = replayed == null ? 0 : replayed;
        for (long seed = first; seed < first + (replayed == null ? count : 1); seed++) {
            test.play(seed);
        }
    }

    private static void assertHolds(String what, RuledHistory history, long seed, Check check) {
        for (int key = 0; key < RuledNode.KEYS; key++) {
            assertThat(check.violation(history, key))
                    .as("%s of row %d, seed %d", what, key, seed)
                    .isEmpty();
        }
    }

    private static long violations(RowMerge merge, Check check) {
        long violations = 0;
        for (long seed = 0; seed < FAULT_SEEDS; seed++) {
            RuledHistory history = new RuledHistory(seed, true, merge);
            violations += check.violation(history, 0).isPresent() ? 1 : 0;
        }
        return violations;
    }

    private static Optional<String> convergence(RuledHistory history, int key) {
        ModelRow first = history.nodes().get(0).row(key);
        return history.nodes().stream()
                .map(node -> node.row(key))
                .filter(row -> !row.sameAs(first) || !sameValues(row, first))
                .map(row -> row + " and " + first)
                .findFirst();
    }

    private static boolean sameValues(ModelRow one, ModelRow other) {
        return Arrays.deepEquals(
                one.values().toArray(RuledNode.COLUMNS), other.values().toArray(RuledNode.COLUMNS));
    }

    /** What every column shows, worked out from the set of all changes at once. */
    private static Optional<String> exactValues(RuledHistory history, int key) {
        List<Part> parts = history.parts(key);
        Life life = parts.stream()
                .map(part -> part.change().life())
                .max(Comparator.naturalOrder())
                .orElse(Life.NEVER);
        ModelRow row = history.nodes().get(0).row(key);
        for (int column = 0; life.alive() && column < RuledNode.COLUMNS; column++) {
            byte[] expected = expected(parts, column, life.cause());
            if (!Arrays.equals(expected, row.values().value(column))) {
                return Optional.of("column " + column + " shows "
                        + Arrays.toString(row.values().value(column)) + ", not " + Arrays.toString(expected));
            }
        }
        return Optional.empty();
    }

    private static byte[] expected(List<Part> parts, int column, long life) {
        ColumnVersion best = ColumnVersion.ABSENT;
        byte[] value = RowValues.UNKNOWN;
        boolean counted = false;
        for (Part part : parts) {
            Incoming incoming = part.incoming();
            counted |= part.write().rules().isCounter(column) && part.change().kind() == RowChange.Kind.INSERT;
            for (int i = 0; i < incoming.size(); i++) {
                if (incoming.column(i) == column && better(incoming.version(i), incoming.value(i), best, value)) {
                    best = incoming.version(i);
                    value = incoming.value(i);
                }
            }
        }
        BigDecimal sum = null;
        for (Part part : parts) {
            for (int i = 0; i < part.change().counters().size(); i++) {
                counted |= part.change().counters().column(i) == column;
                boolean counts = part.change().counters().column(i) == column
                        && part.change().life().cause() == life
                        && part.write().rules().epoch().compareTo(best.mark().epoch()) >= 0;
                if (counts) {
                    sum = (sum == null ? BigDecimal.ZERO : sum)
                            .add(part.change().counters().delta(i));
                }
            }
        }
        if (!counted) {
            return value;
        }
        boolean base = value.length > 0 && best.cause() >= life;
        if (sum == null) {
            return base ? value : Numbers.nothing();
        }
        return RuledNode.TYPES.value(column, base ? sum.add(RuledNode.TYPES.number(value)) : sum);
    }

    /** The order of two versions, written down a second time. */
    private static boolean better(ColumnVersion one, byte[] value, ColumnVersion other, byte[] otherValue) {
        Comparator<Stamp> stamps = Comparator.naturalOrder();
        int epochs = stamps.compare(one.mark().epoch(), other.mark().epoch());
        if (epochs != 0) {
            return epochs > 0;
        }
        if (one.mark().order() == Mark.Order.STANDARD) {
            int fences = stamps.compare(one.fence(), other.fence());
            int causes = Long.compare(one.cause(), other.cause());
            return fences != 0 ? fences > 0 : causes != 0 ? causes > 0 : stamps.compare(one.stamp(), other.stamp()) > 0;
        }
        if (one.cause() != other.cause()) {
            return one.cause() > other.cause();
        }
        long sign = one.mark().order() == Mark.Order.MAX ? 1 : -1;
        long ours = number(value, sign);
        long theirs = number(otherValue, sign);
        return ours != theirs ? ours > theirs : stamps.compare(one.stamp(), other.stamp()) > 0;
    }

    private static long number(byte[] value, long sign) {
        return RuledNode.TYPES.isNull(value)
                ? Long.MIN_VALUE
                : sign * RuledNode.TYPES.number(value).longValueExact();
    }

    /** Theorem 3: a write wins against those that its author had seen. */
    private static Optional<String> causality(RuledHistory history, int key) {
        List<Part> parts = history.parts(key);
        for (Part later : parts) {
            for (Part earlier : parts) {
                for (int i = 0; later.hadSeen(earlier) && i < later.change().size(); i++) {
                    int column = later.change().column(i);
                    for (int j = 0; j < earlier.change().size(); j++) {
                        boolean lost = earlier.change().column(j) == column
                                && REAL.compare(
                                                column,
                                                later.incoming().version(i),
                                                later.change().value(i),
                                                earlier.incoming().version(j),
                                                earlier.change().value(j))
                                        <= 0;
                        if (lost) {
                            return Optional.of(later + " after " + earlier);
                        }
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Theorem 4, for columns that are not by LAST WRITER, among writes under the same rules. */
    private static Optional<String> serverPriority(RuledHistory history, int key) {
        List<Part> parts = history.parts(key);
        for (int column = 0; column < RuledNode.COLUMNS; column++) {
            ModelRow row = history.nodes().get(0).row(key);
            ColumnVersion version = row.state().version(column);
            Part winner = RuledHistory.writer(parts, column, version);
            if (winner == null || version.mark().byValue() || isServer(winner)) {
                continue;
            }
            for (Part server : parts) {
                boolean beaten = isServer(server)
                        && !server.write().rules().isLastWriter(column)
                        && writes(server, column)
                        && server.write().rules().epoch().equals(version.mark().epoch())
                        && !winner.hadSeen(server)
                        && !server.hadSeen(winner)
                        && version.fence()
                                        .compareTo(server.write()
                                                .transaction()
                                                .changeSet()
                                                .stamp())
                                < 0;
                if (beaten) {
                    return Optional.of(winner + " won against " + server);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isServer(Part part) {
        return part.write().transaction().changeSet().role() == Role.SERVER;
    }

    private static boolean writes(Part part, int column) {
        for (int i = 0; i < part.change().size(); i++) {
            if (part.change().column(i) == column) {
                return true;
            }
        }
        return false;
    }

    /** A value or delta that nobody replaced knowingly is there, or every node has a conflict that shows it. */
    private static Optional<String> nothingLost(RuledHistory history, int key) {
        List<Part> parts = history.parts(key);
        for (Part part : parts) {
            if (parts.stream().anyMatch(other -> other.hadSeen(part))) {
                continue;
            }
            Stamp stamp = part.write().transaction().changeSet().stamp();
            for (RuledNode node : history.nodes()) {
                for (int i = 0; i < part.change().size(); i++) {
                    int column = part.change().column(i);
                    byte[] held =
                            node.row(key).state().held(node.row(key).values()).value(column);
                    boolean there = Arrays.equals(held, part.change().value(i));
                    if (!there && !reported(node, column, stamp) && !isWrittenTwice(parts, part, i)) {
                        return Optional.of("value of column " + column + " of " + part.change());
                    }
                }
                for (int i = 0; i < part.change().counters().size(); i++) {
                    int column = part.change().counters().column(i);
                    if (!counts(node.row(key).state(), column, stamp) && !countReported(node, column, stamp)) {
                        return Optional.of("delta of column " + column + " of " + part.change());
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Two authors who write the same are no conflict, and who replaces the one value has seen the other. */
    private static boolean isWrittenTwice(List<Part> parts, Part part, int position) {
        return parts.stream()
                .filter(other ->
                        !other.incoming().lifeStamp().equals(part.incoming().lifeStamp()))
                .anyMatch(other -> IntStream.range(0, other.change().size())
                        .anyMatch(i -> other.change().column(i) == part.change().column(position)
                                && Arrays.equals(
                                        other.change().value(i), part.change().value(position))));
    }

    private static boolean counts(RowState state, int column, Stamp stamp) {
        Counter counter = state.counters().getOrEmpty(column);
        List<Counter.Shard> shards =
                state.alive() ? counter.counted(state.life().cause()) : counter.shards();
        return shards.stream()
                .anyMatch(shard ->
                        shard.origin().equals(stamp.origin()) && Long.compareUnsigned(shard.last(), stamp.hlc()) >= 0);
    }

    private static boolean reported(RuledNode node, int column, Stamp stamp) {
        return node.conflicts().stream()
                .anyMatch(conflict ->
                        conflict.column() == column && conflict.loser().equals(stamp));
    }

    /** A count that ended is reported once, with the youngest of the deltas that nobody had seen. */
    private static boolean countReported(RuledNode node, int column, Stamp stamp) {
        return node.conflicts().stream()
                .anyMatch(conflict -> conflict.column() == column
                        && conflict.loser().compareTo(stamp) >= 0
                        && conflict.loserValue().length > 0);
    }
}
