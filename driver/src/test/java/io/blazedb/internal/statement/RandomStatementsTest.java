package io.blazedb.internal.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.SqlState;
import io.blazedb.internal.catalog.ConnectionEntry;
import io.blazedb.internal.catalog.NodeEntry;
import io.blazedb.internal.catalog.Topology;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever statements run where, failures of the engine and absent databases included. */
class RandomStatementsTest {
    private static final int DATABASES = 4;
    private static final int STATEMENTS = 25;
    private static final List<String> PATTERNS =
            List.of("MESH", "CUSTOM", "HUB AND SPOKE HUB N0", "STAR HUB N1", "STAR");

    private final List<TestDatabase> databases = new ArrayList<>();
    private Random random = new Random(0);

    @ParameterizedTest
    @MethodSource("seeds")
    void allThatAreThereAgreeAfterEveryStatement(long seed) throws SQLException {
        random = new Random(seed);
        try (Machine machine = new Machine()) {
            for (int i = 0; i < DATABASES; i++) {
                databases.add(machine.create("n" + i));
            }
            for (int i = 0; i < STATEMENTS; i++) {
                step("seed " + seed + ", statement " + i);
            }
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    private void step(String place) throws SQLException {
        TestDatabase here = databases.get(random.nextInt(DATABASES));
        TestDatabase hindered = databases.get(random.nextInt(DATABASES));
        boolean away = random.nextInt(5) == 0 && !hindered.equals(here);
        boolean failing = !away && random.nextInt(5) == 0;
        if (away) {
            hindered.goAway();
        }
        hindered.linksFail = failing ? Optional.of(SqlState.STORAGE.error("no threads left")) : Optional.empty();
        String sql = statement();
        List<List<Topology>> before = known();
        boolean failed = !runs(here, sql);
        hindered.comeBack();
        hindered.linksFail = Optional.empty();

        String description = place + ": " + sql + " at " + here.location() + (failed ? " failed" : "");
        if (failed) {
            assertThat(known()).as(description).isEqualTo(before);
        }
        for (TestDatabase database : databases) {
            assertThat(database.peersOpen).as(description).isZero();
        }
        if (!failed && !away) {
            everyNodeKnowsWhat(here, description);
        }
        linksFollowTheCatalogue(description);
    }

    private static boolean runs(TestDatabase here, String sql) {
        try {
            here.execute(sql);
            return true;
        } catch (SQLException e) {
            assertThat(e.getSQLState()).as(sql + ": " + e).startsWith("ZB");
            return false;
        }
    }

    private String statement() {
        String peer = "'jdbc:blaze:mem:n" + random.nextInt(DATABASES) + "'";
        String node = "N" + random.nextInt(DATABASES);
        String other = "N" + random.nextInt(DATABASES);
        return switch (random.nextInt(10)) {
            case 0, 1 -> "CONNECT TO " + peer;
            case 2 -> "CONNECT " + node + " TO " + other + " MODE READ ONLY";
            case 3 -> "DISCONNECT " + node + " FROM " + other;
            case 4 -> "DISCONNECT FROM " + peer;
            case 5 -> "ALTER TOPOLOGY MAIN ADD NODE " + node + " AT " + peer;
            case 6 -> "ALTER TOPOLOGY MAIN DROP NODE " + node;
            case 7 -> "ALTER TOPOLOGY MAIN SET PATTERN " + PATTERNS.get(random.nextInt(PATTERNS.size()));
            case 8 -> random.nextBoolean() ? "PAUSE SYNC" : "RESUME SYNC";
            default -> random.nextInt(4) == 0 ? "DROP TOPOLOGY MAIN" : "CREATE TOPOLOGY MAIN";
        };
    }

    private List<List<Topology>> known() throws SQLException {
        List<List<Topology>> all = new ArrayList<>();
        for (TestDatabase database : databases) {
            all.add(database.catalog().topologies());
        }
        return all;
    }

    private void everyNodeKnowsWhat(TestDatabase here, String description) throws SQLException {
        for (Topology topology : here.catalog().topologies()) {
            if (topology.node(here.id()).isPresent()) {
                for (NodeEntry node : topology.nodes()) {
                    assertThat(database(node).catalog().topologies())
                            .as(description)
                            .containsExactly(topology);
                }
            }
        }
    }

    private TestDatabase database(NodeEntry node) {
        return databases.stream()
                .filter(database -> database.id().equals(node.nodeId()))
                .findFirst()
                .orElseThrow();
    }

    private void linksFollowTheCatalogue(String description) throws SQLException {
        for (TestDatabase database : databases) {
            List<String> followed = List.copyOf(database.wantedLinks);
            database.catalogChanged();
            assertThat(followed).as(description + "; " + database.location()).isEqualTo(database.wantedLinks);
            for (ConnectionEntry connection : database.catalog().connections()) {
                assertThat(connection.source()).as(description).isNotEqualTo(connection.target());
            }
        }
    }
}
