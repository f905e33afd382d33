package io.blazedb.tck.bench;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.Random;

/** The table of five columns that everything is measured on, through one connection. For one thread. */
final class Items implements AutoCloseable {
    static final int BATCH = 1_000;
    private static final String CREATE =
            "CREATE TABLE IF NOT EXISTS item(id BIGINT PRIMARY KEY, name VARCHAR(100), qty INT, price DECIMAL(10, 2),"
                    + " updated TIMESTAMP)";
    private static final Timestamp UPDATED = Timestamp.valueOf("2026-01-02 03:04:05");

    private final Connection connection;
    private final PreparedStatement insert;
    private final PreparedStatement update;
    private final PreparedStatement select;
    private final Random random = new Random(1);
    private long lastId;

    Items(Connection connection) throws SQLException {
        this.connection = connection;
        try (Statement statement = connection.createStatement()) {
            statement.execute(CREATE);
        }
        insert = connection.prepareStatement("INSERT INTO item VALUES(?, ?, ?, ?, ?)");
        update = connection.prepareStatement("UPDATE item SET qty = ?, price = ? WHERE id = ?");
        select = connection.prepareStatement("SELECT name, qty, price FROM item WHERE id = ?");
        lastId = count();
    }

    Connection connection() {
        return connection;
    }

    long lastId() {
        return lastId;
    }

    /** From now on ids begin after this one. */
    void lastId(long id) {
        lastId = id;
    }

    /** One row, committed. */
    void insert() throws SQLException {
        bind(++lastId);
        insert.executeUpdate();
    }

    /** Many rows in one transaction. */
    void insertBatch(int rows) throws SQLException {
        connection.setAutoCommit(false);
        for (int i = 0; i < rows; i++) {
            bind(++lastId);
            insert.addBatch();
        }
        insert.executeBatch();
        connection.commit();
        connection.setAutoCommit(true);
    }

    /** Fills the table with as many rows, a thousand a transaction. */
    void fill(int rows) throws SQLException {
        for (int left = rows; left > 0; left -= BATCH) {
            insertBatch(Math.min(BATCH, left));
        }
    }

    private void bind(long id) throws SQLException {
        insert.setLong(1, id);
        insert.setString(2, "the name of item number " + id);
        insert.setInt(3, (int) (id % 1_000));
        insert.setBigDecimal(4, BigDecimal.valueOf(id % 100_000, 2));
        insert.setTimestamp(5, UPDATED);
    }

    /** Two values of a random row among the first, committed. */
    void update(int among) throws SQLException {
        update.setInt(1, random.nextInt());
        update.setBigDecimal(2, BigDecimal.valueOf(random.nextInt(100_000), 2));
        update.setLong(3, 1 + random.nextInt(among));
        if (update.executeUpdate() != 1) {
            throw new IllegalStateException("an update found no row among the first " + among);
        }
    }

    /** Reads a random row among the first. */
    void select(int among) throws SQLException {
        if (!has(1 + random.nextInt(among))) {
            throw new IllegalStateException("a row is missing among the first " + among);
        }
    }

    boolean has(long id) throws SQLException {
        select.setLong(1, id);
        try (ResultSet rows = select.executeQuery()) {
            return rows.next() && rows.getString(1) != null && rows.getBigDecimal(3) != null;
        }
    }

    /** Reads the first rows, every column. Answers how many there were. */
    int scan(int rows) throws SQLException {
        int count = 0;
        try (PreparedStatement scan = connection.prepareStatement("SELECT * FROM item WHERE id <= ?")) {
            scan.setLong(1, rows);
            try (ResultSet result = scan.executeQuery()) {
                while (result.next()) {
                    count += result.getString(2) != null && result.getLong(1) > 0 ? 1 : 0;
                }
            }
        }
        return count;
    }

    long count() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM item")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
