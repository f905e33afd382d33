package io.blazedb.internal.statement;

import static io.blazedb.internal.statement.ConnectTest.failsWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.SqlState;
import io.blazedb.internal.jdbc.StatementOutcome;
import io.blazedb.internal.node.Credentials;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TopologyStatementsTest {
    private final Machine machine = new Machine();
    private final TestDatabase a = machine.create("a");
    private final TestDatabase b = machine.create("b");
    private final TestDatabase c = machine.create("c");

    @AfterEach
    void everyDatabaseWasLetGo() {
        assertThat(a.peersOpen + b.peersOpen + c.peersOpen).isZero();
        machine.close();
    }

    @Test
    void hubAndSpokeConnectsEachNodeWithTheHub() throws SQLException {
        withNodes("PATTERN HUB AND SPOKE HUB a");

        assertThat(a.wantedLinks).containsExactly("A>B BIDIRECTIONAL", "A>C BIDIRECTIONAL");
        assertThat(b.wantedLinks).containsExactly("A>B BIDIRECTIONAL");
        assertThat(c.wantedLinks).containsExactly("A>C BIDIRECTIONAL");
        assertEverybodyKnowsTheSame();
    }

    @Test
    void theFirstNodeIsTheHubWhenNoneIsNamed() throws SQLException {
        withNodes("PATTERN STAR");

        assertThat(c.wantedLinks).containsExactly("A>C READ ONLY");
    }

    @Test
    void aNewPatternRewiresWhatRuns() throws SQLException {
        withNodes("PATTERN STAR HUB a");

        b.execute("ALTER TOPOLOGY t SET PATTERN MESH");
        List<String> mesh = List.copyOf(c.wantedLinks);
        c.execute("ALTER TOPOLOGY t SET PATTERN HUB AND SPOKE HUB c");
        List<String> hub = List.copyOf(c.wantedLinks);
        a.execute("ALTER TOPOLOGY t SET PATTERN CUSTOM");

        assertThat(mesh).containsExactlyInAnyOrder("A>C BIDIRECTIONAL", "B>C BIDIRECTIONAL");
        assertThat(hub).containsExactlyInAnyOrder("A>C BIDIRECTIONAL", "B>C BIDIRECTIONAL");
        assertThat(c.wantedLinks).isEmpty();
        assertEverybodyKnowsTheSame();
    }

    @Test
    void aConnectionMadeByHandOutlivesThePattern() throws SQLException {
        withNodes("PATTERN STAR HUB a");
        a.execute("CONNECT b TO c");

        a.execute("ALTER TOPOLOGY t SET PATTERN MESH");
        a.execute("ALTER TOPOLOGY t SET PATTERN CUSTOM");

        assertThat(c.wantedLinks).containsExactly("B>C BIDIRECTIONAL");
        assertThat(a.wantedLinks).isEmpty();
    }

    @Test
    void aDeadHubIsReplacedAndLearnsOfItLater() throws SQLException {
        withNodes("PATTERN HUB AND SPOKE HUB a");
        b.remember(c.location(), TestDatabase.ADMIN);
        a.goAway();

        StatementOutcome outcome = b.execute("ALTER TOPOLOGY t SET PATTERN HUB AND SPOKE HUB b");

        assertThat(Objects.requireNonNull(outcome.warning()).getMessage()).contains("could not be told: A (");
        assertThat(c.wantedLinks).containsExactly("B>C BIDIRECTIONAL");
        a.comeBack();
        assertThat(a.catalog().adopt(b.topology("T"))).isTrue();
        a.catalogChanged();
        assertThat(a.wantedLinks).containsExactly("A>B BIDIRECTIONAL");
        assertEverybodyKnowsTheSame();
    }

    @Test
    void aStatementHealsWhatADatabaseMissed() throws SQLException {
        withNodes("PATTERN MESH");
        c.goAway();
        a.execute("PAUSE SYNC WITH b");
        c.comeBack();

        c.execute("ALTER TOPOLOGY t DROP NODE c");

        assertThat(a.wantedLinks).containsExactly("A>B BIDIRECTIONAL paused");
        assertThat(b.topology("T")).isEqualTo(a.topology("T"));
        assertThat(c.catalog().topologies()).isEmpty();
        assertThat(c.wantedLinks).isEmpty();
    }

    @Test
    void rolesAreKeptForLife() throws SQLException {
        a.execute("CREATE TOPOLOGY t");
        a.execute("ALTER TOPOLOGY t ADD NODE b AT 'jdbc:blaze:mem:b' ROLE SERVER");
        a.execute("CREATE TOPOLOGY u");

        failsWith(SqlState.NODE, () -> a.execute("ALTER TOPOLOGY u ADD NODE b AT 'jdbc:blaze:mem:b'"))
                .hasMessageContaining("has the role SERVER in topology T");
        a.execute("CONNECT TO 'jdbc:blaze:mem:b' IN TOPOLOGY u");

        assertThat(b.rows("SELECT TOPOLOGY, NODE, ROLE FROM BLAZE.NODES ORDER BY 1, 2"))
                .containsExactly("T,B,SERVER", "U,A,CLIENT", "U,B,SERVER");
    }

    @Test
    void credentialsOfANodeAreRememberedAtItsPeers() throws SQLException {
        a.execute("CREATE TOPOLOGY t PATTERN MESH");
        a.execute("ALTER TOPOLOGY t ADD NODE a CURRENT DATABASE");

        a.execute("ALTER TOPOLOGY t ADD NODE b AT ? USER ? PASSWORD ?", b.location(), "sa", "secret");

        assertThat(a.rememberedFor(b)).contains(TestDatabase.ADMIN);
        assertThat(b.rememberedFor(a)).contains(TestDatabase.ADMIN);
    }

    @Test
    void aNodeIsConnectedLaterWithTheCredentialsThatItWasAddedWith() throws SQLException {
        b.accepted = Credentials.of("boss", "other".toCharArray());
        a.execute("CREATE TOPOLOGY t");
        a.execute("ALTER TOPOLOGY t ADD NODE a CURRENT DATABASE");
        a.execute("ALTER TOPOLOGY t ADD NODE b AT 'jdbc:blaze:mem:b' USER 'boss' PASSWORD 'other'");

        a.execute("CONNECT a TO b");

        assertThat(b.wantedLinks).containsExactly("A>B BIDIRECTIONAL");
        assertThat(a.rememberedFor(b)).contains(b.accepted);
        assertThat(b.rememberedFor(a)).contains(TestDatabase.ADMIN);
    }

    @Test
    void aTopologyOfTheSameNameElsewhereIsLeftAlone() throws SQLException {
        b.execute("CONNECT TO 'jdbc:blaze:mem:c'");
        a.execute("CREATE TOPOLOGY main");

        failsWith(SqlState.CONNECTION, () -> a.execute("DISCONNECT FROM 'jdbc:blaze:mem:b'"));
        a.execute("ALTER TOPOLOGY main SET PATTERN MESH");

        assertThat(b.wantedLinks).containsExactly("B>C BIDIRECTIONAL");
        failsWith(SqlState.TOPOLOGY, () -> a.execute("ALTER TOPOLOGY main SET PATTERN MESH HUB x"));
    }

    @Test
    void aPatternDoesNotSwallowWhatGrewApart() throws SQLException {
        withNodes("PATTERN MESH");
        TestDatabase d = machine.create("d");
        d.execute("CREATE TOPOLOGY t");
        d.execute("ALTER TOPOLOGY t ADD NODE d CURRENT DATABASE");

        failsWith(SqlState.TOPOLOGY, () -> d.execute("CONNECT TO 'jdbc:blaze:mem:b' IN TOPOLOGY t"))
                .hasMessageContaining("only two of the pattern CUSTOM can become one");

        assertThat(d.topology("T").nodes()).hasSize(1);
        assertEverybodyKnowsTheSame();
    }

    @Test
    void whatExistsOrIsUnknownIsSaid() throws SQLException {
        withNodes("PATTERN STAR HUB a");

        failsWith(SqlState.TOPOLOGY, () -> a.execute("CREATE TOPOLOGY t"));
        a.execute("CREATE TOPOLOGY IF NOT EXISTS t");
        failsWith(SqlState.TOPOLOGY, () -> a.execute("DROP TOPOLOGY tt")).hasMessageContaining("nearest name is T");
        a.execute("DROP TOPOLOGY IF EXISTS tt");
        failsWith(SqlState.NODE, () -> a.execute("ALTER TOPOLOGY t ADD NODE B CURRENT DATABASE"));
        failsWith(SqlState.NODE, () -> a.execute("ALTER TOPOLOGY t ADD NODE again CURRENT DATABASE"))
                .hasMessageContaining("is node A of topology T already");
        failsWith(SqlState.NODE, () -> a.execute("ALTER TOPOLOGY t DROP NODE a"))
                .hasMessageContaining("is the hub");
        failsWith(SqlState.NODE, () -> a.execute("ALTER TOPOLOGY t SET PATTERN STAR HUB q"));
        failsWith(SqlState.TOPOLOGY, () -> a.execute("ALTER TOPOLOGY t SET PATTERN MESH HUB a"))
                .hasMessageContaining("MESH has no hub");
        failsWith(SqlState.CONNECTION, () -> a.execute("DISCONNECT FROM b"))
                .hasMessageContaining("made by the pattern STAR");
        failsWith(SqlState.CONNECTION, () -> a.execute("DISCONNECT b FROM c"))
                .hasMessage("B and C are not connected, expected a connection between them.");
        assertEverybodyKnowsTheSame();
    }

    @Test
    void droppingANodeTakesItsConnectionsAlong() throws SQLException {
        withNodes("PATTERN MESH");

        a.execute("ALTER TOPOLOGY t DROP NODE b");

        assertThat(a.wantedLinks).containsExactly("A>C BIDIRECTIONAL");
        assertThat(b.wantedLinks).isEmpty();
        assertThat(b.catalog().topologies()).isEmpty();
    }

    @Test
    void droppingATopologyIsForEverybody() throws SQLException {
        withNodes("PATTERN MESH");

        c.execute("DROP TOPOLOGY t");

        assertThat(a.catalog().topologies()).isEmpty();
        assertThat(b.wantedLinks).isEmpty();
    }

    @Test
    void disconnectLeavesTheNodes() throws SQLException {
        a.execute("CONNECT TO 'jdbc:blaze:mem:b'");

        b.execute("DISCONNECT FROM 'jdbc:blaze:mem:a'");

        assertThat(a.wantedLinks).isEmpty();
        assertThat(b.wantedLinks).isEmpty();
        assertThat(a.topology("MAIN").nodes()).hasSize(2);
    }

    @Test
    void aPauseHoldsAtBothEndsUntilItIsEnded() throws SQLException {
        withNodes("PATTERN HUB AND SPOKE HUB a");

        a.execute("PAUSE SYNC WITH b");
        List<String> paused = List.copyOf(b.wantedLinks);
        b.execute("RESUME SYNC");

        assertThat(paused).containsExactly("A>B BIDIRECTIONAL paused");
        assertThat(a.wantedLinks).containsExactly("A>B BIDIRECTIONAL", "A>C BIDIRECTIONAL");
        failsWith(SqlState.NODE, () -> b.execute("PAUSE SYNC WITH c"))
                .hasMessageContaining("has no connection with this database");
    }

    @Test
    void withoutAConnectionNothingIsPausedAndNoNodeIsKnown() throws SQLException {
        a.execute("PAUSE SYNC");
        a.execute("RESUME SYNC");
        a.execute("SYNC");

        failsWith(SqlState.NODE, () -> a.execute("SYNC WITH b")).hasMessageEndingWith("and there is none yet.");
        assertThat(a.catalog().topologies()).isEmpty();
    }

    @Test
    void syncPassesNodeAndTimeAndWarnsOfPausedNodes() throws SQLException {
        withNodes("PATTERN MESH");
        a.pausedPeers = List.of("C");

        StatementOutcome outcome = a.execute("SYNC");
        a.execute("SYNC WITH \"b\" TIMEOUT ?", 7);

        assertThat(a.syncCalls).containsExactly("all 30", "B 7");
        assertThat(Objects.requireNonNull(outcome.warning()).getMessage())
                .isEqualTo("SYNC did not wait for C: paused. Remedy: RESUME SYNC.");
        failsWith(SqlState.NODE, () -> a.execute("SYNC WITH bb")).hasMessageContaining("nearest name is B");
        failsWith(SqlState.SYNTAX, () -> a.execute("SYNC TIMEOUT 999999999"));
    }

    @Test
    void aFailureOfOneOfManyLeavesAllAsTheyWere() throws SQLException {
        withNodes("PATTERN STAR HUB a");
        List<String> before = List.copyOf(b.wantedLinks);
        c.linksFail = Optional.of(SqlState.STORAGE.error("no threads left"));

        failsWith(SqlState.STORAGE, () -> a.execute("ALTER TOPOLOGY t SET PATTERN MESH"));

        assertThat(b.wantedLinks).isEqualTo(before);
        assertEverybodyKnowsTheSame();
        assertThat(a.topology("T").entry().pattern().words()).isEqualTo("STAR");
    }

    @Test
    void aCatalogueThatCannotBeWrittenLeavesTheOthersAsTheyWere() throws SQLException {
        withNodes("PATTERN STAR HUB a");
        c.h2("ALTER TABLE BLAZE.BZ_TOPOLOGY ADD CONSTRAINT NO_SPACE CHECK (VERSION < 5)");
        long version = a.topology("T").version();
        assertThat(version).isEqualTo(4);

        assertThatThrownBy(() -> a.execute("ALTER TOPOLOGY t SET PATTERN MESH"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("NO_SPACE");

        assertThat(a.topology("T").version()).isEqualTo(version);
        assertThat(a.wantedLinks).containsExactly("A>B READ ONLY", "A>C READ ONLY");
        assertEverybodyKnowsTheSame();
    }

    private void withNodes(String pattern) throws SQLException {
        a.execute("CREATE TOPOLOGY t " + pattern);
        a.execute("ALTER TOPOLOGY t ADD NODE a CURRENT DATABASE");
        a.execute("ALTER TOPOLOGY t ADD NODE b AT 'jdbc:blaze:mem:b'");
        a.execute("ALTER TOPOLOGY t ADD NODE c AT 'jdbc:blaze:mem:c'");
    }

    private void assertEverybodyKnowsTheSame() throws SQLException {
        assertThat(b.topology("T")).isEqualTo(a.topology("T"));
        assertThat(c.topology("T")).isEqualTo(a.topology("T"));
    }
}
