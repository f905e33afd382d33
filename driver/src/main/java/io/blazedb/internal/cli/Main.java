package io.blazedb.internal.cli;

import io.blazedb.internal.cli.demo.DemoFailedException;
import io.blazedb.internal.cli.hub.HubCommand;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * What {@code java -jar blazedb.jar} runs. The exit code is 0 when the command did what it says, 1 when it failed, 2
 * when it was called wrongly. Used by one thread.
 */
@Command(
        name = "blazedb",
        description = "An embedded SQL database with built-in sync.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            DemoCommand.class,
            HubCommand.class,
            PasswordCommand.class,
            ShellCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Main implements Callable<Integer> {
    private static final String STATEMENT = "; SQL statement:";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Runs the command of these arguments and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Main::report);
    }

    /** Without a command there is nothing to do but to say which there are. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }

    /** What the world did wrong in one line; what we did wrong with its stack. */
    private static int report(Exception failure, CommandLine commandLine, ParseResult parsed) {
        PrintWriter err = commandLine.getErr();
        if (failure instanceof SQLException sql) {
            err.println("Error " + sql.getSQLState() + ": " + message(sql));
        } else if (failure instanceof DemoFailedException) {
            err.println("The demo failed: " + failure.getMessage());
        } else {
            failure.printStackTrace(err);
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** Without the statement, which H2 repeats. */
    private static String message(SQLException failure) {
        String message = String.valueOf(failure.getMessage());
        int statement = message.indexOf(STATEMENT);
        return statement < 0 ? message : message.substring(0, statement);
    }
}
