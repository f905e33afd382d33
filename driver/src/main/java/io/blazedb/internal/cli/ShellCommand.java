package io.blazedb.internal.cli;

import io.blazedb.BlazeDriver;
import io.blazedb.ConnectionProperty;
import io.blazedb.SqlState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code blazedb shell}: SQLLine on a {@code jdbc:blaze:} URL. With a terminal one types; otherwise, or with
 * {@code -e}, the statements run one after the other up to the first that fails. Used by one thread.
 */
@Command(
        name = "shell",
        description = "Runs SQL that is typed, that comes from standard input, or that is given with -e.",
        footer = "Statements that are not typed end at the first that fails, with exit code 1.",
        mixinStandardHelpOptions = true)
final class ShellCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "<url>", description = "jdbc:blaze:<path> or jdbc:blaze:mem:<name>")
    private String url = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "<user>", description = "The user; none: the empty name")
    private String user = "";

    @Option(
            names = {"-p", "--password"},
            arity = "0..1",
            interactive = true,
            paramLabel = "<password>",
            description = "The password; without a value it is asked for")
    private String password = "";

    @Option(
            names = {"-e", "--execute"},
            paramLabel = "<sql>",
            description = "Statements to run instead of standard input; may be given several times")
    private List<String> statements = List.of();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, SQLException {
        Connection connection = connect();
        try {
            if (statements.isEmpty() && Terminals.isInteractive()) {
                Shell.talk(url, user, password);
            } else {
                CommandLine commandLine = spec.commandLine();
                new Script(connection, commandLine.getOut(), commandLine.getErr()).run(input());
            }
        } finally {
            connection.close();
        }
        return CommandLine.ExitCode.OK;
    }

    /** By our driver alone: another would write to the same file past the log. */
    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty(ConnectionProperty.USER.key(), user);
        properties.setProperty(ConnectionProperty.PASSWORD.key(), password);
        Connection connection = new BlazeDriver().connect(url, properties);
        if (connection == null) {
            throw SqlState.BAD_URL.error(
                    "The URL is " + url + " (expected: jdbc:blaze:<path> or jdbc:blaze:mem:<name>)");
        }
        return connection;
    }

    private BufferedReader input() {
        return statements.isEmpty()
                ? new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()))
                : new BufferedReader(new StringReader(String.join(";\n", statements)));
    }
}
