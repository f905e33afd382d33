package io.blazedb.internal.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.internal.catalog.ConnectionEntry;
import io.blazedb.internal.catalog.NodeEntry;
import io.blazedb.internal.catalog.SyncMode;
import io.blazedb.internal.catalog.Topology;
import io.blazedb.internal.catalog.TopologyEntry;
import io.blazedb.sql.TopologyPattern;
import io.blazedb.sync.NodeId;
import io.blazedb.sync.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PatternWiringTest {
    private static final List<String> NODES = List.of("A", "B", "C");

    @Test
    void customWantsNothing() {
        assertThat(PatternWiring.connections(TopologyPattern.CUSTOM, Optional.empty(), NODES))
                .isEmpty();
    }

    @Test
    void hubAndSpokeGoesBothWaysWithTheHub() {
        assertThat(PatternWiring.connections(TopologyPattern.HUB_AND_SPOKE, Optional.of("b"), NODES))
                .containsExactly(
                        new WantedConnection("B", "A", SyncMode.BIDIRECTIONAL),
                        new WantedConnection("B", "C", SyncMode.BIDIRECTIONAL));
    }

    @Test
    void theNodesOfAStarOnlyReadFromTheHub() {
        assertThat(PatternWiring.connections(TopologyPattern.STAR, Optional.of("A"), NODES))
                .containsExactly(
                        new WantedConnection("A", "B", SyncMode.READ_ONLY),
                        new WantedConnection("A", "C", SyncMode.READ_ONLY));
    }

    @Test
    void aHubThatIsNotThereYetConnectsNobody() {
        assertThat(PatternWiring.connections(TopologyPattern.STAR, Optional.of("Z"), NODES))
                .isEmpty();
        assertThat(PatternWiring.connections(TopologyPattern.STAR, Optional.empty(), NODES))
                .isEmpty();
    }

    @Test
    void aMeshHasEachPairOnce() {
        assertThat(PatternWiring.connections(TopologyPattern.MESH, Optional.empty(), NODES))
                .containsExactly(
                        new WantedConnection("A", "B", SyncMode.BIDIRECTIONAL),
                        new WantedConnection("A", "C", SyncMode.BIDIRECTIONAL),
                        new WantedConnection("B", "C", SyncMode.BIDIRECTIONAL));
    }

    @Test
    void aConnectionThatFlowsAsWantedStaysAsItIs() {
        Topology hub = PatternWiring.rewired(topology(TopologyPattern.HUB_AND_SPOKE, "A"));
        Topology paused = hub.withPaused(true, connection -> connection.touches("B"));

        Topology mesh = PatternWiring.rewired(paused.withPattern(TopologyPattern.MESH, Optional.empty()));

        assertThat(mesh.connections()).containsAll(paused.connections()).hasSize(3);
    }

    @Test
    void aPairThatTurnsAroundKeepsItsPause() {
        Topology star = PatternWiring.rewired(topology(TopologyPattern.STAR, "A"))
                .withPaused(true, connection -> connection.touches("B"));

        Topology turned = PatternWiring.rewired(star.withPattern(TopologyPattern.STAR, Optional.of("B")));

        assertThat(turned.connection("A", "B"))
                .contains(new ConnectionEntry("T", "B", "A", SyncMode.READ_ONLY, 5, 0, true, true));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void rewiringGivesThePatternAndKeepsWhatWasMadeByHand(long seed) {
        Random random = new Random(seed);
        Topology before = random(random);

        Topology after = PatternWiring.rewired(before);

        Set<WantedConnection> wanted = PatternWiring.connections(
                after.entry().pattern(),
                after.entry().hub(),
                after.nodes().stream().map(NodeEntry::node).toList());
        assertThat(after.connections())
                .as("seed %d", seed)
                .filteredOn(connection -> !connection.derived())
                .containsExactlyElementsOf(before.connections().stream()
                        .filter(made -> !made.derived())
                        .toList());
        assertThat(wanted)
                .as("seed %d", seed)
                .allMatch(one -> after.connection(one.source(), one.target()).isPresent());
        assertThat(after.connections())
                .as("seed %d", seed)
                .filteredOn(ConnectionEntry::derived)
                .allMatch(derived -> wanted.stream().anyMatch(one -> flows(derived, one)));
        assertThat(after.connections())
                .as("seed %d", seed)
                .allMatch(one -> after.connections().stream()
                                .filter(other -> other.joins(one.source(), one.target()))
                                .count()
                        == 1);
        assertThat(PatternWiring.rewired(after)).as("seed %d", seed).isEqualTo(after);
    }

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    private static boolean flows(ConnectionEntry derived, WantedConnection wanted) {
        return derived.flowsLike(new ConnectionEntry(
                derived.topology(), wanted.source(), wanted.target(), wanted.mode(), 5, 0, false, true));
    }

    private static Topology random(Random random) {
        List<String> names = new ArrayList<>();
        for (int i = random.nextInt(8); i >= 0; i--) {
            names.add("N" + i);
        }
        Topology topology =
                topology(names, any(random, TopologyPattern.values()), names.get(random.nextInt(names.size())));
        for (int i = random.nextInt(6); i > 0; i--) {
            String source = names.get(random.nextInt(names.size()));
            String target = names.get(random.nextInt(names.size()));
            SyncMode mode = any(random, SyncMode.values());
            if (!source.equals(target) && topology.connection(source, target).isEmpty()) {
                topology = topology.withConnection(new ConnectionEntry(
                        "T", source, target, mode, 5, 0, random.nextBoolean(), random.nextBoolean()));
            }
        }
        return topology;
    }

    private static <T> T any(Random random, T[] choices) {
        return List.of(choices).get(random.nextInt(choices.length));
    }

    private static Topology topology(TopologyPattern pattern, String hub) {
        return topology(NODES, pattern, hub);
    }

    static Topology topology(List<String> nodes, TopologyPattern pattern, String hub) {
        Topology topology = Topology.create(
                new TopologyEntry("T", pattern, Topology.needsHub(pattern) ? Optional.of(hub) : Optional.empty()));
        for (String node : nodes) {
            topology = topology.withNode(new NodeEntry(
                    "T", node, new NodeId(1, topology.nodes().size()), Role.CLIENT, "jdbc:blaze:" + node));
        }
        return topology;
    }
}
