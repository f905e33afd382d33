package io.blazedb.tck.crash;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.zip.CRC32;

/** Replaces large objects of 1 to 300 KiB, each with a checksum beside it. */
final class Documents implements Work {
    private static final int SLOTS = 6;
    private static final int BYTES_MIN = 1024;
    private static final int BYTES_MAX = 300 * 1024;

    @Override
    public void setUp(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE DOCUMENT(SLOT INT PRIMARY KEY, N BIGINT NOT NULL,"
                    + " TEXT CLOB, DATA BLOB, TEXT_CRC BIGINT, DATA_CRC BIGINT)");
        }
    }

    @Override
    public void run(Connection connection, long number, Random random, Handed handed) throws SQLException {
        byte[] data = new byte[size(random)];
        random.nextBytes(data);
        String text = "%08x".formatted(random.nextInt()).repeat(size(random) / 8);
        String sql = "MERGE INTO DOCUMENT(SLOT, N, TEXT, DATA, TEXT_CRC, DATA_CRC) KEY(SLOT) VALUES(?, ?, ?, ?, ?, ?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, number % SLOTS);
            statement.setLong(2, number);
            statement.setString(3, text);
            statement.setBytes(4, data);
            statement.setLong(5, crc(text.getBytes(StandardCharsets.UTF_8)));
            statement.setLong(6, crc(data));
            statement.executeUpdate();
        }
        connection.commit();
    }

    /** Small ones more often than large ones. */
    private static int size(Random random) {
        int limit = random.nextInt(4) == 0 ? BYTES_MAX : 16 * BYTES_MIN;
        return BYTES_MIN + random.nextInt(limit - BYTES_MIN);
    }

    private static long crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }

    @Override
    public String state(Connection connection) throws SQLException {
        StringBuilder state = new StringBuilder("documents");
        String sql = "SELECT SLOT, N, TEXT, DATA, TEXT_CRC, DATA_CRC FROM DOCUMENT ORDER BY SLOT";
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                long text = crc(result.getString(3).getBytes(StandardCharsets.UTF_8));
                long data = crc(result.getBytes(4));
                boolean whole = text == result.getLong(5) && data == result.getLong(6);
                state.append(' ').append(result.getInt(1)).append(':').append(result.getLong(2));
                state.append(whole ? "" : "(damaged)");
            }
        }
        return state.toString();
    }

    @Override
    public String stateAfter(long number) {
        StringBuilder state = new StringBuilder("documents");
        for (int slot = 0; slot < SLOTS; slot++) {
            long last = number - Math.floorMod(number - slot, SLOTS);
            if (last >= 1) {
                state.append(' ').append(slot).append(':').append(last);
            }
        }
        return state.toString();
    }

    @Override
    public String toString() {
        return "Documents";
    }
}
