package io.blazedb.tck.crash;

import io.blazedb.tck.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * One author of {@link SharedTables}: numbered transactions, and between them writes that others may refuse. Tells
 * {@link Progress} of each attempt and of each commit that returned. For one thread, with a connection of its own.
 */
final class SharedWriter {
    private static final int PAD_BYTES_MAX = 3_000;
    private static final int COLUMNS_MAX = 12;
    /** Deadlock, timeout, concurrent update. */
    private static final Set<Integer> IN_THE_WAY = Set.of(40001, 50200, 90131);

    private final Connection connection;
    private final int author;
    private final Progress.Writer progress;
    private final Random random;

    SharedWriter(Connection connection, int author, Progress.Writer progress, Random random) throws SQLException {
        this.connection = connection;
        this.author = author;
        this.progress = progress;
        this.random = random;
        connection.setAutoCommit(false);
    }

    /** Writes without end; every so often looks at what is visible. */
    void run() throws SQLException {
        runUntil(Long.MAX_VALUE);
    }

    /** Writes up to this transaction. */
    void runUntil(long last) throws SQLException {
        for (long number = progress.acknowledged() + 1; number <= last; number++) {
            progress.attempt(number);
            while (!tried(transaction(number))) {
                Thread.onSpinWait();
            }
            progress.acknowledge(number);
            if (number % 3 == 0) {
                tried(violation(number));
            }
            if (author == 0 && number % 25 == 0) {
                tried(definition(number));
            }
            if (number % 16 == 0) {
                look();
            }
        }
    }

    private void look() throws SQLException {
        List<String> torn = SharedCheck.torn(connection);
        connection.commit();
        if (!torn.isEmpty()) {
            throw new IllegalStateException("author " + author + " sees " + torn);
        }
    }

    /** Whether it was committed; if not, another transaction or a constraint was in the way. */
    private boolean tried(List<String> statements) throws SQLException {
        try {
            Sql.execute(connection, statements.toArray(String[]::new));
            connection.commit();
            return true;
        } catch (SQLException e) {
            rollBackAfter(e);
            boolean constraint = String.valueOf(e.getSQLState()).startsWith("23");
            if (!constraint && !IN_THE_WAY.contains(e.getErrorCode()) && !"40001".equals(e.getSQLState())) {
                throw e;
            }
            return false;
        }
    }

    private void rollBackAfter(SQLException failure) throws SQLException {
        try {
            connection.rollback();
        } catch (SQLException e) {
            failure.addSuppressed(e);
            throw failure;
        }
    }

    private List<String> transaction(long number) {
        int key = SharedTables.key(author, number);
        String count = "UPDATE COUNTERS SET HITS = HITS + 1 WHERE ID = " + number % SharedTables.COUNTERS;
        String ledger = "UPDATE LEDGER SET N = " + number + " WHERE AUTHOR = " + author;
        if (SharedTables.deletes(number)) {
            return List.of(
                    "DELETE FROM PAIR_A WHERE ID = " + key, ledger, count, "DELETE FROM PAIR_B WHERE ID = " + key);
        }
        String pad = "REPEAT('" + (char) ('a' + random.nextInt(26)) + "', " + random.nextInt(PAD_BYTES_MAX) + ")";
        return List.of(
                "MERGE INTO PAIR_A VALUES(%d, %d, %s)".formatted(key, number, pad),
                count,
                "MERGE INTO PAIR_B VALUES(%d, %d)".formatted(key, number),
                ledger);
    }

    private List<String> violation(long number) {
        int parent = random.nextInt(6);
        int own = author + 2 * random.nextInt(10);
        return switch (random.nextInt(6)) {
            case 0, 1 -> List.of("MERGE INTO CODES VALUES(%d, %d)".formatted(own, random.nextInt(12)));
            case 2 -> List.of("DELETE FROM CODES WHERE ID = " + random.nextInt(20));
            case 3 -> List.of("MERGE INTO CHILD VALUES(%d, %d)".formatted(own, parent));
            case 4 -> List.of("DELETE FROM CHILD WHERE PARENT = " + parent, "DELETE FROM PARENT WHERE ID = " + parent);
            default -> List.of("MERGE INTO PARENT VALUES(%d, 'n%d')".formatted(parent, number));
        };
    }

    private List<String> definition(long number) throws SQLException {
        int columns = Integer.parseInt(Sql.value(
                connection,
                "SELECT COUNT(*) FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = 'PUBLIC'"
                        + " AND TABLE_NAME = 'WIDE'"));
        if (columns > COLUMNS_MAX) {
            return List.of("UPDATE WIDE SET C1 = " + number);
        }
        return List.of(
                "ALTER TABLE WIDE ADD COLUMN C%d BIGINT DEFAULT %d".formatted(columns, number),
                "UPDATE WIDE SET C%d = %d WHERE ID < 10".formatted(columns, number),
                "CREATE TABLE IF NOT EXISTS ADDED%d(ID INT PRIMARY KEY, N BIGINT)".formatted(columns),
                "MERGE INTO ADDED%d VALUES(1, %d)".formatted(columns, number));
    }
}
