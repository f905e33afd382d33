package io.blazedb.tck.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.tck.Database;
import io.blazedb.tck.EveryTarget;
import io.blazedb.tck.Sql;
import io.blazedb.tck.Volume;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Several connections and threads at once: isolation, locks, cancelling, interrupts. */
class ConcurrencyContractTest {
    private static final int THREADS = 4;
    private static final String[] ACCOUNTS = {
        "CREATE TABLE A(ID INT PRIMARY KEY, BALANCE INT NOT NULL)",
        "INSERT INTO A SELECT X, 100 FROM SYSTEM_RANGE(1, 10)"
    };
    private static final String SLOW = "SELECT COUNT(*) FROM SYSTEM_RANGE(1, 1000) WHERE DAWDLE(10) > 0";

    @EveryTarget
    void readCommittedSeesNewCommits(Database database) throws SQLException {
        try (Connection reader = open(database, Connection.TRANSACTION_READ_COMMITTED);
                Connection writer = database.connect()) {
            assertThat(balance(reader)).isEqualTo("100");
            Sql.execute(writer, "UPDATE A SET BALANCE = 200 WHERE ID = 1");

            assertThat(balance(reader)).isEqualTo("200");
        }
    }

    @EveryTarget
    void repeatableReadKeepsItsView(Database database) throws SQLException {
        try (Connection reader = open(database, Connection.TRANSACTION_REPEATABLE_READ);
                Connection writer = database.connect()) {
            assertThat(balance(reader)).isEqualTo("100");
            Sql.execute(writer, "UPDATE A SET BALANCE = 200 WHERE ID = 1");

            assertThat(balance(reader)).isEqualTo("100");
            reader.commit();
            assertThat(balance(reader)).isEqualTo("200");
        }
    }

    @EveryTarget
    void serializableSeesNoNewRows(Database database) throws SQLException {
        try (Connection reader = open(database, Connection.TRANSACTION_SERIALIZABLE);
                Connection writer = database.connect()) {
            assertThat(Sql.value(reader, "SELECT COUNT(*) FROM A")).isEqualTo("10");
            Sql.execute(writer, "INSERT INTO A VALUES(11, 0)");

            assertThat(Sql.value(reader, "SELECT COUNT(*) FROM A")).isEqualTo("10");
        }
    }

    @EveryTarget
    void readUncommittedSeesEverything(Database database) throws SQLException {
        try (Connection reader = open(database, Connection.TRANSACTION_READ_UNCOMMITTED);
                Connection writer = database.connect()) {
            writer.setAutoCommit(false);
            Sql.execute(writer, "UPDATE A SET BALANCE = 200 WHERE ID = 1");

            assertThat(balance(reader)).isEqualTo("200");
        }
    }

    @EveryTarget
    void lockedRowTimesOut(Database database) throws SQLException {
        try (Connection holder = open(database, Connection.TRANSACTION_READ_COMMITTED);
                Connection other = database.connect()) {
            Sql.execute(holder, "UPDATE A SET BALANCE = 200 WHERE ID = 1");
            Sql.execute(other, "SET LOCK_TIMEOUT 50", "UPDATE A SET BALANCE = 300 WHERE ID = 2");

            assertThatThrownBy(() -> Sql.execute(other, "UPDATE A SET BALANCE = 300 WHERE ID = 1"))
                    .isInstanceOfSatisfying(SQLException.class, e -> {
                        assertThat(e.getErrorCode()).isEqualTo(50200);
                        assertThat(e.getSQLState()).isEqualTo("HYT00");
                    });
        }
    }

    @EveryTarget
    void selectForUpdateLocks(Database database) throws SQLException {
        try (Connection holder = open(database, Connection.TRANSACTION_READ_COMMITTED);
                Connection other = database.connect()) {
            assertThat(Sql.rows(holder, "SELECT * FROM A WHERE ID = 1 FOR UPDATE"))
                    .containsExactly("1|100");
            Sql.execute(other, "SET LOCK_TIMEOUT 50");

            assertThatThrownBy(() -> Sql.execute(other, "UPDATE A SET BALANCE = 300 WHERE ID = 1"))
                    .isInstanceOf(SQLException.class);
            assertThat(Sql.rows(other, "SELECT ID FROM A WHERE ID < 3 FOR UPDATE SKIP LOCKED"))
                    .containsExactly("2");
            holder.rollback();
            Sql.execute(other, "UPDATE A SET BALANCE = 300 WHERE ID = 1");
        }
    }

    @EveryTarget
    void deadlockEndsWithOneLoser(Database database) throws Exception {
        try (Connection first = open(database, Connection.TRANSACTION_READ_COMMITTED);
                Connection second = database.connect()) {
            second.setAutoCommit(false);
            Sql.execute(first, "SET LOCK_TIMEOUT 20000", "UPDATE A SET BALANCE = 1 WHERE ID = 1");
            Sql.execute(second, "SET LOCK_TIMEOUT 20000", "UPDATE A SET BALANCE = 2 WHERE ID = 2");
            List<Exception> losers = all(
                    () -> {
                        Sql.execute(first, "UPDATE A SET BALANCE = 1 WHERE ID = 2");
                        first.commit();
                    },
                    () -> {
                        Sql.execute(second, "UPDATE A SET BALANCE = 2 WHERE ID = 1");
                        second.commit();
                    });

            assertThat(losers)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("40001"));
        }
    }

    @EveryTarget
    void transfersKeepTheSum(Database database) throws Exception {
        open(database, Connection.TRANSACTION_READ_COMMITTED).close();
        long seed = Volume.seed();
        Job[] jobs = new Job[THREADS];
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random(seed + i);
            jobs[i] = () -> transfer(database, random, 100);
        }

        assertThat(all(jobs)).as("seed %d", seed).isEmpty();
        try (Connection connection = database.connect()) {
            assertThat(Sql.value(connection, "SELECT SUM(BALANCE) FROM A")).isEqualTo("1000");
        }
    }

    private static void transfer(Database database, Random random, int times) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement update =
                        connection.prepareStatement("UPDATE A SET BALANCE = BALANCE + ? WHERE ID = ?")) {
            connection.setAutoCommit(false);
            for (int i = 0; i < times; i++) {
                int one = 1 + random.nextInt(9);
                int amount = random.nextInt(10);
                add(update, one, -amount); // in order of the keys: no deadlock
                add(update, one + 1, amount);
                if (random.nextInt(5) == 0) {
                    connection.rollback();
                } else {
                    connection.commit();
                }
            }
        }
    }

    private static void add(PreparedStatement update, int id, int amount) throws SQLException {
        update.setInt(1, amount);
        update.setInt(2, id);
        update.executeUpdate();
    }

    @EveryTarget
    void oneConnectionMayBeSharedByThreads(Database database) throws Exception {
        try (Connection connection = open(database, Connection.TRANSACTION_READ_COMMITTED)) {
            connection.setAutoCommit(true);
            Job job = () -> {
                for (int i = 0; i < 50; i++) {
                    Sql.execute(connection, "UPDATE A SET BALANCE = BALANCE + 1 WHERE ID = 1");
                }
            };

            assertThat(all(job, job, job)).isEmpty();
            assertThat(balance(connection)).isEqualTo("250");
        }
    }

    @EveryTarget
    void queryTimeoutEndsTheQuery(Database database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            Functions.declare(connection, "dawdle");
            statement.setQueryTimeout(1);
            assertThat(statement.getQueryTimeout()).isEqualTo(1);

            assertThatThrownBy(() -> statement.executeQuery(SLOW))
                    .isInstanceOf(SQLTimeoutException.class)
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(57014));
            statement.setQueryTimeout(0);
            assertThat(Sql.value(connection, "SELECT 1")).isEqualTo("1");
        }
    }

    @EveryTarget
    void cancelEndsTheQuery(Database database) throws Exception {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            Functions.declare(connection, "dawdle");
            CountDownLatch started = Functions.nextDawdle();
            List<Exception> errors = all(() -> statement.executeQuery(SLOW), () -> {
                started.await();
                statement.cancel();
            });

            assertThat(errors)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(57014));
            assertThat(Sql.value(connection, "SELECT 1")).isEqualTo("1");
        }
    }

    @EveryTarget
    void abortClosesTheConnection(Database database) throws SQLException {
        Connection connection = database.connect();
        connection.abort(Runnable::run);
        connection.close();

        try (Connection other = database.connect()) {
            assertThat(Sql.value(other, "SELECT 1")).isEqualTo("1");
        }
    }

    private static Connection open(Database database, int isolation) throws SQLException {
        Connection connection = database.connect();
        Sql.execute(connection, ACCOUNTS);
        connection.setTransactionIsolation(isolation);
        connection.setAutoCommit(false);
        return connection;
    }

    private static String balance(Connection connection) throws SQLException {
        return Sql.value(connection, "SELECT BALANCE FROM A WHERE ID = 1");
    }

    /** Runs all at once and gives the exceptions that ended some of them. */
    private static List<Exception> all(Job... jobs) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(jobs.length);
        List<Future<Boolean>> futures = new ArrayList<>();
        for (Job job : jobs) {
            Callable<Boolean> callable = () -> {
                job.run();
                return true;
            };
            futures.add(threads.submit(callable));
        }
        List<Exception> errors = new ArrayList<>();
        for (Future<Boolean> future : futures) {
            try {
                future.get();
            } catch (ExecutionException e) {
                errors.add(e.getCause() instanceof Exception cause ? cause : e);
            }
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        return errors;
    }

    /** What one thread does. */
    private interface Job {
        void run() throws Exception;
    }
}
