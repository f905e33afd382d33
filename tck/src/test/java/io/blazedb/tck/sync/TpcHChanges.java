package io.blazedb.tck.sync;

import io.blazedb.tck.Target;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Three threads that change loaded TPC-H tables at random: one updates, one deletes, one inserts.
 *
 * <p>Each may work on another database: URL i modulo their number is thread i's. A transaction that loses to another
 * writer is rolled back and counts as none.
 */
public final class TpcHChanges {
    private static final int LOCK_TIMEOUT_ERROR = 50200;

    private final double scale;
    private final long seed;
    private final int transactions;
    private final long firstKey;

    /** Changes for tables of that scale, each thread doing that many transactions. */
    public TpcHChanges(double scale, long seed, int transactions) {
        this(scale, seed, transactions, 1_000_000_000L);
    }

    /** @param firstKey of the orders that are inserted: the rest count up from it */
    public TpcHChanges(double scale, long seed, int transactions, long firstKey) {
        this.scale = scale;
        this.seed = seed;
        this.transactions = transactions;
        this.firstKey = firstKey;
    }

    /** Runs all three to their end and gives the number of transactions that were committed. */
    public int run(List<String> urls) throws SQLException, InterruptedException {
        List<Change> changes = List.of(this::update, this::delete, this::insert);
        ExecutorService threads = Executors.newFixedThreadPool(changes.size());
        List<Future<Integer>> running = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            String url = urls.get(i % urls.size());
            Change change = changes.get(i);
            Random random = new Random(seed + i);
            Callable<Integer> job = () -> run(url, change, random);
            running.add(threads.submit(job));
        }
        threads.shutdown();
        int committed = 0;
        for (Future<Integer> one : running) {
            committed += result(one);
        }
        return committed;
    }

    private static int result(Future<Integer> future) throws SQLException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private int run(String url, Change change, Random random) throws SQLException {
        int committed = 0;
        try (Connection connection = Target.connect(url)) {
            connection.setAutoCommit(false);
            for (int i = 0; i < transactions; i++) {
                try {
                    change.apply(connection, random, i);
                    connection.commit();
                    committed++;
                } catch (SQLTransactionRollbackException e) {
                    connection.rollback();
                } catch (SQLException e) {
                    connection.rollback();
                    if (e.getErrorCode() != LOCK_TIMEOUT_ERROR) {
                        throw e;
                    }
                }
            }
        }
        return committed;
    }

    private void update(Connection connection, Random random, int number) throws SQLException {
        execute(
                connection,
                "UPDATE lineitem SET l_quantity = ?1, l_comment = ?2 WHERE l_orderkey BETWEEN ?3 AND ?3 + 3",
                random.nextInt(50),
                "changed " + number,
                order(random));
        execute(
                connection,
                "UPDATE customer SET c_acctbal = c_acctbal + ? WHERE c_custkey = ?",
                random.nextInt(100) - 50,
                1 + random.nextInt(customers()));
        if (random.nextInt(20) == 0) {
            execute(
                    connection,
                    "UPDATE part SET p_retailprice = p_retailprice + 1 WHERE p_size = ?",
                    random.nextInt(50));
        }
    }

    private void delete(Connection connection, Random random, int number) throws SQLException {
        execute(connection, "DELETE FROM orders WHERE o_orderkey BETWEEN ?1 AND ?1 + 5", order(random));
        if (random.nextInt(10) == 0) {
            execute(connection, "DELETE FROM lineitem WHERE l_orderkey = ? AND l_linenumber > 1", order(random));
        }
    }

    private void insert(Connection connection, Random random, int number) throws SQLException {
        long key = firstKey + number;
        execute(
                connection,
                "INSERT INTO orders VALUES(?, ?, 'O', ?, DATE '1998-08-02', '1-URGENT', 'Clerk#1', 0, 'new')",
                key,
                1 + random.nextInt(customers()),
                random.nextInt(100_000));
        int lines = 1 + random.nextInt(7);
        execute(
                connection,
                "INSERT INTO lineitem SELECT ?, ps_partkey, ps_suppkey, ROWNUM(), 1, 10, 0, 0, 'N', 'O',"
                        + " DATE '1998-08-02', DATE '1998-08-02', DATE '1998-08-02', 'NONE', 'AIR', 'new'"
                        + " FROM partsupp WHERE ps_partkey > ? ORDER BY ps_partkey, ps_suppkey FETCH FIRST ? ROWS ONLY",
                key,
                random.nextInt((int) (100_000 * scale)),
                lines);
    }

    private int customers() {
        return (int) (150_000 * scale);
    }

    private int order(Random random) {
        return 1 + random.nextInt((int) (6_000_000 * scale)); // one of four numbers is an order
    }

    private static void execute(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        }
    }

    /** One transaction, but for its commit. */
    private interface Change {
        void apply(Connection connection, Random random, int number) throws SQLException;
    }
}
