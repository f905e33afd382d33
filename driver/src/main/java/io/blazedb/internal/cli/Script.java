package io.blazedb.internal.cli;

import io.blazedb.internal.statement.SqlScanner;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;

/**
 * Runs the statements of a text one after the other and prints what they return. Each runs as soon as its semicolon was
 * read, so that a program can write to the text while it reads the results. Used by one thread.
 */
public final class Script {
    private final Connection connection;
    private final PrintWriter out;
    private final PrintWriter err;

    /** Rows go to out, warnings to err. */
    public Script(Connection connection, PrintWriter out, PrintWriter err) {
        this.connection = connection;
        this.out = out;
        this.err = err;
    }

    /** Runs all statements; the first that fails ends the script. */
    public void run(BufferedReader lines) throws IOException, SQLException {
        StringBuilder text = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            text.append(line).append('\n');
            if (line.indexOf(';') >= 0) {
                runWhole(text);
            }
        }
        execute(text.toString());
    }

    /** Runs what ends with a semicolon and removes it from the text; one in a string or comment ends nothing. */
    private void runWhole(StringBuilder text) throws SQLException {
        SqlScanner scanner = new SqlScanner(text.toString());
        int start = 0;
        for (SqlScanner.Token token = scanner.next(); token != SqlScanner.Token.END; token = scanner.next()) {
            if (token == SqlScanner.Token.SEMICOLON) {
                execute(text.substring(start, scanner.start()));
                start = scanner.end();
            }
        }
        text.delete(0, start);
    }

    private void execute(String sql) throws SQLException {
        if (new SqlScanner(sql).next() == SqlScanner.Token.END) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            if (statement.execute(sql.strip())) {
                try (ResultSet result = statement.getResultSet()) {
                    Rows.of(result).lines().forEach(out::println);
                }
            }
            for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
                err.println("Warning " + warning.getSQLState() + ": " + warning.getMessage());
            }
        }
        out.flush();
    }
}
