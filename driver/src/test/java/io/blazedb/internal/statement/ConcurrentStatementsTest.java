package io.blazedb.internal.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ConcurrentStatementsTest {
    private static final int SPOKES = 8;

    @Test
    void databasesThatConnectAtOnceEndInOneTopology() throws Exception {
        try (Machine machine = new Machine()) {
            TestDatabase hub = machine.create("hub");
            List<TestDatabase> spokes = new ArrayList<>();
            for (int i = 0; i < SPOKES; i++) {
                spokes.add(machine.create("spoke" + i));
            }
            CyclicBarrier start = new CyclicBarrier(SPOKES);

            ExecutorService threads = Executors.newFixedThreadPool(SPOKES);
            List<Future<?>> results = new ArrayList<>();
            for (TestDatabase spoke : spokes) {
                results.add(threads.submit(() -> {
                    start.await();
                    return spoke.execute("CONNECT TO 'jdbc:blaze:mem:hub'");
                }));
            }
            for (Future<?> result : results) {
                result.get();
            }
            threads.shutdown();

            assertThat(hub.wantedLinks).hasSize(SPOKES);
            assertEveryoneKnowsWhat(hub, spokes);
        }
    }

    private static void assertEveryoneKnowsWhat(TestDatabase hub, List<TestDatabase> spokes) throws SQLException {
        assertThat(hub.topology("MAIN").nodes()).hasSize(SPOKES + 1);
        for (TestDatabase spoke : spokes) {
            assertThat(spoke.topology("MAIN")).isEqualTo(hub.topology("MAIN"));
            assertThat(spoke.wantedLinks).hasSize(1);
        }
    }
}
