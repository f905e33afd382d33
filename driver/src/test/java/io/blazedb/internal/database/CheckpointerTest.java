package io.blazedb.internal.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.internal.jdbc.url.UrlParser;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint that is under way ends before its database does. */
class CheckpointerTest {
    private static final long SECONDS_MAX = 30;

    @TempDir
    Path folder;

    private final List<Throwable> uncaught = new CopyOnWriteArrayList<>();
    private final CountDownLatch underWay = new CountDownLatch(1);
    private final AtomicReference<Thread> checkpointing = new AtomicReference<>();
    private Thread.UncaughtExceptionHandler before;
    private Connection connection;
    private BlazeDatabase database;

    @BeforeEach
    void open() throws Exception {
        before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> uncaught.add(failure));
        Properties user = new Properties();
        user.setProperty("user", "sa");
        user.setProperty("password", "");
        String url = "jdbc:blaze:" + folder.resolve("db");
        connection = DriverManager.getConnection(url, user);
        database = ((DatabaseSession) Databases.open().open(UrlParser.parse(url, user))).database();
    }

    @AfterEach
    void forget() {
        Thread.setDefaultUncaughtExceptionHandler(before);
    }

    /** A checkpoint that is as slow as can be: it goes on when the database has closed, or waits for it. */
    private void beginCheckpoint(Thread closing) throws Exception {
        Objects.requireNonNull(database.checkpoint()).contribute((state, position) -> {
            if (checkpointing.compareAndSet(null, Thread.currentThread())) {
                underWay.countDown();
                while (!state.isClosed() && closing.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
                state.put("test", new byte[1]);
            }
        });
        try (Statement change = connection.createStatement()) {
            change.execute("CREATE TABLE T(ID INT PRIMARY KEY)"); // which asks for a checkpoint
        }
        assertThat(underWay.await(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    }

    private void closeMeanwhile(Runnable close) throws Exception {
        Thread closing = new Thread(close, "closing");
        beginCheckpoint(closing);

        closing.start();
        closing.join(TimeUnit.SECONDS.toMillis(SECONDS_MAX));
        Objects.requireNonNull(checkpointing.get()).join(TimeUnit.SECONDS.toMillis(SECONDS_MAX));

        assertThat(closing.isAlive()).isFalse();
        assertThat(uncaught).isEmpty();
    }

    @Test
    void shutdownImmediatelyWaitsForIt() throws Exception {
        closeMeanwhile(database::stopImmediately);
    }

    @Test
    void aCloseThatIsInterruptedWaitsForIt() throws Exception {
        closeMeanwhile(() -> {
            Thread.currentThread().interrupt();
            database.stopImmediately();
        });
    }
}
