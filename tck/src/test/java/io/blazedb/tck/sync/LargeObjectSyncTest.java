package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;

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
