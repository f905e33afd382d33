package io.blazedb.internal.cli.demo;

import io.blazedb.internal.cli.Rows;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** A process that writes to alice's database and is killed while it does; then what it left. Used by one thread. */
final class KilledWriter {
    private static final int COMMITS_BEFORE_KILL = 500;

    private final Path folder;
    private final Transcript transcript;
    private int acknowledged;

    KilledWriter(Path folder, Transcript transcript) {
        this.folder = folder;
        this.transcript = transcript;
    }

    /** Starts the process and kills it in the middle of its work. */
    void run() throws IOException, InterruptedException {
        transcript.step("Another process writes to Alice's file, and is killed in the middle of it.");
        List<String> command = List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                WriterProcess.class.getName(),
                Site.url(folder, Pair.ALICE));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                acknowledged = Integer.parseInt(line);
                if (acknowledged == COMMITS_BEFORE_KILL) {
                    kill(process);
                }
            }
        } finally {
            kill(process);
        }
        int exitCode = process.waitFor();
        Expect.that(
                acknowledged >= COMMITS_BEFORE_KILL,
                "The process ended by itself after " + acknowledged + " commits, with exit code " + exitCode
                        + " (expected: killed after " + COMMITS_BEFORE_KILL + ")");
        transcript.say("process " + process.pid() + " was killed (exit code " + exitCode + "). Its COMMIT had returned "
                + acknowledged + " times, for a bug with " + WriterProcess.COMMENTS + " comments each.");
    }

    /** Through its handle: killing the process itself would also close what it has written and we have not read. */
    private static void kill(Process process) {
        process.toHandle().destroyForcibly();
    }

    /** Every acknowledged transaction is there, each whole, and the other side gets them. */
    void check(Pair pair) throws SQLException {
        Rows found = pair.alice()
                .show("SELECT COUNT(*) AS bugs, MIN(comments) AS comments_min, MAX(comments) AS comments_max"
                        + " FROM (SELECT bug.id, COUNT(comment.id) AS comments FROM bug LEFT JOIN comment"
                        + " ON comment.bug = bug.id WHERE bug.id > " + WriterProcess.FIRST_BUG + " GROUP BY bug.id)");
        int bugs = Integer.parseInt(found.value("BUGS"));
        String whole = Integer.toString(WriterProcess.COMMENTS);
        Expect.that(
                bugs == acknowledged || bugs == acknowledged + 1,
                "Transactions found: " + bugs + " (expected: all " + acknowledged
                        + " that were acknowledged, and at most the one that was being committed)");
        Expect.same("the fewest comments of a bug", found.value("COMMENTS_MIN"), whole);
        Expect.same("the most comments of a bug", found.value("COMMENTS_MAX"), whole);
        transcript.say("-> all " + acknowledged + " acknowledged transactions are there, and none is torn.");
        transcript.blank();
        pair.alice().run("SYNC");
        pair.bob().show("SELECT COUNT(*) AS bugs FROM bug");
        transcript.say("-> sync went on by itself: all " + pair.expectEqual() + " rows are the same on both sides.");
    }
}
