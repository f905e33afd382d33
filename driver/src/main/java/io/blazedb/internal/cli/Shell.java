package io.blazedb.internal.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.jline.reader.EOFError;
import org.jline.reader.Parser.ParseContext;
import sqlline.BuiltInProperty;
import sqlline.DispatchCallback;
import sqlline.SqlLine;
import sqlline.SqlLineParser;

/**
 * SQLLine with a BlazeDB database open. SQLLine reads its own settings and shows the results; which statements run, and
 * whether they did, is decided here. Used by one thread, once.
 */
final class Shell {
    private static final int UNLIMITED_WIDTH = Integer.MAX_VALUE;

    private final SqlLine sqlLine = new SqlLine();
    private final DispatchCallback callback = new DispatchCallback();
    private final String url;
    private final String user;
    private final String password;

    Shell(String url, String user, String password, String format) {
        this.url = url;
        this.user = user;
        this.password = password;
        sqlLine.getOpts().set(BuiltInProperty.CONNECT_INTERACTION_MODE, "notAskCredentials");
        sqlLine.getOpts().set(BuiltInProperty.ISOLATION, "TRANSACTION_READ_COMMITTED");
        sqlLine.getOpts().set(BuiltInProperty.OUTPUT_FORMAT, format);
        sqlLine.getOpts().set(BuiltInProperty.PROMPT, "blaze> ");
    }

    /**
     * Lets a person type until the end; whether the last statement succeeded. A database that cannot be opened is an
     * error before the first prompt.
     */
    boolean talk() throws IOException, SQLException {
        Connection connection = DriverManager.getConnection(url, user, password);
        try {
            String[] arguments = {"-u", url, "-n", user, "-p", password};
            return sqlLine.begin(arguments, null, true) == SqlLine.Status.OK;
        } finally {
            connection.close();
        }
    }

    /** Runs the statements of a text up to the first that fails; whether none did. */
    boolean run(Reader text) throws IOException {
        sqlLine.getOpts().set(BuiltInProperty.SILENT, true);
        sqlLine.getOpts().set(BuiltInProperty.HEADER_INTERVAL, -1);
        sqlLine.getOpts().set(BuiltInProperty.MAX_WIDTH, UNLIMITED_WIDTH);
        boolean succeeded =
                execute("!connect -p user " + quoted(user) + " -p password " + quoted(password) + " " + quoted(url))
                        && executeAll(new BufferedReader(text));
        return execute("!close") && succeeded;
    }

    private boolean executeAll(BufferedReader lines) throws IOException {
        StringBuilder statement = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            statement.append(line);
            if (isWhole(statement.toString())) {
                if (!execute(statement.toString())) {
                    return false;
                }
                statement.setLength(0);
            } else {
                statement.append('\n');
            }
        }
        return statement.toString().isBlank() || execute(statement + ";");
    }

    /** As the terminal decides whether Enter runs the statement or asks for its next line. */
    private boolean isWhole(String statement) {
        try {
            new SqlLineParser(sqlLine).parse(statement, statement.length(), ParseContext.ACCEPT_LINE);
            return true;
        } catch (EOFError e) {
            return false;
        }
    }

    private boolean execute(String command) {
        return command.isBlank() || sqlLine.runCommands(List.of(command), callback) == 1;
    }

    private static String quoted(String word) {
        return '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
