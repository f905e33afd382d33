package io.blazedb.sync.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.sync.Role;
import io.blazedb.sync.Volume;
import io.blazedb.sync.internal.merge.Write.Transaction;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** T1: the theorems over random histories, and that the same checks find rules with a known fault. */
class HistoryTest {
    private static final int FAULT_SEEDS = 2_000;

    @Test // -Dblazedb.test.seed=... replays one
    void everyHistoryKeepsTheTheorems() {
        Long replayed = Long.getLong("blazedb.test.seed");
        long first = replayed == null ? 0 : replayed;
        int count = replayed == null ? Volume.cases(20_000, 1_000_000) : 1;

        for (long seed = first; seed < first + count; seed++) {
            History history = new History(seed, unused -> Rules.REAL);

            for (HistoryCheck check : HistoryCheck.values()) {
                assertThat(check.violation(history))
                        .as("%s, seed %d", check, seed)
                        .isEmpty();
            }
        }
    }

    @Test
    void theNaiveRuleDiverges() {
        assertThat(violations(HistoryCheck.CONVERGENCE, HistoryTest::naive)).isPositive();
    }

    @Test
    void withoutTheFenceServersHaveNoPriority() {
        assertThat(violations(HistoryCheck.CONVERGENCE, unused -> Rules.WITHOUT_FENCE))
                .isZero();
        assertThat(serverLosses(Rules.WITHOUT_FENCE)).isPositive();
        assertThat(serverLosses(Rules.REAL)).isZero();
    }

    @Test
    void withoutTheMaxRuleEffectsComeBeforeCauses() {
        assertThat(violations(HistoryCheck.CAUSALITY, unused -> Rules.WITHOUT_MAX_RULE))
                .isPositive();
    }

    @Test
    void anUnknownPastIsFoundAsLostValues() {
        long lost = 0;
        for (long seed = 0; seed < FAULT_SEEDS; seed++) {
            History history = new History(seed, unused -> Rules.REAL, (winner, loser) -> true);
            lost += HistoryCheck.NOTHING_LOST.violation(history).isPresent() ? 1 : 0;
        }

        assertThat(lost).isPositive();
    }

    private static long violations(HistoryCheck check, Function<History, Rules> rules) {
        long violations = 0;
        for (long seed = 0; seed < FAULT_SEEDS; seed++) {
            violations += check.violation(new History(seed, rules)).isPresent() ? 1 : 0;
        }
        return violations;
    }

    /** In how many histories a client's value stands at the end although a server had written without its knowledge. */
    private static long serverLosses(Rules rules) {
        long losses = 0;
        for (long seed = 0; seed < FAULT_SEEDS; seed++) {
            losses += serverLost(new History(seed, unused -> rules)) ? 1 : 0;
        }
        return losses;
    }

    private static boolean serverLost(History history) {
        for (int key = 0; key < ModelNode.KEYS; key++) {
            for (int column = 0; column < ModelNode.COLUMNS; column++) {
                List<Write> writes = history.writes(key, column);
                byte[] last = history.nodes().get(0).row(key).current().value(column);
                boolean lost = writes.stream()
                        .filter(write -> !write.byServer() && Arrays.equals(write.value(), last))
                        .anyMatch(
                                client -> writes.stream().noneMatch(other -> other.byServer() && client.hadSeen(other))
                                        && writes.stream().anyMatch(other -> other.byServer()));
                if (lost) {
                    return true;
                }
            }
        }
        return false;
    }

    /** "Causally later wins; if concurrent, a server beats a client; else the higher clock": not transitive. */
    private static Rules naive(History history) {
        Comparator<ColumnVersion> order = (one, other) -> {
            if (one.stamp().equals(other.stamp())
                    || one.stamp().isZero()
                    || other.stamp().isZero()) {
                return one.stamp().compareTo(other.stamp());
            }
            Transaction ours = history.transaction(one.stamp());
            Transaction theirs = history.transaction(other.stamp());
            if (ours.hadSeen(theirs) || theirs.hadSeen(ours)) {
                return ours.hadSeen(theirs) ? 1 : -1;
            }
            boolean server = ours.changeSet().role() == Role.SERVER;
            boolean otherServer = theirs.changeSet().role() == Role.SERVER;
            int byRole = Boolean.compare(server, otherServer);
            return byRole != 0 ? byRole : one.stamp().compareTo(other.stamp());
        };
        return new Rules(new RowMerge(order, Comparator.naturalOrder(), ColumnTypes.UNKNOWN), true);
    }
}
