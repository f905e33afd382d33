package io.blazedb.sync.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.sync.Dependency;
import io.blazedb.sync.NodeId;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.VersionVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StabilityTest {
    private static final int CASES = Integer.getInteger("blazedb.test.stabilityCases", 2_000);
    private static final int STEPS = 120;

    /** An operation and what its author had applied before. */
    private record Written(Dependency name, VersionVector past) {}

    /** A member that writes, hears of others in any order of origins, and hands reports on. */
    private static final class Member {
        private final NodeId id;
        private final OriginId origin;
        private VersionVector applied = VersionVector.EMPTY;
        private Stability stability = Stability.UNKNOWN;
        private long clock;

        Member(int number) {
            id = new NodeId(1, number);
            origin = new OriginId(2, number);
        }

        void write(List<Written> all) {
            Dependency name = new Dependency(origin, applied.seq(origin) + 1);
            all.add(new Written(name, applied));
            applied = applied.with(origin, name.seq());
        }

        /** The next operation of one origin, if its author's past is here. */
        void hear(OriginId from, List<Written> all) {
            long next = applied.seq(from) + 1;
            for (Written one : all) {
                boolean due = one.name().equals(new Dependency(from, next));
                if (due && applied.covers(one.past())) {
                    applied = applied.with(from, next);
                    return;
                }
            }
        }

        void report() {
            long own = applied.seq(origin);
            VersionVector mine = own == 0 ? VersionVector.EMPTY : VersionVector.EMPTY.with(origin, own);
            stability = stability.with(Map.of(id, new MemberReport(++clock, applied, mine)), applied);
        }

        void tell(Member other) {
            report();
            other.report();
            other.stability = other.stability.with(stability.reports(), other.applied);
        }
    }

    @Test
    void nothingThatHadNotSeenAStableOperationIsStillToCome() {
        long first = Long.getLong("seed", 1);
        int cases = Long.getLong("seed") == null ? CASES : 1;
        long stableSeen = 0;
        for (long seed = first; seed < first + cases; seed++) {
            stableSeen += history(new Random(seed), seed);
        }
        assertThat(stableSeen).as("operations that became stable").isPositive();
    }

    private static long history(Random random, long seed) {
        List<Member> members =
                IntStream.range(0, 2 + random.nextInt(3)).mapToObj(Member::new).toList();
        Set<NodeId> ids = members.stream().map(member -> member.id).collect(Collectors.toSet());
        List<Written> all = new ArrayList<>();
        long stable = 0;
        for (int step = 0; step < STEPS; step++) {
            Member one = members.get(random.nextInt(members.size()));
            Member other = members.get(random.nextInt(members.size()));
            switch (random.nextInt(5)) {
                case 0 -> one.write(all);
                case 1, 2 -> one.hear(other.origin, all);
                case 3 -> one.tell(other);
                default -> stable += check(one, ids, all, seed);
            }
        }
        return stable;
    }

    private static long check(Member member, Set<NodeId> ids, List<Written> all, long seed) {
        VersionVector stable = member.stability.stable(ids);
        assertThat(member.applied.covers(stable)).as("seed %d", seed).isTrue();
        for (Dependency last : stable.entries()) {
            for (Written one : all) {
                boolean unseen = !one.past().covers(last) && !one.name().equals(last);
                boolean later =
                        one.name().origin().equals(last.origin()) && one.name().seq() < last.seq();
                if (unseen && !later && !member.applied.covers(one.name())) {
                    throw new AssertionError("seed " + seed + ": " + last + " is stable at " + member.id + ", but "
                            + one.name() + " had not seen it and is still to come");
                }
            }
        }
        return stable.size();
    }

    @Test
    void aChainHearsOfMembersThatItIsNotConnectedTo() {
        List<Member> chain = IntStream.range(0, 3).mapToObj(Member::new).toList();
        Set<NodeId> ids = chain.stream().map(member -> member.id).collect(Collectors.toSet());
        List<Written> all = new ArrayList<>();
        chain.get(0).write(all);
        chain.get(1).hear(chain.get(0).origin, all);
        chain.get(2).hear(chain.get(0).origin, all);

        chain.get(2).tell(chain.get(1));
        chain.get(1).tell(chain.get(0));

        assertThat(chain.get(0).stability.stable(ids).seq(chain.get(0).origin)).isEqualTo(1);
    }

    @Test
    void aMemberThatWasNeverHeardOfHoldsEverythingBack() {
        Member one = new Member(0);
        one.write(new ArrayList<>());
        one.report();

        assertThat(one.stability.stable(Set.of(one.id)).size()).isEqualTo(1);
        assertThat(one.stability.stable(Set.of(one.id, new NodeId(1, 9))).size())
                .isZero();
    }

    @Test
    void silenceIsMeasuredFromTheLastReport() {
        NodeId member = new NodeId(1, 1);
        MemberReport report = new MemberReport(1_000, VersionVector.EMPTY, VersionVector.EMPTY);
        Stability stability = Stability.UNKNOWN.with(Map.of(member, report), VersionVector.EMPTY);

        assertThat(stability.silent(Set.of(member), 1_500, 500)).isEmpty();
        assertThat(stability.silent(Set.of(member), 1_501, 500)).containsExactly(member);
        assertThat(stability.silent(Set.of(new NodeId(1, 2)), 1_501, 500)).isEmpty();
    }
}
