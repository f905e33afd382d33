package io.blazedb.internal.statement;

import static io.blazedb.internal.statement.ConnectTest.failsWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.SqlState;
import io.blazedb.internal.node.LinkStatus;
import io.blazedb.internal.node.OperationStatus;
import io.blazedb.internal.node.ParkedStatus;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShowTest {
    private final Machine machine = new Machine();
    private final TestDatabase bugs = machine.create("bugs");

    @BeforeEach
    void connect() throws SQLException {
        bugs.execute("CONNECT TO 'jdbc:blaze:mem:users'");
    }

    @AfterEach
    void close() {
        machine.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ':', textBlock = """
        NODES       : TOPOLOGY NODE NODE_ID ROLE LOCATION STATE LAST_SEEN@
        CONNECTIONS : TOPOLOGY SOURCE TARGET MODE POLICY RELAY STATE ENCRYPTION PENDING# SENT# RECEIVED# SENT_BYTES# \
                      RECEIVED_BYTES# LAG_MILLIS# LAST_ERROR SINCE@
        POLICIES    : POLICY TABLE_SCHEMA TABLE_NAME COLUMNS PREDICATE TEAMS ROW_SECURITY ENCRYPTION READ_ONLY?
        SYNC_TABLES : TABLE_SCHEMA TABLE_NAME SYNCED? REASON ROW_COUNT# MERGE_RULES
        OPERATIONS  : SEQ# ORIGIN TX COMMITTED_AT@ TYPE TABLE_SCHEMA TABLE_NAME ROW_KEY CHANGES{} ACKED_BY
        CONFLICTS   : ID# TABLE_SCHEMA TABLE_NAME ROW_KEY COLUMN_NAME KIND LOCAL_VALUE REMOTE_VALUE WINNER LOCAL_NODE \
                      REMOTE_NODE DETECTED_AT@ STATUS
        PARKED      : ORIGIN SEQ# REASON WAITS_FOR SINCE@
        STATUS      : NODE NODE_ID ROLE STATE LOG_FIRST# LOG_LAST# CHECKPOINT# OLDEST_WRITE_SECONDS# PENDING# \
                      CONFLICTS_OPEN# PARKED# VERSION
        """)
    void theViewsHaveTheColumnsOfTheContract(String view, String columns) throws SQLException {
        assertThat(columns(view)).containsExactly(columns.split("\\s+", -1));
    }

    @Test
    void connectionsShowTheirLinks() throws SQLException {
        bugs.links.add(new LinkStatus(
                "MAIN",
                "BUGS",
                "USERS",
                LinkStatus.State.OFFLINE,
                3,
                20,
                10,
                2000,
                1000,
                150,
                Optional.of("held by another process"),
                TestDatabase.time(),
                0));

        assertThat(show("SHOW SYNC CONNECTIONS"))
                .containsExactly("MAIN,BUGS,USERS,BIDIRECTIONAL,null,LOCAL,OFFLINE,null,3,20,10,2000,1000,150,"
                        + "held by another process,2026-11-20 10:00:00+00");
        assertThat(bugs.rows("SELECT NODE, STATE, LAST_SEEN FROM BLAZE.NODES WHERE NODE = 'USERS'"))
                .containsExactly("USERS,OFFLINE,2026-11-20 10:00:00+00");
        assertThat(bugs.rows("SELECT NODE, STATE, PENDING, LOG_LAST, PARKED FROM BLAZE.STATUS"))
                .containsExactly("BUGS,OFFLINE,12,4096,0");
    }

    @Test
    void aLinkThatHasNoStateYetShowsNone() throws SQLException {
        assertThat(bugs.rows("SELECT STATE, SENT, SINCE FROM BLAZE.CONNECTIONS"))
                .containsExactly("null,null,null");
        assertThat(bugs.rows("SELECT NODE, STATE FROM BLAZE.NODES ORDER BY NODE"))
                .containsExactly("BUGS,CONNECTED", "USERS,null");
    }

    @Test
    void showTakesTheOtherViewsToo() throws SQLException {
        assertThat(show("SHOW SYNC TABLES"))
                .containsExactly("PUBLIC,BUGS,TRUE,null,7,null", "PUBLIC,NOTES,FALSE,it has no primary key,3,null");
        assertThat(show("SHOW SYNC POLICIES")).isEmpty();
        assertThat(show("SHOW SYNC CONFLICTS")).isEmpty();
        assertThat(show("SHOW SYNC STATUS")).hasSize(1);
    }

    @Test
    void onlyRowsOfTablesThatAUserMaySelectAreShown() throws SQLException {
        withTwoTablesOfWhichOneIsReadable();
        Connection reader = bugs.connectAs("reader");

        assertThat(rows(reader, "SELECT TABLE_NAME, ACKED_BY FROM BLAZE.OPERATIONS"))
                .containsExactly("OPEN_ONE,A,B");
        assertThat(rows(reader, "SELECT TABLE_NAME FROM BLAZE.CONFLICTS")).containsExactly("OPEN_ONE");
        assertThat(rows(reader, "SELECT * FROM BLAZE.PARKED")).isEmpty();
        assertThat(rows(reader, "SELECT TABLE_NAME FROM BLAZE.BZ_VIEW_OPERATIONS()"))
                .containsExactly("OPEN_ONE");

        assertThat(bugs.rows("SELECT TABLE_NAME FROM BLAZE.OPERATIONS"))
                .containsExactly("OPEN_ONE", "CLOSED_ONE", "GONE_ONE");
        assertThat(bugs.rows("SELECT TABLE_NAME FROM BLAZE.CONFLICTS")).containsExactly("OPEN_ONE", "CLOSED_ONE");
        assertThat(bugs.rows("SELECT ORIGIN, SEQ, WAITS_FOR FROM BLAZE.PARKED")).containsExactly("aa,9,bb:3");
    }

    @Test
    void theTablesBelowAreForAdminOnly() throws SQLException {
        bugs.h2("CREATE USER reader PASSWORD 'x'");
        Connection reader = bugs.connectAs("reader");

        for (String table : List.of("BZ_TOPOLOGY", "BZ_NODE", "BZ_CONNECTION", "BZ_CONFLICT")) {
            assertThatThrownBy(() -> rows(reader, "SELECT * FROM BLAZE." + table))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(90096));
        }
    }

    @Test
    void changesAreJson() throws SQLException {
        bugs.operations.add(operation(1, "BUGS"));

        assertThat(bugs.rows("SELECT (CHANGES).\"TITLE\" FROM BLAZE.OPERATIONS"))
                .containsExactly("\"crash\"");
    }

    @Test
    void ofALongLogTheLastOperationsAreShown() throws SQLException {
        for (int seq = 1; seq <= 100_003; seq++) {
            bugs.operations.add(operation(seq, "BUGS"));
        }

        assertThat(bugs.rows("SELECT COUNT(*), MIN(SEQ) FROM BLAZE.OPERATIONS")).containsExactly("100000,4");
    }

    @Test
    void topologiesAreShownInFourWays() throws SQLException {
        assertThat(show("SHOW TOPOLOGY"))
                .containsExactly(
                        "MAIN,BUGS,CLIENT,jdbc:blaze:mem:bugs,CONNECTED,<-> USERS",
                        "MAIN,USERS,CLIENT,jdbc:blaze:mem:users,null,<-> BUGS");
        assertThat(show("SHOW TOPOLOGY main AS TREE"))
                .containsExactly(
                        "MAIN  CUSTOM",
                        "└── BUGS  CLIENT  jdbc:blaze:mem:bugs",
                        "    └── <-> USERS  CLIENT  jdbc:blaze:mem:users");
        assertThat(show("SHOW TOPOLOGY AS DOT"))
                .startsWith("digraph \"MAIN\" {")
                .hasSize(5);
        assertThat(show("SHOW TOPOLOGY AS MERMAID")).startsWith("graph LR").hasSize(6);
        failsWith(SqlState.TOPOLOGY, () -> show("SHOW TOPOLOGY mani")).hasMessageContaining("nearest name is MAIN");
    }

    @Test
    void showMakesTheViewsOfADatabaseThatWasNeverConnected() throws SQLException {
        TestDatabase fresh = machine.create("fresh");

        ResultSet rows =
                Objects.requireNonNull(fresh.execute("SHOW SYNC STATUS").rows());

        assertThat(RowText.all(rows))
                .singleElement()
                .asString()
                .startsWith("FRESH,")
                .contains(",CLIENT,null,");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ";DATABASE_TO_LOWER=TRUE",
                ";DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE",
                ";DATABASE_TO_UPPER=FALSE",
                ";MODE=PostgreSQL",
                ";MODE=Oracle",
                ";MODE=MySQL",
                ";MODE=MSSQLServer",
                ";MODE=DB2",
            })
    void everyViewAnswersInEveryModeOfH2(String settings) throws SQLException {
        TestDatabase odd = machine.create("odd", settings);
        odd.operations.add(operation(1, "BUGS"));
        odd.execute("CONNECT TO 'jdbc:blaze:mem:bugs'");

        for (String statement : List.of(
                "SHOW SYNC STATUS",
                "SHOW SYNC CONNECTIONS",
                "SHOW SYNC POLICIES",
                "SHOW SYNC CONFLICTS",
                "SHOW SYNC TABLES",
                "SHOW TOPOLOGY",
                "SHOW TOPOLOGY AS TREE")) {
            ResultSet rows = Objects.requireNonNull(odd.execute(statement).rows());
            assertThat(RowText.all(rows)).as(statement).isNotNull();
        }
        assertThat(odd.rows("SELECT TOPOLOGY, NODE, STATE FROM BLAZE.NODES ORDER BY NODE"))
                .hasSize(3);
        assertThat(odd.rows("SELECT SEQ, CHANGES, ACKED_BY FROM BLAZE.OPERATIONS"))
                .containsExactly("1,{\"TITLE\":\"crash\"},A,B");
    }

    private void withTwoTablesOfWhichOneIsReadable() throws SQLException {
        bugs.h2("CREATE TABLE OPEN_ONE(ID INTEGER PRIMARY KEY)");
        bugs.h2("CREATE TABLE CLOSED_ONE(ID INTEGER PRIMARY KEY)");
        bugs.h2("CREATE USER reader PASSWORD 'x'");
        bugs.h2("GRANT SELECT ON OPEN_ONE TO reader");
        for (String table : List.of("OPEN_ONE", "CLOSED_ONE")) {
            bugs.h2("INSERT INTO BLAZE.BZ_CONFLICT(TABLE_SCHEMA, TABLE_NAME, KIND, DETECTED_AT, STATUS)"
                    + " VALUES ('PUBLIC', '" + table + "', 'UPDATE', CURRENT_TIMESTAMP, 'LOST')");
        }
        bugs.operations.addAll(List.of(operation(1, "OPEN_ONE"), operation(2, "CLOSED_ONE"), operation(3, "GONE_ONE")));
        bugs.parked.add(new ParkedStatus("aa", 9, "missing dependency", "bb:3", TestDatabase.time()));
    }

    private static OperationStatus operation(long seq, String table) {
        return new OperationStatus(
                seq,
                "aa",
                "tx",
                TestDatabase.time(),
                "UPDATE",
                "PUBLIC",
                table,
                "42",
                "{\"TITLE\":\"crash\"}",
                List.of("A", "B"));
    }

    /** Each name with a sign for its type; a string has none. */
    private List<String> columns(String view) throws SQLException {
        return bugs.rows("""
                SELECT COLUMN_NAME || CASE DATA_TYPE WHEN 'CHARACTER VARYING' THEN '' WHEN 'BIGINT' THEN '#'
                    WHEN 'BOOLEAN' THEN '?' WHEN 'JSON' THEN '{}' WHEN 'TIMESTAMP WITH TIME ZONE' THEN '@'
                    ELSE ' ' || DATA_TYPE END
                FROM INFORMATION_SCHEMA.COLUMNS
                WHERE TABLE_SCHEMA = 'BLAZE' AND TABLE_NAME = '%s' ORDER BY ORDINAL_POSITION""".formatted(view));
    }

    private List<String> show(String sql) throws SQLException {
        return RowText.all(Objects.requireNonNull(bugs.execute(sql).rows()));
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return RowText.all(rows);
        }
    }
}
