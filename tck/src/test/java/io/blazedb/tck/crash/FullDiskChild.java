package io.blazedb.tck.crash;

import io.blazedb.tck.Sql;
import io.blazedb.tck.Target;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;

/**
 * The process whose disk is full after a while. It writes until it is refused, says what it was told, looks at what it
 * sees then, waits for a line, opens the database again and goes on.
 *
 * <p>Arguments: folder, progress file, {@code rows} or {@code values}.
 */
final class FullDiskChild {
    private static final int VALUE_CHARACTERS = 300_000;
    private static final int MORE = 20;

    private final String url;
    private final Progress.Writer progress;
    private final boolean values;

    private FullDiskChild(String url, Progress.Writer progress, boolean values) {
        this.url = url;
        this.progress = progress;
        this.values = values;
    }

    public static void main(String[] arguments) throws Exception {
        String url = Target.BLAZE_FILE.url(Path.of(arguments[0]).resolve("db"));
        Progress progress = Progress.open(Path.of(arguments[1]));
        new FullDiskChild(url, progress.writer(0), arguments[2].equals("values")).run();
    }

    private void run() throws SQLException, IOException {
        try (Connection keeper = Target.connect(url)) {
            SharedTables.setUp(keeper);
            Sql.execute(keeper, "CREATE TABLE LARGE(ID BIGINT PRIMARY KEY, CONTENT CHARACTER LARGE OBJECT)");
            System.out.println("ready");
            try (Connection connection = Target.connect(url)) {
                say("refused", write(connection, Long.MAX_VALUE));
                say("seen", seen(keeper));
                say("again", write(connection, progress.acknowledged() + 1));
                say("waiting", List.of());
                int unused = System.in.read();
            } catch (SQLException e) {
                say("close", List.of(e.getSQLState() + " " + e.getMessage()));
            }
        } catch (SQLException e) {
            say("close", List.of(e.getSQLState() + " " + e.getMessage()));
        }
        reopen();
    }

    /** Writes up to that transaction. Answers what was told, if it was refused. */
    private List<String> write(Connection connection, long last) {
        try {
            if (values) {
                writeValues(connection, last);
            } else {
                new SharedWriter(connection, 0, progress, new Random(1)).runUntil(last);
            }
            return List.of();
        } catch (SQLException e) {
            return List.of(e.getSQLState() + " " + e.getMessage());
        }
    }

    private void writeValues(Connection connection, long last) throws SQLException {
        connection.setAutoCommit(false);
        String sql = "INSERT INTO LARGE VALUES(?, ?)";
        for (long number = progress.acknowledged() + 1; number <= last; number++) {
            progress.attempt(number);
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                insert.setLong(1, number);
                insert.setCharacterStream(2, new StringReader("x".repeat(VALUE_CHARACTERS)));
                insert.executeUpdate();
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            }
            progress.acknowledge(number);
        }
    }

    private List<String> seen(Connection connection) {
        try {
            return faults(connection);
        } catch (SQLException e) {
            return List.of(e.getSQLState() + " " + e.getMessage());
        }
    }

    /** What was acknowledged and is not there, or is there in part. */
    private List<String> faults(Connection connection) throws SQLException {
        long found = values
                ? Long.parseLong(Sql.value(
                        connection, "SELECT COUNT(*) FROM LARGE WHERE CHAR_LENGTH(CONTENT) = " + VALUE_CHARACTERS))
                : SharedCheck.ledger(connection, 0);
        if (found < progress.acknowledged() || found > progress.attempted()) {
            return List.of("%d transactions (expected: %d to %d)"
                    .formatted(found, progress.acknowledged(), progress.attempted()));
        }
        return SharedCheck.torn(connection);
    }

    private void reopen() throws SQLException {
        try (Connection connection = Target.connect(url)) {
            say("reopened", faults(connection));
            long last = Long.parseLong(Sql.value(
                    connection, values ? "SELECT COUNT(*) FROM LARGE" : "SELECT N FROM LEDGER WHERE AUTHOR = 0"));
            progress.acknowledge(last);
            say("went on", write(connection, last + MORE));
            say("at last", faults(connection));
        }
        System.out.println("done");
    }

    private static void say(String what, List<String> faults) {
        System.out.println(what + ": " + String.join(" ", faults).replace('\n', ' '));
    }
}
