package io.blazedb.internal.cli.demo;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How long it takes from before a statement at one side until a query at the other side finds what it wrote. */
final class Delay {
    private static final long WAIT_SECONDS_MAX = 20;

    private final List<Long> nanos = new ArrayList<>();

    /** Runs the update and waits until the query at the other side gives this value; the nanoseconds of both. */
    long measure(Site writer, String update, Site reader, String query, String expected) throws SQLException {
        try (PreparedStatement look = reader.connection().prepareStatement(query)) {
            long start = System.nanoTime();
            writer.update(update);
            while (!finds(look, expected)) {
                long waited = System.nanoTime() - start;
                Expect.that(
                        waited < TimeUnit.SECONDS.toNanos(WAIT_SECONDS_MAX),
                        reader.name() + " does not see '" + expected + "' after " + WAIT_SECONDS_MAX + " s: " + query);
                Thread.onSpinWait();
            }
            long elapsed = System.nanoTime() - start;
            nanos.add(elapsed);
            return elapsed;
        }
    }

    private static boolean finds(PreparedStatement look, String expected) throws SQLException {
        try (ResultSet result = look.executeQuery()) {
            return result.next() && expected.equals(result.getString(1));
        }
    }

    /** What that many percent of the measured delays do not exceed. */
    long percentile(int percent) {
        List<Long> sorted = nanos.stream().sorted().toList();
        return sorted.get((sorted.size() - 1) * percent / 100);
    }
}
