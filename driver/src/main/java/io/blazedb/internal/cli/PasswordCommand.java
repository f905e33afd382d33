package io.blazedb.internal.cli;

import io.blazedb.SqlState;
import io.blazedb.internal.database.EncryptionPassword;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code blazedb password}. No argument is a secret: other users of the machine see arguments. Used by one thread. */
@Command(
        name = "password",
        description = "Gives an encrypted database another encryption password.",
        footer = "Asks for the old and the new one, or reads them as two lines of standard input.",
        mixinStandardHelpOptions = true)
final class PasswordCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "<url>", description = "jdbc:blaze:<path>")
    private String url = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, SQLException {
        Optional<Console> console = Terminals.console();
        char[][] passwords = console.isPresent() ? asked(console.get()) : read();
        try {
            EncryptionPassword.change(url, passwords[0], passwords[1]);
        } finally {
            for (char[] password : passwords) {
                Arrays.fill(password, '\0');
            }
        }
        spec.commandLine().getOut().println("The encryption password is changed.");
        return CommandLine.ExitCode.OK;
    }

    private static char[][] asked(Console console) throws SQLException {
        char[] from = ask(console, "Encryption password: ");
        char[] to = ask(console, "New encryption password: ");
        char[] again = ask(console, "Again: ");
        boolean same = Arrays.equals(to, again);
        Arrays.fill(again, '\0');
        if (!same) {
            throw SqlState.BAD_ARGUMENT.error("The two new passwords differ. Nothing was changed.");
        }
        return new char[][] {from, to};
    }

    private static char[] ask(Console console, String prompt) {
        char[] answer = console.readPassword("%s", prompt);
        return answer == null ? new char[0] : answer;
    }

    private static char[][] read() throws IOException, SQLException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        String from = in.readLine();
        String to = in.readLine();
        if (from == null || to == null) {
            throw SqlState.BAD_ARGUMENT.error("Standard input ended (expected: two lines, the encryption password and"
                    + " the new one). Nothing was changed.");
        }
        return new char[][] {from.toCharArray(), to.toCharArray()};
    }
}
