package io.blazedb.internal.cli.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * Two databases of a small team that tracks its bugs: they are connected, written on both sides, and one of them is
 * killed. Each result is checked: a wrong one ends the demo with {@link DemoFailedException}. Used by one thread, once.
 */
public final class Demo {
    private final Transcript transcript;

    /** A demo that prints there. */
    public Demo(PrintWriter out) {
        this.transcript = new Transcript(out);
    }

    /** Runs every step and removes the databases, also when a step fails. */
    public void run() throws SQLException, IOException, InterruptedException {
        long start = System.nanoTime();
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            try (Pair pair = Pair.open(folder.path(), transcript)) {
                new FirstSync(pair).run();
                new BothWrite(pair).run();
                new Conflicts(pair).run();
                new TakenKey(pair).run();
            }
            crash(folder.path());
        }
        transcript.blank();
        transcript.say("Everything above was checked while it ran, in "
                + Transcript.millis(System.nanoTime() - start).strip() + ". The databases are removed.");
    }

    private void crash(Path folder) throws SQLException, IOException, InterruptedException {
        KilledWriter killed = new KilledWriter(folder, transcript);
        killed.run();
        try (Pair pair = Pair.open(folder, transcript)) {
            killed.check(pair);
        }
    }
}
