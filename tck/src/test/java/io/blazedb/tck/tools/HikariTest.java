package io.blazedb.tck.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.blazedb.tck.Database;
import io.blazedb.tck.EveryTarget;
import io.blazedb.tck.Sql;
import io.blazedb.tck.Target;
import io.blazedb.tck.sync.TpcH;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** HikariCP 7.1 over the URL: loading, many threads, state that must be reset, leaks. */
class HikariTest {
    private static final double SMALL = 0.01;
    private static final int POOL = 4;
    private static final int THREADS = 12;

    @EveryTarget
    void loadsThroughThePool(Database database) throws SQLException {
        try (HikariDataSource pool = pool(database)) {
            try (Connection connection = pool.getConnection()) {
                TpcH.create(connection);
                assertThat(TpcH.load(connection, SMALL)).isGreaterThan(10_000);
            }
            try (Connection connection = pool.getConnection()) {
                assertThat(Sql.value(connection, "SELECT COUNT(*) > 10000 FROM lineitem"))
                        .isEqualTo("TRUE");
            }
        }
    }

    @EveryTarget
    void threadsShareThePool(Database database) throws Exception {
        try (HikariDataSource pool = pool(database)) {
            try (Connection connection = pool.getConnection()) {
                Sql.execute(connection, "CREATE TABLE T(ID INT PRIMARY KEY, W INT)");
            }
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int writer = i;
                done.add(threads.submit(() -> insert(pool, writer)));
            }
            for (Future<?> one : done) {
                one.get();
            }
            threads.shutdown();
            try (Connection connection = pool.getConnection()) {
                assertThat(Sql.value(connection, "SELECT COUNT(*) FROM T")).isEqualTo("600");
            }
        }
    }

    private static void insert(HikariDataSource pool, int writer) {
        for (int i = 0; i < 50; i++) {
            try (Connection connection = pool.getConnection()) {
                Sql.execute(connection, "INSERT INTO T VALUES(%d, %d)".formatted(writer * 50 + i, writer));
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @EveryTarget
    void connectionsComeBackClean(Database database) throws SQLException {
        try (HikariDataSource pool = pool(database)) {
            pool.setMaximumPoolSize(1);
            try (Connection connection = pool.getConnection()) {
                Sql.execute(connection, "CREATE TABLE T(ID INT PRIMARY KEY)");
                connection.setAutoCommit(false);
                connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                Sql.execute(connection, "INSERT INTO T VALUES(1)");
            }
            try (Connection connection = pool.getConnection()) {
                assertThat(connection.getAutoCommit()).isTrue();
                assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
                assertThat(Sql.value(connection, "SELECT COUNT(*) FROM T")).isEqualTo("0");
            }
        }
    }

    @EveryTarget
    void anEmptyPoolTimesOut(Database database) throws SQLException {
        try (HikariDataSource pool = pool(database)) {
            pool.setMaximumPoolSize(1);
            pool.setConnectionTimeout(250);
            try (Connection held = pool.getConnection()) {
                assertThat(held.isValid(1)).isTrue();
                assertThatThrownBy(pool::getConnection).isInstanceOf(SQLTransientConnectionException.class);
            }
        }
    }

    private static HikariDataSource pool(Database database) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(database.url());
        pool.setUsername(Target.USER);
        pool.setPassword(Target.PASSWORD);
        pool.setMaximumPoolSize(POOL);
        return pool;
    }
}
