package io.blazedb.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.blazedb.internal.jdbc.url.UrlParser;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Counts bytes, not time: the least of several rounds is the same on any machine, give or take H2's own caches. */
class HotPathTest {
    private static final int CALLS = 2000;
    private static final int ROUNDS = 10;
    private static final int SMALLEST_OBJECT_BYTES = 16;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void anUpdateAllocatesNothingBesideWhatH2Does() throws SQLException {
        PlainSession recording = new PlainSessionFactory().open(UrlParser.parse("jdbc:blaze:mem:", new Properties()));
        try (Connection h2 = recording.h2()) {
            h2.createStatement().execute("CREATE TABLE t(id INT PRIMARY KEY, a INT)");
            String sql = "UPDATE t SET a = ? WHERE id = 2";
            PreparedStatement plain = h2.prepareStatement(sql);
            PreparedStatement guarded = new GuardedConnection(new SilentSession(h2)).prepareStatement(sql);

            long leastGuarded = Long.MAX_VALUE;
            long leastPlain = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS; round++) {
                leastGuarded = Math.min(leastGuarded, bytes(guarded));
                leastPlain = Math.min(leastPlain, bytes(plain));
            }

            assertThat((leastGuarded - leastPlain) / CALLS).as("bytes per call").isLessThan(SMALLEST_OBJECT_BYTES);
        }
    }

    private long bytes(PreparedStatement statement) throws SQLException {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < CALLS; i++) {
            statement.setInt(1, 1);
            statement.executeUpdate();
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
