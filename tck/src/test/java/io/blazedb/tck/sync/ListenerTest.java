package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.BlazeConnection;
import io.blazedb.ChangeListener;
import io.blazedb.ChangedRow;
import io.blazedb.tck.Sql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What applications are told of commits, and when. */
class ListenerTest {
    private static final String TABLE = "CREATE TABLE T(ID INT PRIMARY KEY, NOTE VARCHAR(40))";

    /** As H2 numbers it. */
    private static final int DUPLICATE_KEY = 23505;

    @TempDir
    Path folder;

    private Node east;
    private Node west;
    private final Heard heard = new Heard();

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

    private static BlazeConnection blaze(Connection connection) throws SQLException {
        return connection.unwrap(BlazeConnection.class);
    }

    private void connect() throws SQLException {
        east.execute(TABLE, "INSERT INTO T VALUES(1, 'a')");
        east.connectTo(west);
        east.sync();
    }

    @Test
    void ofPeersItHearsRowsByTransaction() throws Exception {
        connect();
        blaze(west.connection()).addSyncListener(heard);

        east.execute("INSERT INTO T VALUES(2, 'b'), (3, 'c')");
        east.sync();
        east.execute("UPDATE T SET NOTE = 'B' WHERE ID = 2");
        east.sync();
        east.execute("DELETE FROM T WHERE ID = 1");
        east.sync();

        assertThat(heard.await(3))
                .containsExactly("INSERT PUBLIC.T 2, INSERT PUBLIC.T 3", "UPDATE PUBLIC.T 2", "DELETE PUBLIC.T 1");
    }

    @Test
    void aNewNodeHearsOfItsCopy() throws Exception {
        east.execute(TABLE, "INSERT INTO T VALUES(1, 'a')");
        blaze(west.connection()).addSyncListener(heard);

        east.connectTo(west);
        east.sync();

        assertThat(heard.await(1)).containsExactly("INSERT PUBLIC.T 1");
    }

    @Test
    void ofPeersItDoesNotHearWhatThisDatabaseWrites() throws Exception {
        connect();
        blaze(west.connection()).addSyncListener(heard);

        west.execute("INSERT INTO T VALUES(2, 'b')");
        west.sync();
        east.execute("INSERT INTO T VALUES(3, 'c')");
        east.sync();

        assertThat(heard.await(1)).containsExactly("INSERT PUBLIC.T 3");
    }

    @Test
    void conflictsAreToldWithTheIdOfTheView() throws Exception {
        connect();
        blaze(west.connection()).addSyncListener(heard);

        east.execute("PAUSE SYNC", "UPDATE T SET NOTE = 'east'");
        west.execute("UPDATE T SET NOTE = 'west'");
        east.execute("RESUME SYNC");
        east.sync();
        west.sync();

        String expected = west.value(
                "SELECT KIND || ' ' || ID || ' PUBLIC.T ' || ROW_KEY || ' ' || COLUMN_NAME FROM BLAZE.CONFLICTS");
        boolean westLost =
                west.value("SELECT WINNER FROM BLAZE.CONFLICTS").equals("REMOTE"); // then its row changed, too
        assertThat(heard.await(westLost ? 2 : 1)).contains(expected);
    }

    @Test
    void commitsOfAllConnectionsAreTold() throws Exception {
        east.execute("CREATE TABLE KEYLESS(N INT)", "CREATE TABLE PAIR(A INT, B VARCHAR(9), PRIMARY KEY(A, B))");
        blaze(east.connection()).addChangeListener(heard);

        try (Connection other = east.another()) {
            other.setAutoCommit(false);
            Sql.execute(other, "INSERT INTO PAIR VALUES(1, 'it''s')", "UPDATE PAIR SET A = 2");
            Sql.execute(other, "INSERT INTO KEYLESS VALUES(7)");
            other.commit();
            Sql.execute(other, "UPDATE PAIR SET A = 3", "DELETE FROM KEYLESS");
            other.rollback();
            Sql.execute(other, "UPDATE PAIR SET A = 4");
            other.commit();
        }

        assertThat(heard.await(2))
                .containsExactly(
                        "INSERT PUBLIC.PAIR 2, 'it''s', INSERT PUBLIC.KEYLESS 1",
                        "DELETE PUBLIC.PAIR 2, 'it''s', INSERT PUBLIC.PAIR 4, 'it''s'");
    }

    @Test
    void aDatabaseInMemoryTellsToo() throws Exception {
        try (Node memory = Node.openInMemory(folder, "memory")) {
            blaze(memory.connection()).addChangeListener(heard);

            memory.execute(TABLE, "INSERT INTO T VALUES(1, 'a')", "ALTER TABLE T ADD MORE INT BEFORE NOTE");
            memory.execute("INSERT INTO T(ID) VALUES(2)");

            assertThat(heard.await(2)).containsExactly("INSERT PUBLIC.T 1", "INSERT PUBLIC.T 2");
            memory.execute("SHUTDOWN");
        }
    }

    @Test
    void changesOfTheSchemaTellNoRowsAndHideNone() throws Exception {
        east.execute(TABLE);
        blaze(east.connection()).addChangeListener(heard);

        east.connection().setAutoCommit(false);
        east.execute("INSERT INTO T VALUES(1, 'a')", "ALTER TABLE T ADD MORE INT BEFORE NOTE");
        east.connection().setAutoCommit(true);
        east.execute("CREATE TABLE U AS SELECT * FROM T", "INSERT INTO T(ID) VALUES(2)", "TRUNCATE TABLE T");

        assertThat(heard.await(3))
                .containsExactly("INSERT PUBLIC.T 1", "INSERT PUBLIC.T 2", "DELETE PUBLIC.T 1, DELETE PUBLIC.T 2");
    }

    @Test
    void aListenerMayUseConnections() throws Exception {
        connect();
        Queue<String> notes = new ConcurrentLinkedQueue<>();
        CountDownLatch done = new CountDownLatch(1);
        try (Connection own = west.another()) {
            blaze(west.connection()).addSyncListener(rows -> {
                try {
                    notes.add(Sql.value(
                            own, "SELECT NOTE FROM T WHERE ID = " + rows.get(0).key()));
                    Sql.execute(
                            own,
                            "UPDATE T SET NOTE = 'seen' WHERE ID = "
                                    + rows.get(0).key());
                    done.countDown();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });

            east.execute("INSERT INTO T VALUES(2, 'b')");
            east.sync();

            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
            west.sync();
            assertThat(notes).containsExactly("b");
            assertThat(east.value("SELECT NOTE FROM T WHERE ID = 2")).isEqualTo("seen");
        }
    }

    @Test
    void whatASlowListenerMissesIsCountedAndNobodyWaits() throws Exception {
        east.execute(TABLE);
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ChangeListener slow = new ChangeListener() {
            @Override
            public void changed(List<ChangedRow> rows) {
                entered.countDown();
                awaitUninterrupted(release);
                heard.changed(rows.subList(0, 1));
            }

            @Override
            public void missed(long count) {
                heard.missed(count);
            }
        };
        blaze(east.connection()).addChangeListener(slow);

        east.execute("INSERT INTO T VALUES(0, '')");
        awaitUninterrupted(entered);
        east.execute("INSERT INTO T SELECT X, '' FROM SYSTEM_RANGE(1, 9000)");
        east.execute("INSERT INTO T SELECT X, '' FROM SYSTEM_RANGE(20001, 21001)");
        east.execute("UPDATE T SET NOTE = 'x' WHERE ID = 20500");
        release.countDown();
        assertThat(heard.await(4))
                .containsExactlyInAnyOrder(
                        "INSERT PUBLIC.T 0", "missed 1001", "INSERT PUBLIC.T 1", "UPDATE PUBLIC.T 20500");
        east.execute("INSERT INTO T SELECT X, '' FROM SYSTEM_RANGE(30001, 40001)", "DELETE FROM T WHERE ID = 1");

        assertThat(heard.await(6)).endsWith("missed 10001", "DELETE PUBLIC.T 1");
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Waited for 30 s in vain");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anExceptionStopsNeitherThisListenerNorTheOthers() throws Exception {
        east.execute(TABLE);
        Heard second = new Heard();
        blaze(east.connection()).addChangeListener(rows -> {
            heard.changed(rows);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("of the application");
        });
        blaze(east.connection()).addChangeListener(second);

        east.execute("INSERT INTO T VALUES(1, 'a')", "INSERT INTO T VALUES(2, 'b')");

        assertThat(second.await(2)).containsExactly("INSERT PUBLIC.T 1", "INSERT PUBLIC.T 2");
        assertThat(heard.now()).containsExactly("INSERT PUBLIC.T 1", "INSERT PUBLIC.T 2");
    }

    @Test
    void itEndsWithItsConnectionOrWhenItIsRemoved() throws Exception {
        east.execute(TABLE);
        Heard removed = new Heard();
        Heard ofClosed = new Heard();
        Connection closed = east.another();
        blaze(closed).addChangeListener(ofClosed);
        blaze(east.connection()).addChangeListener(removed);
        blaze(east.connection()).addChangeListener(heard);
        blaze(east.connection()).addChangeListener(heard);

        east.execute("INSERT INTO T VALUES(1, 'a')");
        heard.await(1);
        closed.close();
        blaze(east.connection()).removeChangeListener(removed);
        blaze(east.connection()).removeSyncListener(heard);
        east.execute("INSERT INTO T VALUES(2, 'b')");

        assertThat(heard.await(2)).containsExactly("INSERT PUBLIC.T 1", "INSERT PUBLIC.T 2");
        assertThat(ofClosed.now()).containsExactly("INSERT PUBLIC.T 1");
        assertThat(removed.now()).containsExactly("INSERT PUBLIC.T 1");
        assertThatThrownBy(() -> blaze(closed).addSyncListener(heard)).isInstanceOf(SQLException.class);
    }

    @Test
    void changesOfOneRowAreToldInTheOrderOfTheirCommits() throws Exception {
        east.execute("CREATE TABLE N(ID INT PRIMARY KEY)");
        blaze(east.connection()).addChangeListener(heard);

        try (BackgroundWriter one = BackgroundWriter.start(east.url(), ListenerTest::toggle);
                BackgroundWriter other = BackgroundWriter.start(east.url(), ListenerTest::toggle)) {
            one.awaitRounds(200);
            other.awaitRounds(200);
        }

        east.execute("CREATE TABLE LAST(ID INT PRIMARY KEY)", "INSERT INTO LAST VALUES(1)");
        List<String> events = heard.await(2);
        while (!events.get(events.size() - 1).contains("LAST")) {
            events = heard.await(events.size() + 1);
        }
        for (int i = 0; i < events.size() - 1; i++) {
            assertThat(events.get(i)).isEqualTo((i % 2 == 0 ? "INSERT" : "DELETE") + " PUBLIC.N 1");
        }
    }

    /** Puts the row there or takes it away, whichever is possible. */
    private static void toggle(Connection connection, int round) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (statement.executeUpdate("DELETE FROM N") == 0) {
                statement.executeUpdate("INSERT INTO N VALUES(1)");
            }
        } catch (SQLException e) {
            if (e.getErrorCode() != DUPLICATE_KEY) { // the other one was first
                throw e;
            }
        }
    }
}
