package io.blazedb.tck.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.tck.Sql;
import io.blazedb.tck.Target;
import io.blazedb.tck.Volume;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Interrupting threads that write, as pools and schedulers do, harms nobody else.
 *
 * <p>With Java's file channels it does: an interrupt during I/O closes the file of plain H2 for the whole process. So
 * this is no contract of JDBC but a promise of BlazeDB, and plain H2 shows that the test can fail.
 */
class InterruptTest {
    private static final long CONTROL_MILLIS_MAX = 60_000;
    private static final int CONTROL_RUNS_MAX = 20;
    private static final int WRITERS = 3;
    private static final int TRANSACTIONS = 400;
    private static final int FILLER_CHARACTERS = 3000;

    private static final String READ_ALL = "SELECT COUNT(*) FROM T WHERE NOTE LIKE 'z%'";

    @TempDir
    Path folder;

    static List<Target> durable() {
        return Target.enabledDurable();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("durable")
    void interruptedWritersHarmNobody(Target target) throws Exception {
        long seed = Volume.seed();
        Outcome outcome = new Outcome();

        interruptWriters(target, "db", seed, outcome);

        try (Connection connection = target.connect(folder.resolve("db"))) {
            int rows = Integer.parseInt(Sql.value(connection, "SELECT COUNT(*) FROM T"));
            assertThat(rows)
                    .as("seed %d", seed)
                    .isBetween(outcome.committed.get(), outcome.committed.get() + outcome.unknown.get());
        }
        assertThat(outcome.committed.get()).isGreaterThan(TRANSACTIONS);
        assertThat(outcome.ended.get()).as("writers that lost the database").isZero();
    }

    @Test
    void plainH2IsCaught() throws Exception {
        Outcome outcome = new Outcome();
        Thread control = new Thread(() -> interruptPlainH2(outcome), "control");
        control.setDaemon(true);

        control.start();
        control.join(CONTROL_MILLIS_MAX);

        boolean isStuck = control.isAlive(); // H2 may also wait for ever for a version of its file
        assertThat(isStuck || outcome.ended.get() > 0)
                .as("writers that lost the database")
                .isTrue();
    }

    private void interruptPlainH2(Outcome outcome) {
        try {
            for (int i = 0; outcome.ended.get() == 0 && i < CONTROL_RUNS_MAX; i++) { // an interrupt has to hit the file
                interruptWriters(Target.H2_FILE, "control" + i, Volume.seed(), outcome);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void interruptWriters(Target target, String name, long seed, Outcome outcome) throws Exception {
        String url = target.url(folder.resolve(name));
        try (Connection keeper = Target.connect(url)) {
            Sql.execute(keeper, "SET CACHE_SIZE 0", "CREATE TABLE T(W INT, N INT, NOTE VARCHAR, PRIMARY KEY(W, N))");
            List<Thread> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                writers.add(new Thread(() -> write(url, writer, outcome), "writer " + i));
            }
            writers.forEach(Thread::start);
            Random random = new Random(seed);
            while (writers.stream().anyMatch(Thread::isAlive)) {
                writers.get(random.nextInt(WRITERS)).interrupt();
                writers.get(0).join(1 + random.nextInt(5));
            }
        } catch (SQLException e) {
            assertThat(target).as("closed by an interrupt: %s", e).isEqualTo(Target.H2_FILE);
        }
    }

    /** Commits what it can; what an interrupt ends is rolled back and not tried again. */
    private static void write(String url, int writer, Outcome outcome) {
        try (Connection connection = Target.connect(url)) {
            connection.setAutoCommit(false);
            for (int number = 0; number < TRANSACTIONS; number++) {
                try {
                    Sql.execute(
                            connection,
                            "INSERT INTO T VALUES(%d, %d, REPEAT('x', %d))"
                                    .formatted(writer, number, FILLER_CHARACTERS),
                            "UPDATE T SET NOTE = 'y' WHERE W = %d AND N = %d".formatted(writer, number - 1));
                    connection.commit();
                    outcome.committed.incrementAndGet();
                    Sql.execute(connection, "CHECKPOINT", READ_ALL); // this thread uses the file
                } catch (SQLException interrupted) {
                    outcome.unknown.incrementAndGet();
                    Thread.interrupted();
                    connection.rollback();
                }
            }
        } catch (SQLException | AssertionError e) { // H2's own assertions fail when its file is gone
            outcome.ended.incrementAndGet();
        }
    }

    /** Transactions acknowledged, those of which an interrupt hid the end, and writers that lost the database. */
    private record Outcome(AtomicInteger committed, AtomicInteger unknown, AtomicInteger ended) {
        Outcome() {
            this(new AtomicInteger(), new AtomicInteger(), new AtomicInteger());
        }
    }
}
