package io.blazedb.tck.crash;

import io.blazedb.tck.Target;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;

/**
 * The process that is made to crash: its writers run transactions until somebody kills it.
 *
 * <p>Arguments: URL, workload, progress file, seed, {@code create} or {@code resume}. Opens the database, sets up or
 * resumes each work, says {@code ready} on standard output, and writes. Ends by itself, with its reason
 * on standard error, only if something failed that must not fail.
 */
final class CrashChild {
    private static final int LOCK_TIMEOUT_MILLIS = 20_000;

    private CrashChild() {}

    public static void main(String[] arguments) throws Exception {
        String url = arguments[0];
        Workload workload = Workload.valueOf(arguments[1]);
        Progress progress = Progress.open(Path.of(arguments[2]));
        long seed = Long.parseLong(arguments[3]);
        List<Work> works = workload.works();
        boolean create = arguments[4].equals("create");
        try (Connection connection = Target.connect(url)) {
            for (int i = 0; i < works.size(); i++) {
                if (create) {
                    works.get(i).setUp(connection);
                } else {
                    resume(connection, works.get(i), progress.writer(i));
                }
            }
        }
        System.out.println("ready");
        for (int i = 0; i < works.size(); i++) {
            Work work = works.get(i);
            Progress.Writer writer = progress.writer(i);
            Random random = new Random(seed + i);
            new Thread(() -> write(url, work, writer, random), work.toString()).start();
        }
    }

    private static void resume(Connection connection, Work work, Progress.Writer writer) throws SQLException {
        String state = work.state(connection);
        OptionalLong last = Checker.find(work, state, writer.acknowledged(), writer.attempted());
        long number = last.orElseThrow(() -> new IllegalStateException("cannot resume " + work + ": found " + state
                + " (expected: the state after " + writer.acknowledged() + " to " + writer.attempted() + ")"));
        writer.acknowledge(number);
        writer.attempt(number);
    }

    private static void write(String url, Work work, Progress.Writer writer, Random random) {
        try (Connection connection = Target.connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute("SET LOCK_TIMEOUT " + LOCK_TIMEOUT_MILLIS);
            connection.setAutoCommit(false);
            for (long number = writer.acknowledged() + 1; ; number++) {
                writer.attempt(number);
                work.run(connection, number, random, writer);
                writer.acknowledge(number);
            }
        } catch (SQLException | RuntimeException | Error e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(3);
        }
    }
}
