package io.blazedb.internal.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.SqlState;
import io.blazedb.internal.node.Credentials;
import io.blazedb.internal.node.SyncActions;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectTest {
    private final Machine machine = new Machine();
    private final TestDatabase bugs = machine.create("bugs");
    private final TestDatabase users = machine.create("users");

    @AfterEach
    void everyDatabaseWasLetGo() {
        assertThat(bugs.peersOpen + users.peersOpen).isZero();
        machine.close();
    }

    @Test
    void oneStatementIsEnough() throws SQLException {
        bugs.execute("CONNECT TO 'jdbc:blaze:mem:users'");

        assertThat(bugs.topology("main")).isEqualTo(users.topology("MAIN"));
        assertThat(bugs.rows("SELECT TOPOLOGY, NODE, ROLE, LOCATION FROM BLAZE.NODES"))
                .containsExactly("MAIN,BUGS,CLIENT,jdbc:blaze:mem:bugs", "MAIN,USERS,CLIENT,jdbc:blaze:mem:users");
        assertThat(bugs.wantedLinks).containsExactly("BUGS>USERS BIDIRECTIONAL");
        assertThat(users.wantedLinks).containsExactly("BUGS>USERS BIDIRECTIONAL");
    }

    @Test
    void aDatabaseThatDoesNotExistIsCreated() throws SQLException {
        bugs.execute("CONNECT TO ?", "jdbc:blaze:mem:fresh");

        assertThat(machine.at("jdbc:blaze:mem:fresh;IFEXISTS=TRUE").orElseThrow().wantedLinks)
                .containsExactly("BUGS>FRESH BIDIRECTIONAL");
    }

    @Test
    void bothEndsRememberHowToSignIn() throws SQLException {
        bugs.execute("CONNECT TO 'jdbc:blaze:mem:users' WITH (USER 'sa', PASSWORD 'secret')");

        assertThat(bugs.rememberedFor(users)).contains(TestDatabase.ADMIN);
        assertThat(users.rememberedFor(bugs)).contains(TestDatabase.ADMIN);
    }

    @Test
    void modesAndOptionsAreKept() throws SQLException {
        bugs.execute("CONNECT TO 'jdbc:blaze:mem:users' MODE READ ONLY WITH (INTERVAL 7, MAX BACKLOG 500)");

        assertThat(users.rows("SELECT SOURCE, TARGET, MODE, INTERVAL_SECONDS, MAX_BACKLOG, PAUSED, DERIVED"
                        + " FROM BLAZE.BZ_CONNECTION"))
                .containsExactly("BUGS,USERS,READ_ONLY,7,500,FALSE,FALSE");
    }

    @Test
    void nodesOfOneNameGetANumber() throws SQLException {
        bugs.execute("CREATE TOPOLOGY main");
        bugs.execute("ALTER TOPOLOGY main ADD NODE users CURRENT DATABASE");

        bugs.execute("CONNECT TO 'jdbc:blaze:mem:users'");

        assertThat(users.wantedLinks).containsExactly("USERS>USERS_2 BIDIRECTIONAL");
    }

    @Test
    void aNodeIsMeantWithoutRegardToCase() throws SQLException {
        bugs.execute("CONNECT TO 'jdbc:blaze:mem:users'");
        bugs.execute("DISCONNECT FROM \"users\"");

        bugs.execute("CONNECT \"Users\" TO bugs MODE WRITE ONLY");

        assertThat(bugs.wantedLinks).containsExactly("USERS>BUGS WRITE ONLY");
    }

    @Test
    void aSecondConnectionOfAPairIsRefusedEitherWay() throws SQLException {
        bugs.execute("CONNECT TO 'jdbc:blaze:mem:users'");

        failsWith(SqlState.CONNECTION, () -> bugs.execute("CONNECT TO 'jdbc:blaze:mem:users'"))
                .hasMessageContaining("BUGS TO USERS, MODE BIDIRECTIONAL");
        failsWith(SqlState.CONNECTION, () -> users.execute("CONNECT TO bugs"));
    }

    @Test
    void aTopologyMayBeJoinedFromANewDatabase() throws SQLException {
        bugs.execute("CREATE TOPOLOGY team PATTERN MESH");
        bugs.execute("ALTER TOPOLOGY team ADD NODE hq CURRENT DATABASE");
        bugs.execute("ALTER TOPOLOGY team ADD NODE b AT 'jdbc:blaze:mem:users'");
        TestDatabase third = machine.create("third");

        third.execute("CONNECT TO 'jdbc:blaze:mem:users' IN TOPOLOGY team");

        assertThat(third.wantedLinks).containsExactlyInAnyOrder("THIRD>B BIDIRECTIONAL", "HQ>THIRD BIDIRECTIONAL");
        assertThat(bugs.wantedLinks).containsExactlyInAnyOrder("HQ>B BIDIRECTIONAL", "HQ>THIRD BIDIRECTIONAL");
    }

    @Test
    void topologiesThatGrewApartBecomeOne() throws SQLException {
        TestDatabase other = machine.create("other");
        bugs.execute("CONNECT TO 'jdbc:blaze:mem:users'");
        other.execute("CONNECT TO 'jdbc:blaze:mem:fourth'");

        bugs.execute("CONNECT TO 'jdbc:blaze:mem:other'");

        assertThat(users.topology("MAIN")).isEqualTo(other.topology("MAIN"));
        assertThat(other.wantedLinks)
                .containsExactlyInAnyOrder("OTHER>FOURTH BIDIRECTIONAL", "BUGS>OTHER BIDIRECTIONAL");
        assertThat(users.wantedLinks).containsExactly("BUGS>USERS BIDIRECTIONAL");
    }

    @Test
    void unknownNamesAreErrorsWithTheNearestName() throws SQLException {
        bugs.execute("CONNECT TO 'jdbc:blaze:mem:users'");

        failsWith(SqlState.NODE, () -> bugs.execute("CONNECT TO usres"))
                .hasMessage("Unknown node USRES at line 1, column 12, expected one that exists; the nearest name is"
                        + " USERS.");
        failsWith(SqlState.TOPOLOGY, () -> bugs.execute("CONNECT TO 'jdbc:blaze:mem:x' IN TOPOLOGY mian"))
                .hasMessageContaining("the nearest name is MAIN");
        failsWith(SqlState.POLICY, () -> bugs.execute("CONNECT TO 'jdbc:blaze:mem:x' POLICY p"))
                .hasMessageContaining("Unknown policy P");
    }

    @Test
    void whatIsForHubsIsRefused() {
        failsWith(SqlState.NOT_SUPPORTED, () -> bugs.execute("CONNECT TO 'wss://u:geheim@hub.example/db'"))
                .hasMessageNotContaining("geheim");
        failsWith(SqlState.NOT_SUPPORTED, () -> bugs.execute("CONNECT TO INVITATION 'abc'"))
                .hasMessageContaining("CONNECT TO INVITATION");
        failsWith(SqlState.NOT_SUPPORTED, () -> bugs.execute("CONNECT TO SHARE 'g/s'"))
                .hasMessageContaining("CONNECT TO SHARE");
        failsWith(SqlState.CONNECTION, () -> bugs.execute("CONNECT TO 'jdbc:blaze:mem:users' WITH (TOKEN 'geheim')"))
                .hasMessageContaining("TOKEN is for hubs")
                .hasMessageNotContaining("geheim");
        failsWith(SqlState.BAD_URL, () -> bugs.execute("CONNECT TO 'jdbc:h2:mem:x;PASSWORD=geheim'"))
                .hasMessageNotContaining("geheim");
    }

    @Test
    void otherStatementsAreRefusedByName() {
        failsWith(SqlState.NOT_SUPPORTED, () -> bugs.execute("CREATE SYNC POLICY p FOR ALL TABLES"))
                .hasMessageStartingWith("CREATE SYNC POLICY is not supported");
        failsWith(SqlState.SYNTAX, () -> bugs.execute("CONNECT TO TO TO"));
        failsWith(SqlState.SYNTAX, () -> bugs.execute("CONNECT TO ?"));
    }

    @Test
    void itselfIsNoPeer() throws SQLException {
        failsWith(SqlState.CONNECTION, () -> bugs.execute("CONNECT TO 'jdbc:blaze:mem:bugs'"));

        assertNothingIsKnown(bugs);
    }

    @Test
    void wrongPasswordChangesNothing() throws SQLException {
        failsWith(
                SqlState.AUTHENTICATION,
                () -> bugs.execute("CONNECT TO 'jdbc:blaze:mem:users' WITH (USER 'sa', PASSWORD 'wrong')"));

        assertNothingIsKnown(bugs);
    }

    @Test
    void differentTablesChangeNothing() throws SQLException {
        bugs.tablesDiffer = Optional.of(SqlState.SCHEMA_DIFFERS.error("BUGS.ID: INTEGER and UUID"));

        failsWith(SqlState.SCHEMA_DIFFERS, () -> bugs.execute("CONNECT TO 'jdbc:blaze:mem:users'"));

        assertNothingIsKnown(bugs);
        assertNothingIsKnown(users);
    }

    @Test
    void aFailureAfterTheWritesTakesThemBack() throws SQLException {
        bugs.execute("CREATE TOPOLOGY main");
        users.linksFail = Optional.of(SqlState.STORAGE.error("no threads left"));

        failsWith(SqlState.STORAGE, () -> bugs.execute("CONNECT TO 'jdbc:blaze:mem:users'"));

        assertThat(bugs.topology("MAIN").nodes()).isEmpty();
        assertThat(bugs.wantedLinks).isEmpty();
        assertNothingIsKnown(users);
    }

    @Test
    void onlyAdminMayConnectButEveryoneMayLook() throws SQLException {
        bugs.h2("CREATE USER reader PASSWORD 'x'");

        failsWith(SqlState.NO_RIGHT, () -> bugs.executeAs("reader", "CONNECT TO 'jdbc:blaze:mem:users'"))
                .hasMessageContaining("READER");
        bugs.executeAs("reader", "SYNC");
        assertThat(RowText.all(Objects.requireNonNull(
                        bugs.executeAs("reader", "SHOW SYNC STATUS").rows())))
                .hasSize(1);
    }

    @Test
    void credentialsAreThoseOfH2() throws SQLException {
        Credentials mixedCase = Credentials.of("Sa", "secret".toCharArray());

        assertThat(mixedCase).isEqualTo(TestDatabase.ADMIN);
        assertThat(mixedCase.toString()).doesNotContain(mixedCase.passwordHash());
    }

    private static void assertNothingIsKnown(SyncActions database) throws SQLException {
        assertThat(database.catalog().topologies()).isEmpty();
    }

    static AbstractThrowableAssert<?, ? extends Throwable> failsWith(SqlState state, ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo(state.code()));
    }
}
