package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every statement about topologies, as an application sends it, and what the views say afterwards. */
class StatementTest {
    private static final String CONNECTIONS =
            "SELECT TOPOLOGY, SOURCE, TARGET, MODE FROM BLAZE.CONNECTIONS ORDER BY 1, 2, 3";

    @TempDir
    Path folder;

    private Node east;
    private Node west;

    @BeforeEach
    void open() throws SQLException {
        east = Node.open(folder, "east");
        west = Node.open(folder, "west");
    }

    @AfterEach
    void close() throws SQLException {
        east.close();
        west.close();
    }

    private void reopen() throws SQLException {
        close();
        open();
    }

    @Test
    void topologiesAreMadeChangedAndDropped() throws SQLException {
        east.execute(
                "CREATE TOPOLOGY SHOP PATTERN HUB AND SPOKE",
                "CREATE TOPOLOGY IF NOT EXISTS SHOP",
                "ALTER TOPOLOGY SHOP ADD NODE HQ CURRENT DATABASE ROLE SERVER",
                "ALTER TOPOLOGY SHOP SET PATTERN HUB AND SPOKE HUB HQ",
                "ALTER TOPOLOGY SHOP ADD NODE TILL AT '" + west.url() + "'");
        assertThat(east.rows(CONNECTIONS)).containsExactly("SHOP|HQ|TILL|BIDIRECTIONAL");
        reopen();
        assertThat(east.rows(CONNECTIONS)).containsExactly("SHOP|HQ|TILL|BIDIRECTIONAL");
        assertThat(west.rows("SELECT NODE, ROLE FROM BLAZE.NODES ORDER BY 1"))
                .containsExactly("HQ|SERVER", "TILL|CLIENT");

        east.execute("ALTER TOPOLOGY SHOP SET PATTERN STAR HUB HQ");
        assertThat(west.rows(CONNECTIONS)).containsExactly("SHOP|HQ|TILL|READ ONLY");
        east.execute("ALTER TOPOLOGY SHOP DROP NODE TILL");
        reopen();
        assertThat(east.rows(CONNECTIONS)).isEmpty();
        assertThat(west.rows(CONNECTIONS)).isEmpty();

        east.execute("DROP TOPOLOGY SHOP", "DROP TOPOLOGY IF EXISTS SHOP");
        assertThat(east.rows("SELECT * FROM BLAZE.NODES")).isEmpty();
    }

    @Test
    void connectionsAreMadeBetweenNamedNodes() throws SQLException {
        east.execute(
                "CREATE TOPOLOGY PAIR",
                "ALTER TOPOLOGY PAIR ADD NODE A CURRENT DATABASE",
                "ALTER TOPOLOGY PAIR ADD NODE B AT '" + west.url() + "' USER 'sa' PASSWORD ''",
                "CONNECT A TO B IN TOPOLOGY PAIR MODE WRITE ONLY WITH (INTERVAL 2)");
        assertThat(west.rows(CONNECTIONS)).containsExactly("PAIR|A|B|WRITE ONLY");

        west.execute("DISCONNECT A FROM B IN TOPOLOGY PAIR");
        reopen();
        assertThat(east.rows(CONNECTIONS)).isEmpty();
        assertThat(east.rows("SELECT NODE FROM BLAZE.NODES ORDER BY 1")).containsExactly("A", "B");
    }

    @Test
    void pausesAreDurable() throws SQLException {
        east.connectTo(west);
        east.execute("PAUSE SYNC");
        reopen();
        assertThat(east.rows("SELECT STATE FROM BLAZE.CONNECTIONS")).containsExactly("PAUSED");

        east.execute("RESUME SYNC WITH WEST", "SYNC WITH WEST TIMEOUT 20");
        assertThat(east.rows("SELECT STATE FROM BLAZE.CONNECTIONS")).containsExactly("CONNECTED");
    }

    @Test
    void syncWithoutAConnectionReturns() throws SQLException {
        east.sync();
        east.execute("SYNC TIMEOUT 0");
    }

    @Test
    void parametersStandForTexts() throws SQLException {
        try (PreparedStatement connect =
                east.connection().prepareStatement("CONNECT TO ? WITH (USER ?, PASSWORD ?, INTERVAL ?)")) {
            assertThat(connect.getParameterMetaData().getParameterCount()).isEqualTo(4);
            connect.setString(1, west.url());
            connect.setString(2, "sa");
            connect.setString(3, "");
            connect.setInt(4, 3);
            connect.execute();
        }
        try (PreparedStatement sync = east.connection().prepareStatement("SYNC TIMEOUT ?")) {
            sync.setInt(1, 20);
            assertThat(sync.executeUpdate()).isZero();
        }
        assertThat(east.rows(CONNECTIONS)).containsExactly("MAIN|EAST|WEST|BIDIRECTIONAL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"STATUS", "CONNECTIONS", "POLICIES", "CONFLICTS", "TABLES"})
    void showIsTheView(String what) throws SQLException {
        east.execute("CREATE TABLE T(ID INT PRIMARY KEY)");
        east.connectTo(west);
        east.sync();
        String view = what.equals("TABLES") ? "SYNC_TABLES" : what;

        assertThat(columns("SHOW SYNC " + what)).isEqualTo(columns("SELECT * FROM BLAZE." + view));
        assertThat(east.rows("SHOW SYNC " + what)).hasSameSizeAs(east.rows("SELECT * FROM BLAZE." + view));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " MAIN", " AS TABLE", " AS TREE", " MAIN AS DOT", " MAIN AS MERMAID"})
    void showTopologyDraws(String how) throws SQLException {
        east.connectTo(west);

        assertThat(String.join("\n", east.rows("SHOW TOPOLOGY" + how))).contains("EAST", "WEST");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ':',
            value = {
                "NODES: TOPOLOGY, NODE, NODE_ID, ROLE, LOCATION, STATE, LAST_SEEN",
                "CONNECTIONS: TOPOLOGY, SOURCE, TARGET, MODE, POLICY, RELAY, STATE, ENCRYPTION, PENDING, SENT,"
                        + " RECEIVED,"
                        + " SENT_BYTES, RECEIVED_BYTES, LAG_MILLIS, LAST_ERROR, SINCE",
                "POLICIES: POLICY, TABLE_SCHEMA, TABLE_NAME, COLUMNS, PREDICATE, TEAMS, ROW_SECURITY, ENCRYPTION,"
                        + " READ_ONLY",
                "SYNC_TABLES: TABLE_SCHEMA, TABLE_NAME, SYNCED, REASON, ROW_COUNT, MERGE_RULES",
                "OPERATIONS: SEQ, ORIGIN, TX, COMMITTED_AT, TYPE, TABLE_SCHEMA, TABLE_NAME, ROW_KEY, CHANGES, ACKED_BY",
                "CONFLICTS: ID, TABLE_SCHEMA, TABLE_NAME, ROW_KEY, COLUMN_NAME, KIND, LOCAL_VALUE, REMOTE_VALUE,"
                        + " WINNER,"
                        + " LOCAL_NODE, REMOTE_NODE, DETECTED_AT, STATUS",
                "PARKED: ORIGIN, SEQ, REASON, WAITS_FOR, SINCE",
                "STATUS: NODE, NODE_ID, ROLE, STATE, LOG_FIRST, LOG_LAST, CHECKPOINT, OLDEST_WRITE_SECONDS, PENDING,"
                        + " CONFLICTS_OPEN, PARKED, VERSION",
            })
    void viewsHaveTheirColumns(String view, String columns) throws SQLException {
        east.connectTo(west);

        assertThat(columns("SELECT * FROM BLAZE." + view)).isEqualTo(List.of(columns.split(", ")));
    }

    private List<String> columns(String query) throws SQLException {
        try (PreparedStatement statement = east.connection().prepareStatement(query);
                ResultSet result = statement.executeQuery()) {
            List<String> names = new ArrayList<>();
            for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                names.add(result.getMetaData().getColumnLabel(i));
            }
            return names;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ':',
            value = {
                "CREATE SYNC POLICY P FOR ALL TABLES: SYNC POLICY",
                "DROP SYNC POLICY P: SYNC POLICY",
                "CREATE SHARE S IN GROUP 'g' POLICY P: SHARE",
                "DROP SHARE S: SHARE",
                "CREATE TEAM X: TEAM",
                "ALTER TEAM X ADD MEMBER SA: TEAM",
                "CREATE INVITATION: INVITATION",
                "CREATE POLICY P ON T: POLICY",
                "ALTER TABLE T ENABLE ROW LEVEL SECURITY: ROW LEVEL SECURITY",
                "REVOKE NODE WEST: REVOKE NODE",
                "ROTATE SYNC KEY: ROTATE SYNC KEY",
                "EXPLAIN SYNC ROW T (1): EXPLAIN SYNC",
                "CONNECT TO SHARE 'g/s': SHARE",
                "CONNECT TO INVITATION 'i': INVITATION",
            })
    void statementsOfLaterAreRefusedByName(String sql, String name) throws SQLException {
        east.execute("CREATE TABLE T(ID INT PRIMARY KEY, N INT)");

        Refusal refusal = Refusal.of(east.connection(), sql);

        assertThat(refusal.state()).as(refusal.message()).isEqualTo("0A000");
        assertThat(refusal.message()).contains(name, "Nothing was done");
    }
}
