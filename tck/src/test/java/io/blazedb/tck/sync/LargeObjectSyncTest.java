package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large objects arrive byte by byte as they were written, by the copy and by the stream. */
class LargeObjectSyncTest {
    @TempDir
    Path folder;

    private Node east;
    private Node west;

    @BeforeEach
    void open() throws SQLException {
        east = Node.open(folder, "east");
        west = Node.open(folder, "west");
        east.execute("CREATE TABLE D(ID INT PRIMARY KEY, B BLOB, C CLOB, N INT)");
    }

    @AfterEach
    void close() throws SQLException {
        east.close();
        west.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 1024, 8 * 1024, 65_536, 256 * 1024, 256 * 1024 + 1, 1024 * 1024, 2 * 1024 * 1024})
    void objectsOfAnySizeArrive(int bytes) throws SQLException {
        byte[] old = random(bytes, 1);
        byte[] fresh = random(bytes, 2);
        write(east, "INSERT INTO D(B, C, ID, N) VALUES(?, ?, ?, 0)", 1, old);
        east.connectTo(west);
        east.sync();
        assertRow(west, 1, old);

        write(east, "INSERT INTO D(B, C, ID, N) VALUES(?, ?, ?, 0)", 2, old);
        write(west, "UPDATE D SET B = ?, C = ? WHERE ID = ?", 1, fresh);
        east.sync();

        assertRow(west, 2, old);
        assertRow(east, 1, fresh);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 10_000, 500_000})
    void aChangeBesideTheObjectIsNoChangeOfTheObject(int bytes) throws SQLException {
        byte[] fresh = random(bytes, 4);
        write(east, "INSERT INTO D(B, C, ID, N) VALUES(?, ?, ?, 0)", 1, random(bytes, 3));
        east.connectTo(west);
        east.sync();
        east.execute("PAUSE SYNC");

        write(east, "UPDATE D SET B = ?, C = ? WHERE ID = ?", 1, fresh);
        west.execute("UPDATE D SET N = 1");
        east.execute("RESUME SYNC");
        east.sync();

        for (Node node : new Node[] {east, west}) {
            assertRow(node, 1, fresh);
            assertThat(node.value("SELECT N FROM D")).isEqualTo("1");
            assertThat(node.rows("SELECT * FROM BLAZE.CONFLICTS")).isEmpty();
        }
    }

    @Test
    void anObjectAboveTheLimitIsRefusedAndItsTransactionRolledBack() throws SQLException {
        try (Node small = Node.open(folder, "small", ";SYNC_VALUE_MAX=100000")) {
            small.execute("CREATE TABLE D(ID INT PRIMARY KEY, B BLOB, C CLOB, N INT)");
            small.execute("CREATE TABLE ALONE(B BLOB)");
            write(small, "INSERT INTO D(B, C, ID, N) VALUES(?, ?, ?, 0)", 1, random(100_001, 1));
            small.connectTo(west);
            write(small, "INSERT INTO D(B, C, ID, N) VALUES(?, ?, ?, 0)", 2, random(40_000, 2));
            small.connection().setAutoCommit(false);
            small.execute("UPDATE D SET N = 7", "INSERT INTO ALONE VALUES(CAST(RANDOM_UUID() AS BLOB))");
            try (PreparedStatement insert = small.connection().prepareStatement("INSERT INTO D(B, ID) VALUES(?, 3)")) {
                insert.setBytes(1, random(100_001, 3));
                insert.executeUpdate();
            }

            assertThatThrownBy(() -> small.connection().commit())
                    .hasMessageContainingAll("Column B", "PUBLIC.D", "100001", "100000", "SYNC_VALUE_MAX")
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("ZB407");

            small.connection().setAutoCommit(true);
            assertThat(small.rows("SELECT ID, N FROM D ORDER BY ID")).containsExactly("1|0", "2|0");
            assertThat(small.rows("SELECT * FROM ALONE")).isEmpty();
            small.execute("UPDATE D SET N = 8");
            small.sync();
            assertThat(west.rows("SELECT ID, N, OCTET_LENGTH(B) FROM D ORDER BY ID"))
                    .containsExactly("1|8|100001", "2|8|40000");
        }
    }

    @Test
    void theLimitIsExactAndHoldsForEachStatementOnItsOwn() throws SQLException {
        try (Node small = Node.open(folder, "small", ";SYNC_VALUE_MAX=100000")) {
            small.execute("CREATE TABLE D(ID INT PRIMARY KEY, B BLOB, C CLOB, N INT)");
            small.connectTo(west);
            try (PreparedStatement insert = small.connection().prepareStatement("INSERT INTO D(ID, B) VALUES(?, ?)")) {
                insert.setInt(1, 1);
                insert.setBytes(2, random(100_000, 1));
                insert.executeUpdate();
                insert.setInt(1, 2);
                insert.setBytes(2, random(100_001, 1));
                assertThatThrownBy(insert::executeUpdate)
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo("ZB407"));
                insert.setInt(1, 3);
                insert.setNull(2, java.sql.Types.BLOB);
                insert.executeUpdate();
            }
            small.sync();
            assertThat(west.rows("SELECT ID, OCTET_LENGTH(B) FROM D ORDER BY ID"))
                    .containsExactly("1|100000", "3|null");
        }
    }

    @Test
    void aChangeBesideTheObjectLeavesItAlone() throws SQLException {
        byte[] bytes = random(500_000, 3);
        write(east, "INSERT INTO D(B, C, ID, N) VALUES(?, ?, ?, 0)", 1, bytes);
        east.connectTo(west);
        east.sync();

        for (int i = 0; i < 10; i++) {
            west.execute("UPDATE D SET N = N + 1");
            west.sync();
            east.execute("UPDATE D SET N = N + 1");
            east.sync();
        }

        assertRow(east, 1, bytes);
        assertRow(west, 1, bytes);
        assertThat(west.value("SELECT N FROM D")).isEqualTo("20");
    }

    @Test
    void objectsAreThereAfterReopening() throws SQLException {
        byte[] bytes = random(1_500_000, 4);
        east.connectTo(west);
        write(east, "INSERT INTO D(B, C, ID, N) VALUES(?, ?, ?, 0)", 1, bytes);
        east.sync();
        close();

        west = Node.open(folder, "west");
        assertRow(west, 1, bytes);
        east = Node.open(folder, "east");
        east.sync();
        west.execute("DELETE FROM D");
        west.sync();
        assertThat(east.rows("SELECT ID FROM D")).isEmpty();
    }

    @Test
    void objectsOfManyRowsArriveTogether() throws SQLException {
        east.connectTo(west);
        east.connection().setAutoCommit(false);
        for (int i = 0; i < 40; i++) {
            write(east, "INSERT INTO D(B, C, ID, N) VALUES(?, ?, ?, 0)", i, random(30_000, i));
        }
        east.connection().commit();
        east.connection().setAutoCommit(true);
        east.sync();

        for (int i = 0; i < 40; i++) {
            assertRow(west, i, random(30_000, i));
        }
    }

    private static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static String text(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            text.append((char) ('\u00c0' + (b & 0x7f)));
        }
        return text.toString();
    }

    private static void write(Node node, String sql, int id, byte[] bytes) throws SQLException {
        try (PreparedStatement statement = node.connection().prepareStatement(sql)) {
            statement.setBinaryStream(1, new ByteArrayInputStream(bytes));
            statement.setString(2, text(bytes));
            statement.setInt(3, id);
            statement.executeUpdate();
        }
    }

    private static void assertRow(Node node, int id, byte[] expected) throws SQLException {
        try (Statement statement = node.connection().createStatement();
                ResultSet result = statement.executeQuery("SELECT B, C FROM D WHERE ID = " + id)) {
            assertThat(result.next()).isTrue();
            assertThat(result.getBytes(1)).isEqualTo(expected);
            assertThat(result.getString(2)).isEqualTo(text(expected));
        }
    }
}
