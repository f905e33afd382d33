package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.tck.Sql;
import io.blazedb.tck.Target;
import io.blazedb.tck.Volume;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A large load and concurrent changes leave on every kind of database what they leave on plain H2 in memory. */
class TpcHTest {
    private static final int TRANSACTIONS = 100;
    private static final double SCALE = Volume.isFull() ? TpcH.SCALE : TpcH.SCALE / 5;
    private static final String ORPHANS =
            "SELECT COUNT(*) FROM lineitem WHERE l_orderkey NOT IN (SELECT o_orderkey FROM orders)";

    @TempDir
    Path folder;

    static Stream<Target> targets() {
        return Target.enabled().stream().filter(target -> target != Target.H2_MEMORY);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void loadAndChangesAreTheSameEverywhere(Target target) throws Exception {
        long seed = Volume.seed();
        String url = target.url(folder.resolve("db"));
        String reference = Target.H2_MEMORY.url(folder.resolve("reference"));
        long rows = load(reference);

        assertThat(load(url)).isEqualTo(rows).isGreaterThan(80_000);
        assertThat(differences(reference, url)).isEmpty();

        int committed = new TpcHChanges(SCALE, seed, TRANSACTIONS).run(List.of(url));
        assertThat(committed).as("seed %d", seed).isGreaterThan(TRANSACTIONS);
        assertThat(differences(reference, url))
                .anyMatch(s -> s.startsWith("ORDERS"))
                .anyMatch(s -> s.startsWith("LINEITEM"));
        try (Connection connection = Target.connect(url);
                Connection last = Target.connect(reference)) {
            assertThat(Sql.value(connection, ORPHANS)).isEqualTo("0");
            Sql.execute(last, "SHUTDOWN");
        }
    }

    @Test
    void comparisonNamesTheRowThatDiffers() throws SQLException {
        try (Connection left = Target.H2_MEMORY.connect(folder.resolve("left"));
                Connection right = Target.H2_MEMORY.connect(folder.resolve("right"))) {
            for (Connection connection : List.of(left, right)) {
                Sql.execute(
                        connection, "CREATE TABLE K(V INT, NOTE VARCHAR)", "INSERT INTO K VALUES(1, 'a'), (1, 'a')");
            }
            assertThat(TableComparison.differences(left, right)).isEmpty();
            Sql.execute(right, "INSERT INTO K VALUES(1, 'a'), (2, 'b')");

            assertThat(TableComparison.differences(left, right))
                    .singleElement()
                    .asString()
                    .contains("K: 2 rows", "4 rows", "only in the second: 1|a", "only in the second: 2|b");
            Sql.execute(left, "SHUTDOWN");
            Sql.execute(right, "SHUTDOWN");
        }
    }

    private static long load(String url) throws SQLException {
        Connection connection = Target.connect(url);
        TpcH.create(connection);
        long rows = TpcH.load(connection, SCALE);
        connection.close();
        return rows;
    }

    private static List<String> differences(String left, String right) throws SQLException {
        try (Connection first = Target.connect(left);
                Connection second = Target.connect(right)) {
            return TableComparison.differences(first, second);
        }
    }
}
