package io.blazedb.internal.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code blazedb shell}: SQLLine on a {@code jdbc:blaze:} URL. With a terminal one types; otherwise, or with
 * {@code -e}, the statements run one after the other up to the first that fails. Used by one thread.
 */
@Command(
        name = "shell",
        description = {
            "Opens a database and runs SQL: from the terminal, from standard input, or with -e.",
            "Statements that are not typed end at the first that fails, with exit code 1."
        },
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

    @Option(
            names = {"-f", "--format"},
            paramLabel = "<format>",
            description = "How rows are shown: table, vertical, csv, tsv, json, xmlelements, ... (default: table)")
    private @Nullable String format;

    @Override
    public Integer call() throws IOException, SQLException {
        Shell shell = new Shell(url, user, password, Objects.requireNonNullElse(format, "table"));
        if (!statements.isEmpty()) {
            return exitCode(shell.run(new StringReader(String.join(";\n", statements))));
        }
        if (Terminals.isInteractive()) {
            return exitCode(shell.talk());
        }
        Reader input = new InputStreamReader(System.in, Charset.defaultCharset());
        return exitCode(shell.run(new BufferedReader(input)));
    }

    private static int exitCode(boolean succeeded) {
        return succeeded ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
