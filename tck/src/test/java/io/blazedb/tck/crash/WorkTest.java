package io.blazedb.tck.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.tck.Target;
import io.blazedb.tck.Volume;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The checks of the crash tests say nothing about a whole database and name each fault in a damaged one. */
class WorkTest {
    private static final int TRANSACTIONS = 100;

    @TempDir
    Path folder;

    static List<Work> works() {
        return Stream.concat(
                        Workload.MIXED.works().stream(), Stream.of(new BalancedRows(9, 900), new BalancedRows(8, 2000)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("works")
    void stateIsTheOneForetoldAfterEachTransaction(Work work) throws Exception {
        long seed = Volume.seed();
        Random random = new Random(seed);
        Progress.Writer writer = Progress.open(folder.resolve("progress")).writer(0);

        try (Connection connection = Target.H2_MEMORY.connect(folder)) {
            work.setUp(connection);
            connection.setAutoCommit(false);
            assertThat(work.state(connection)).isEqualTo(work.stateAfter(0));
            for (long number = 1; number <= TRANSACTIONS; number++) {
                work.run(connection, number, random, writer);

                assertThat(work.state(connection)).as("seed %d", seed).isEqualTo(work.stateAfter(number));
                assertThat(work.complaints(connection, writer)).isEmpty();
                connection.rollback();
            }
        }
    }

    @Test
    void halfATransactionIsTorn() throws Exception {
        prepare();
        damage("UPDATE T0 SET V = 49 WHERE ID = 3");

        assertThat(faults(50, 51)).containsExactly(Violation.Kind.TORN);
    }

    @Test
    void anEarlierTransactionIsLost() throws Exception {
        prepare();

        assertThat(faults(51, 52)).containsExactly(Violation.Kind.LOST);
    }

    @Test
    void aLaterTransactionIsInvented() throws Exception {
        prepare();

        assertThat(faults(48, 49)).containsExactly(Violation.Kind.INVENTED);
    }

    @Test
    void aMissingTableIsUnreadable() throws Exception {
        prepare();
        damage("DROP TABLE L0");

        assertThat(faults(50, 50)).containsExactly(Violation.Kind.UNREADABLE);
    }

    @Test
    void aRepeatedNumberIsBroken() throws Exception {
        Work work = new Numbers();
        Progress.Writer writer = Progress.open(folder.resolve("progress")).writer(0);
        try (Connection connection = Target.H2_MEMORY.connect(folder)) {
            work.setUp(connection);
            connection.setAutoCommit(false);
            for (long number = 1; number <= TRANSACTIONS; number++) {
                work.run(connection, number, new Random(number), writer);
            }
        }
        damage("ALTER SEQUENCE TICKET RESTART WITH 5");

        try (Connection connection = Target.H2_MEMORY.connect(folder)) {
            connection.setAutoCommit(false);
            assertThat(work.complaints(connection, writer))
                    .singleElement()
                    .asString()
                    .contains("sequence gave 5 again");
        }
    }

    private void prepare() throws SQLException {
        try (Connection connection = Target.H2_MEMORY.connect(folder)) {
            Work work = Workload.ROWS.works().get(0);
            work.setUp(connection);
            connection.setAutoCommit(false);
            work.run(connection, 50, new Random(1), new Progress.Bounds(0, 0, 0, 0));
        }
    }

    private void damage(String sql) throws SQLException {
        try (Connection connection = Target.H2_MEMORY.connect(folder);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<Violation.Kind> faults(long acknowledged, long attempted) {
        List<Progress.Bounds> bounds = List.of(new Progress.Bounds(acknowledged, attempted, 0, 0));
        return new Checker(Workload.ROWS)
                .check(Target.H2_MEMORY.url(folder), bounds).stream()
                        .map(Violation::kind)
                        .toList();
    }
}
