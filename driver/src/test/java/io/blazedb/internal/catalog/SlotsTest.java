package io.blazedb.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.sync.NodeId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SlotsTest {
    private static final NodeId A = new NodeId(0, 1);
    private static final NodeId B = new NodeId(0, 2);
    private static final NodeId C = new NodeId(0, 3);

    @Test
    void theFirstKeepsZeroAndTheOthersGetTheLowestFree() {
        Slots slots = Slots.NONE.withNode(B, 0).withNode(A, 0).withNode(C, 0);

        assertThat(slots.ownedBy(B)).containsExactly(0);
        assertThat(slots.ownedBy(A)).containsExactly(1);
        assertThat(slots.ownedBy(C)).containsExactly(2);
    }

    @Test
    void aNodeGoesOnWithItsSlotWhenNobodyHasIt() {
        assertThat(Slots.NONE.withNode(A, 0).withNode(B, 5).ownedBy(B)).containsExactly(5);
        assertThat(Slots.NONE.withNode(A, 5).withNode(B, 5).ownedBy(B)).containsExactly(0);
    }

    @Test
    void ofTwoThatClaimOneTheSmallerOwnsItAndTheOtherGetsAnother() {
        Slots joined = Slots.NONE.withNode(B, 0).joined(Slots.NONE.withNode(A, 0));

        assertThat(joined.ownedBy(B)).isEmpty();
        assertThat(joined.settled(List.of(A, B)).ownedBy(A)).containsExactly(0);
        assertThat(joined.settled(List.of(A, B)).ownedBy(B)).containsExactly(1);
    }

    @Test
    void topologiesKeepTheSlotsOfThoseThatLeft() {
        Topology pair = TopologyTest.PAIR;
        NodeId left = pair.nodes().get(1).nodeId();

        Topology again = pair.withoutNode("B").withNode(TopologyTest.node("C", 3));

        assertThat(again.slots().ownedBy(left)).containsExactly(1);
        assertThat(again.slots().ownedBy(new NodeId(0, 3))).containsExactly(2);
        assertThat(again.withNode(TopologyTest.node("B", 2)).slots()).isEqualTo(again.slots());
    }

    static List<Long> seeds() {
        String asked = System.getProperty("seed");
        long first = new Random().nextInt(1_000_000);
        List<Long> seeds = new ArrayList<>();
        for (int i = 0; i < (asked == null ? 200 : 1); i++) {
            seeds.add(asked == null ? first + i : Long.parseLong(asked));
        }
        return seeds;
    }

    /** Databases that add nodes and join what they know, in any order, agree, and no slot has two owners. */
    @ParameterizedTest
    @MethodSource("seeds")
    void whoeverJoinsInWhateverOrderAgrees(long seed) {
        Random random = new Random(seed);
        List<Slots> known = new ArrayList<>();
        List<NodeId> nodes = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            known.add(Slots.NONE);
            nodes.add(new NodeId(random.nextInt(), i));
        }

        for (int step = 0; step < 30; step++) {
            int at = random.nextInt(5);
            Slots other = known.get(random.nextInt(5));
            Slots now = random.nextBoolean()
                    ? known.get(at).withNode(nodes.get(random.nextInt(5)), random.nextInt(3))
                    : known.get(at).joined(other).settled(nodes.subList(0, random.nextInt(6)));
            assertThat(now.claims()).containsAll(known.get(at).claims());
            known.set(at, now);
        }
        Slots forwards = Slots.NONE;
        Slots backwards = Slots.NONE;
        for (int i = 0; i < 5; i++) {
            forwards = forwards.joined(known.get(i));
            backwards = backwards.joined(known.get(4 - i));
        }
        Slots settled = forwards.settled(nodes);

        assertThat(backwards.settled(nodes)).as("seed %d", seed).isEqualTo(settled);
        Set<Integer> given = new HashSet<>();
        for (NodeId node : nodes) {
            assertThat(settled.ownedBy(node)).as("seed %d", seed).isNotEmpty().allMatch(given::add);
        }
    }
}
