package io.blazedb.tck.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.tck.Database;
import io.blazedb.tck.EveryTarget;
import io.blazedb.tck.Sql;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Large objects: streams in and out, locators, parts, lengths from nothing to a megabyte. */
class LargeObjectContractTest {
    private static final String TABLE = "CREATE TABLE D(ID INT PRIMARY KEY, C CLOB, B BLOB)";
    private static final int[] SIZES = {0, 1, 127, 128, 255, 256, 4096, 100_000, 1_000_000};

    @EveryTarget
    void everySizeComesBack(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            Sql.execute(connection, TABLE);
            for (int size : SIZES) {
                insert(connection, size);
            }
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("SELECT * FROM D ORDER BY ID")) {
                for (int size : SIZES) {
                    result.next();
                    assertThat(result.getString("C")).isEqualTo(text(size));
                    assertThat(result.getBytes("B")).isEqualTo(bytes(size));
                }
            }
        }
    }

    @EveryTarget
    void streamsComeBack(Database database) throws SQLException, IOException {
        try (Connection connection = database.connect()) {
            Sql.execute(connection, TABLE);
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO D VALUES(1, ?, ?)")) {
                insert.setCharacterStream(1, new StringReader(text(300_000)), 300_000);
                insert.setBinaryStream(2, new ByteArrayInputStream(bytes(300_000)), 200_000L);
                insert.executeUpdate();
            }
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("SELECT * FROM D")) {
                result.next();
                try (InputStream stream = result.getBinaryStream("B");
                        Reader reader = result.getCharacterStream("C")) {
                    assertThat(stream.readAllBytes()).isEqualTo(Arrays.copyOf(bytes(300_000), 200_000));
                    assertThat(reader.read()).isEqualTo(text(300_000).charAt(0));
                }
                try (InputStream ascii = result.getAsciiStream("C")) {
                    assertThat(ascii.readNBytes(3)).hasSize(3);
                }
            }
        }
    }

    @EveryTarget
    void partsCanBeRead(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            Sql.execute(connection, TABLE);
            insert(connection, 100_000);
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("SELECT * FROM D")) {
                result.next();
                Clob clob = result.getClob("C");
                Blob blob = result.getBlob("B");
                assertThat(clob.length()).isEqualTo(100_000);
                assertThat(clob.getSubString(50_001, 5)).isEqualTo(text(100_000).substring(50_000, 50_005));
                assertThat(blob.length()).isEqualTo(100_000);
                assertThat(blob.getBytes(99_999, 10)).isEqualTo(Arrays.copyOfRange(bytes(100_000), 99_998, 100_000));
                clob.free();
                blob.free();
            }
        }
    }

    @EveryTarget
    void createdLocatorsCanBeStored(Database database) throws SQLException, IOException {
        try (Connection connection = database.connect()) {
            Sql.execute(connection, TABLE);
            Clob clob = connection.createClob();
            Blob blob = connection.createBlob();
            try (Writer writer = clob.setCharacterStream(1);
                    OutputStream stream = blob.setBinaryStream(1)) {
                writer.write(text(70_000));
                stream.write(bytes(70_000));
            }
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO D VALUES(1, ?, ?)")) {
                insert.setClob(1, clob);
                insert.setBlob(2, blob);
                insert.executeUpdate();
            }

            assertThat(Sql.value(connection, "SELECT CHAR_LENGTH(C), OCTET_LENGTH(B) FROM D"))
                    .isEqualTo("70000|70000");
        }
    }

    @EveryTarget
    void objectIsReadableAfterItsRowIsGone(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            Sql.execute(connection, TABLE);
            insert(connection, 50_000);
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("SELECT C FROM D")) {
                result.next();
                connection.setAutoCommit(false);
                Clob clob = result.getClob(1);
                Sql.execute(connection, "DELETE FROM D");

                assertThat(clob.getSubString(1, 10)).isEqualTo(text(50_000).substring(0, 10));
            }
            connection.rollback();
            assertThat(Sql.value(connection, "SELECT CHAR_LENGTH(C) FROM D")).isEqualTo("50000");
        }
    }

    @EveryTarget
    void copiesAreIndependent(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            Sql.execute(connection, TABLE);
            insert(connection, 50_000);
            Sql.execute(connection, "INSERT INTO D SELECT ID + 1, C, B FROM D", "DELETE FROM D WHERE ID = 50000");

            assertThat(Sql.value(connection, "SELECT C FROM D")).isEqualTo(text(50_000));
        }
    }

    @EveryTarget
    void javaObjectsComeBack(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            Sql.execute(connection, "CREATE TABLE O(V JAVA_OBJECT)");
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO O VALUES(?)")) {
                insert.setObject(1, new ArrayList<>(List.of(1, 2)), java.sql.Types.JAVA_OBJECT);
                insert.executeUpdate();
            }
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("SELECT V FROM O")) {
                result.next();
                assertThat(result.getObject(1)).isEqualTo(List.of(1, 2));
            }
        }
    }

    private static void insert(Connection connection, int size) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO D VALUES(?, ?, ?)")) {
            insert.setInt(1, size);
            insert.setString(2, text(size));
            insert.setBytes(3, bytes(size));
            insert.executeUpdate();
        }
    }

    private static String text(int size) {
        String some = new String(bytes(size), StandardCharsets.ISO_8859_1);
        return some.replace('\u0000', '\u20ac');
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
