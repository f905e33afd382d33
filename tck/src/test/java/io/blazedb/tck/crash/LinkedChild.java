package io.blazedb.tck.crash;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;

/**
 * The process that has linked databases open and writes to two of them until it is killed.
 *
 * <p>Arguments: folder, progress file, seed, {@code create}, {@code resume} or {@code join}. Checks first what the last
 * kill left, one in three also that all agree, then says {@code ready}. Ends by itself, with its
 * reason on standard error, only if something failed that must not fail.
 */
final class LinkedChild {
    /** SYNC needs Calcite, whose first use in a process takes a third of a second. */
    private static final int SYNC_EVERY = 3;

    private LinkedChild() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Progress progress = Progress.open(Path.of(arguments[1]));
        long seed = Long.parseLong(arguments[2]);
        String way = arguments[3];
        LinkedNodes nodes = way.equals("create") ? LinkedNodes.create(folder) : LinkedNodes.open(folder);
        List<String> faults = seed % SYNC_EVERY == 0 ? nodes.faults(progress) : nodes.faultsAtAuthors(progress);
        if (!faults.isEmpty()) {
            throw new IllegalStateException(String.join("\n", faults));
        }
        for (int author = 0; author < SharedTables.AUTHORS; author++) {
            long last = SharedCheck.ledger(nodes.author(author), author);
            progress.writer(author).acknowledge(last);
            progress.writer(author).attempt(last);
        }
        System.out.println("ready");
        for (int author = 0; author < SharedTables.AUTHORS; author++) {
            start(nodes, author, progress.writer(author), new Random(seed + author));
        }
        if (way.equals("join")) {
            nodes.joinNorth();
        }
        Thread.currentThread().join();
    }

    private static void start(LinkedNodes nodes, int author, Progress.Writer progress, Random random)
            throws SQLException {
        Connection connection = nodes.another(author);
        SharedWriter writer = new SharedWriter(connection, author, progress, random);
        new Thread(() -> run(writer), "author " + author).start();
    }

    private static void run(SharedWriter writer) {
        try {
            writer.run();
        } catch (SQLException | RuntimeException | Error e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(3);
        }
    }
}
