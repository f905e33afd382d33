package io.blazedb.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.sql.TopologyPattern;
import io.blazedb.sync.NodeId;
import io.blazedb.sync.Role;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TopologyTest {
    private static final Topology EMPTY =
            Topology.create(new TopologyEntry("T", TopologyPattern.CUSTOM, Optional.empty()));
    static final Topology PAIR =
            EMPTY.withNode(node("A", 1)).withNode(node("B", 2)).withConnection(connection("A", "B"));

    @Test
    void theLaterVersionWins() {
        Topology later = PAIR.withoutNode("B").next();

        assertThat(PAIR.mergedWith(later)).isEqualTo(later);
        assertThat(later.mergedWith(PAIR)).isEqualTo(later);
    }

    @Test
    void whatWasChangedApartIsJoined() {
        Topology here = PAIR.withNode(node("C", 3)).next();
        Topology there =
                PAIR.withNode(node("D", 4)).withConnection(connection("A", "D")).next();

        Topology joined = here.mergedWith(there);

        assertThat(joined.nodes()).extracting(NodeEntry::node).containsExactly("A", "B", "C", "D");
        assertThat(joined.connections()).containsExactly(connection("A", "B"), connection("A", "D"));
        assertThat(joined.version()).isEqualTo(2);
    }

    @Test
    void aNodeOfTheOtherThatHasATakenNameGetsANumber() {
        Topology other = Topology.create(new TopologyEntry("t", TopologyPattern.CUSTOM, Optional.empty()))
                .withNode(node("a", 7))
                .withNode(node("X", 8))
                .withConnection(connection("a", "X"));

        Topology joined = PAIR.mergedWith(other);

        assertThat(joined.nodes()).extracting(NodeEntry::node).containsExactly("A", "B", "a_2", "X");
        assertThat(joined.connection("a_2", "x")).contains(connection("a_2", "X"));
    }

    @Test
    void nothingKnownGivesWayToSomething() {
        Topology other = Topology.create(new TopologyEntry("T", TopologyPattern.MESH, Optional.empty()))
                .withNode(node("X", 8));

        assertThat(EMPTY.mergedWith(other)).isEqualTo(other);
        assertThat(other.mergedWith(EMPTY)).isEqualTo(other);
    }

    @Test
    void theFirstNodeBecomesTheHubThatIsMissing() {
        Topology star = EMPTY.withPattern(TopologyPattern.STAR, Optional.empty())
                .withNode(node("A", 1))
                .withNode(node("B", 2));

        assertThat(star.entry().hub()).contains("A");
        assertThat(star.withoutNode("a").entry().hub()).isEmpty();
    }

    @Test
    void connectionsFlowAlikeWhicheverEndConnected() {
        ConnectionEntry read = entry("A", "B", SyncMode.READ_ONLY);

        assertThat(read.flowsLike(entry("b", "a", SyncMode.WRITE_ONLY))).isTrue();
        assertThat(read.flowsLike(entry("b", "a", SyncMode.READ_ONLY))).isFalse();
        assertThat(read.flowsLike(entry("A", "B", SyncMode.BIDIRECTIONAL))).isFalse();
        assertThat(entry("A", "B", SyncMode.BIDIRECTIONAL).flowsLike(entry("B", "A", SyncMode.BIDIRECTIONAL)))
                .isTrue();
    }

    static NodeEntry node(String name, int number) {
        return new NodeEntry("T", name, new NodeId(0, number), Role.CLIENT, "jdbc:blaze:mem:" + number);
    }

    static ConnectionEntry connection(String source, String target) {
        return entry(source, target, SyncMode.BIDIRECTIONAL);
    }

    private static ConnectionEntry entry(String source, String target, SyncMode mode) {
        return new ConnectionEntry("T", source, target, mode, 5, 0, false, false);
    }
}
