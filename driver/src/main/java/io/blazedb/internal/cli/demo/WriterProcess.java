package io.blazedb.internal.cli.demo;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * The process that the demo kills: it writes one transaction after the other and prints the number of each after its
 * commit returned, until nobody reads that any more.
 */
final class WriterProcess {
    /** The first bug of these transactions is the one after this. */
    static final int FIRST_BUG = 10_000;

    /** Each transaction is a bug with this many comments. */
    static final int COMMENTS = 9;

    private WriterProcess() {}

    /** Takes the URL of the database. */
    public static void main(String[] arguments) throws SQLException {
        try (Connection connection = DriverManager.getConnection(arguments[0]);
                PreparedStatement bug = connection.prepareStatement("INSERT INTO bug (id, project, title, status)"
                        + " VALUES (?, 1, 'Nightly test ' || ? || ' failed', 'open')");
                PreparedStatement comment = connection.prepareStatement(
                        "INSERT INTO comment (bug, author, text) VALUES (?, 1, 'Log, part ' || ?)")) {
            connection.setAutoCommit(false);
            for (int number = 1; !System.out.checkError(); number++) {
                write(bug, comment, number);
                connection.commit();
                System.out.println(number);
            }
        }
    }

    private static void write(PreparedStatement bug, PreparedStatement comment, int number) throws SQLException {
        bug.setInt(1, FIRST_BUG + number);
        bug.setInt(2, number);
        bug.executeUpdate();
        for (int part = 1; part <= COMMENTS; part++) {
            comment.setInt(1, FIRST_BUG + number);
            comment.setInt(2, part);
            comment.executeUpdate();
        }
    }
}
