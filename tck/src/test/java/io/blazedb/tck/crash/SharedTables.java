package io.blazedb.tck.crash;

import io.blazedb.tck.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tables that two authors write in their own databases at the same time, and what one author's rows are after each
 * of its transactions.
 *
 * <p>LEDGER says which transaction of an author came last. The rows of PAIR_A and PAIR_B that one author owns follow
 * from that number alone, so any database shows half a transaction, a lost one or a wrong order at once. COUNTERS adds
 * one for each transaction of either author. CODES, PARENT and CHILD are written by both so that the writes break
 * constraints once they are merged.
 */
final class SharedTables {
    static final int AUTHORS = 2;
    static final int COUNTERS = 3;
    private static final int KEYS = 40;
    private static final int AUTHOR_FACTOR = 1_000;
    private static final int BULK_ROWS = 1_500;

    private SharedTables() {}

    static void setUp(Connection connection) throws SQLException {
        Sql.execute(
                connection,
                "CREATE TABLE LEDGER(AUTHOR INT PRIMARY KEY, N BIGINT NOT NULL)",
                "CREATE TABLE PAIR_A(ID INT PRIMARY KEY, N BIGINT NOT NULL, PAD VARCHAR(4000))",
                "CREATE INDEX PAIR_A_N ON PAIR_A(N)",
                "CREATE TABLE PAIR_B(ID INT PRIMARY KEY, N BIGINT NOT NULL)",
                "CREATE TABLE COUNTERS(ID INT PRIMARY KEY, HITS BIGINT NOT NULL)",
                "CREATE TABLE CODES(ID INT PRIMARY KEY, CODE INT UNIQUE)",
                "CREATE TABLE PARENT(ID INT PRIMARY KEY, NOTE VARCHAR(20))",
                "CREATE TABLE CHILD(ID INT PRIMARY KEY, PARENT INT REFERENCES PARENT)",
                "CREATE TABLE WIDE(ID INT PRIMARY KEY)",
                "CREATE TABLE BULK(ID INT PRIMARY KEY, NOTE VARCHAR(100))",
                "CREATE MERGE RULE ON COUNTERS (HITS) USING COUNTER",
                "INSERT INTO LEDGER VALUES(0, 0), (1, 0)",
                "INSERT INTO COUNTERS SELECT X, 0 FROM SYSTEM_RANGE(0, " + (COUNTERS - 1) + ")",
                "INSERT INTO PARENT SELECT X, 'first' FROM SYSTEM_RANGE(0, 5)",
                "INSERT INTO WIDE SELECT X FROM SYSTEM_RANGE(1, 20)",
                "INSERT INTO BULK SELECT X, 'row ' || X FROM SYSTEM_RANGE(1, " + BULK_ROWS + ")");
    }

    /** The row that a transaction writes. */
    static int key(int author, long number) {
        return author * AUTHOR_FACTOR + (int) (number % KEYS);
    }

    /** Whether a transaction deletes its row instead of writing its number to it. */
    static boolean deletes(long number) {
        return number % 7 == 3;
    }

    static int authorOf(int key) {
        return key / AUTHOR_FACTOR;
    }

    /** The author's rows of each of the two tables after that transaction. */
    static Map<Integer, Long> rowsAfter(int author, long number) {
        Map<Integer, Long> rows = new TreeMap<>();
        for (long n = Math.max(1, number - KEYS + 1); n <= number; n++) {
            if (!deletes(n)) {
                rows.put(key(author, n), n);
            }
        }
        return rows;
    }
}
