package io.blazedb.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.internal.capture.H2Engine;
import io.blazedb.sql.TopologyPattern;
import io.blazedb.sync.NodeId;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.h2.engine.SessionLocal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogTest {
    private static final Topology PAIR = Topology.create(
                    new TopologyEntry("T", TopologyPattern.HUB_AND_SPOKE, Optional.of("B")))
            .withNode(TopologyTest.node("B", 1))
            .withNode(TopologyTest.node("A", 2))
            .withConnection(TopologyTest.connection("B", "A"));

    private final List<Connection> open = new ArrayList<>();

    @AfterEach
    void closeConnections() throws SQLException {
        for (Connection connection : open) {
            connection.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE",
                ";DATABASE_TO_LOWER=TRUE",
                ";DATABASE_TO_UPPER=FALSE",
                ";MODE=Oracle",
                ";MODE=MySQL",
                ";MODE=PostgreSQL",
                ";MODE=MSSQLServer",
                ";MODE=DB2",
                ";MODE=STRICT",
                ";MODE=LEGACY",
            })
    void whatIsStoredIsReadInEveryModeOfH2(String settings) throws SQLException {
        Connection connection = connect(settings);

        new Catalog(connection).store(PAIR);

        assertThat(new Catalog(connection).topologies()).containsExactly(PAIR);
    }

    @Test
    void theSessionOfTheEngineMayDoItAll() throws SQLException {
        Connection application = connect("");
        H2Engine engine = H2Engine.of(application);
        SessionLocal session = engine.openSystemSession();

        new Catalog(engine.connectionOf(session)).store(PAIR);

        assertThat(new Catalog(engine.connectionOf(session)).topologies()).containsExactly(PAIR);
        session.close();
        assertThat(count(application, "BLAZE.BZ_NODE")).isEqualTo(2);
    }

    @Test
    void readingMakesNoSchema() throws SQLException {
        Connection connection = connect("");
        Catalog catalog = new Catalog(connection);

        assertThat(catalog.nodes()).isEmpty();
        assertThat(catalog.conflictsOpen()).isZero();

        assertThat(count(connection, "INFORMATION_SCHEMA.SCHEMATA WHERE SCHEMA_NAME = 'BLAZE'"))
                .isZero();
    }

    @Test
    void makingTheSchemaAgainCompletesIt() throws SQLException {
        Connection connection = connect("");
        Catalog.create(connection);
        new Catalog(connection).store(PAIR);
        try (var statement = connection.createStatement()) {
            statement.execute("DROP VIEW BLAZE.PARKED");
        }

        Catalog.create(connection);

        assertThat(count(connection, "INFORMATION_SCHEMA.VIEWS WHERE TABLE_SCHEMA = 'BLAZE'"))
                .isEqualTo(8);
        assertThat(new Catalog(connection).connections()).isEqualTo(PAIR.connections());
    }

    @Test
    void storingReplacesTheTopologyOfThisNameInAnyCase() throws SQLException {
        Catalog catalog = new Catalog(connect(""));
        catalog.store(PAIR);
        Topology renamed = new Topology(
                PAIR.id(),
                7,
                new TopologyEntry("t", TopologyPattern.CUSTOM, Optional.empty()),
                List.of(),
                List.of(),
                new Slots(List.of(new Slots.Claim(3, new NodeId(0, 1)))));

        catalog.store(renamed);

        assertThat(catalog.topologies()).containsExactly(renamed);
    }

    @Test
    void aWriteThatFailsLeavesWhatWasThere() throws SQLException {
        Catalog catalog = new Catalog(connect(""));
        catalog.store(PAIR);
        Topology broken = PAIR.withConnection(TopologyTest.connection("A", "NOBODY"));

        assertThatThrownBy(() -> catalog.store(broken)).isInstanceOf(SQLException.class);

        assertThat(catalog.topologies()).containsExactly(PAIR);
    }

    @Test
    void everyWriteIsGuarded() throws SQLException {
        List<String> calls = new ArrayList<>();
        Catalog catalog = new Catalog(connect(""), new WriteGuard() {
            @Override
            public void before() {
                calls.add("before");
            }

            @Override
            public void after() {
                calls.add("after");
            }
        });

        catalog.store(PAIR);
        catalog.remove("t");
        assertThatThrownBy(() -> catalog.store(PAIR.withConnection(TopologyTest.connection("A", "NOBODY"))))
                .isInstanceOf(SQLException.class);

        assertThat(calls).containsExactly("before", "after", "before", "after", "before", "after");
    }

    @Test
    void adoptingTellsWhetherThereWasNews() throws SQLException {
        Catalog catalog = new Catalog(connect(""));

        assertThat(catalog.adopt(PAIR)).isTrue();
        assertThat(catalog.adopt(PAIR)).isFalse();
        assertThat(catalog.adopt(PAIR.withoutNode("A").next())).isTrue();
        assertThat(catalog.adopt(PAIR)).isFalse();

        assertThat(catalog.nodes()).extracting(NodeEntry::node).containsExactly("B");
    }

    private Connection connect(String settings) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:h2:mem:" + UUID.randomUUID() + settings, "sa", "");
        open.add(connection);
        return connection;
    }

    private static int count(Connection connection, String from) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT COUNT(*) FROM " + from)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
