package io.blazedb.internal.cli.demo;

import java.sql.SQLException;

/** Each side sees what the other commits; the delay is measured from before the statement until the row is read. */
record BothWrite(Pair pair) {
    private static final int UPDATES = 300;

    void run() throws SQLException {
        pair.transcript().step("Both write. What one commits the other reads, without a further statement.");

        one(
                pair.alice(),
                "UPDATE bug SET status = 'fixed' WHERE id = 17",
                pair.bob(),
                "SELECT status FROM bug WHERE id = 17",
                "fixed");
        one(
                pair.bob(),
                "INSERT INTO comment (bug, author, text) VALUES (17, 2, 'Works for me now, thanks!')",
                pair.alice(),
                "SELECT text FROM comment WHERE bug = 17 AND text LIKE 'Works for me%'",
                "Works for me now, thanks!");
        many();

        pair.alice().update("SYNC");
        pair.expectEqual();
    }

    private void one(Site writer, String update, Site reader, String query, String expected) throws SQLException {
        long nanos = new Delay().measure(writer, update, reader, query, expected);
        pair.transcript().statement(writer.name(), update, nanos, " until " + reader.name() + " sees it");
        reader.show(query);
    }

    private void many() throws SQLException {
        Delay delay = new Delay();
        for (int i = 1; i <= UPDATES; i++) {
            boolean even = i % 2 == 0;
            Site writer = even ? pair.alice() : pair.bob();
            Site reader = even ? pair.bob() : pair.alice();
            String title = "Search is slow, measured " + i + " times";
            delay.measure(
                    writer,
                    "UPDATE bug SET title = '" + title + "' WHERE id = 18",
                    reader,
                    "SELECT title FROM bug WHERE id = 18",
                    title);
        }
        pair.transcript()
                .say("-> " + UPDATES + " updates in turn, each visible on the other side after "
                        + Transcript.millis(delay.percentile(50)).strip() + " (median), "
                        + Transcript.millis(delay.percentile(99)).strip() + " (99 %), "
                        + Transcript.millis(delay.percentile(100)).strip() + " (slowest).");
    }
}
