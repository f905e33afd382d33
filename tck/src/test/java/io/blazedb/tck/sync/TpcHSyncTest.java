package io.blazedb.tck.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.tck.Sql;
import io.blazedb.tck.Volume;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A large load at one database, and changes of three threads at each of two, end with the same eight tables. */
class TpcHSyncTest {
    private static final double SCALE = Volume.isFull() ? TpcH.SCALE : TpcH.SCALE / 2.5;
    private static final int TRANSACTIONS = Volume.of(100);
    private static final String ORPHANS =
            "SELECT COUNT(*) FROM lineitem WHERE NOT EXISTS (SELECT 1 FROM orders WHERE o_orderkey = l_orderkey)";

    @TempDir
    Path folder;

    @Test
    void bothEndWithTheSame() throws Exception {
        long seed = Volume.seed();
        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            east.connectTo(west);
            TpcH.create(east.connection());
            long rows = TpcH.load(east.connection(), SCALE);
            east.execute("SYNC TIMEOUT 120");
            assertThat(rows).isGreaterThan((long) (8_000_000 * SCALE));
            assertSame(east, west, seed);

            int committed = changeBoth(east, west, seed);
            east.execute("SYNC TIMEOUT 120");

            assertThat(committed).as("seed %d", seed).isGreaterThan(3 * TRANSACTIONS);
            assertSame(east, west, seed);
            assertThat(Sql.value(west.connection(), ORPHANS)).isEqualTo("0");
            assertThat(west.value("SELECT COUNT(*) > 0 FROM lineitem WHERE l_comment LIKE 'changed%'"))
                    .isEqualTo("TRUE");
        }
    }

    @Test
    void aCopyOfALargeDatabaseIsTheSame() throws SQLException {
        try (Node east = Node.open(folder, "east");
                Node west = Node.open(folder, "west")) {
            TpcH.create(east.connection());
            TpcH.load(east.connection(), TpcH.SCALE / 5);

            east.connectTo(west);
            east.execute("SYNC TIMEOUT 120");

            assertSame(east, west, 0);
            assertThat(west.value("SELECT COUNT(*) > 50000 FROM lineitem")).isEqualTo("TRUE");
        }
    }

    private static int changeBoth(Node east, Node west, long seed) throws Exception {
        ExecutorService both = Executors.newFixedThreadPool(2);
        Callable<Integer> here =
                () -> new TpcHChanges(SCALE, seed, TRANSACTIONS, 1_000_000_000L).run(List.of(east.url()));
        Callable<Integer> there =
                () -> new TpcHChanges(SCALE, seed + 7, TRANSACTIONS, 2_000_000_000L).run(List.of(west.url()));
        Future<Integer> first = both.submit(here);
        Future<Integer> second = both.submit(there);
        both.shutdown();
        return first.get() + second.get();
    }

    private static void assertSame(Node east, Node west, long seed) throws SQLException {
        assertThat(TableComparison.differences(east.connection(), west.connection()))
                .as("seed %d", seed)
                .isEmpty();
    }
}
