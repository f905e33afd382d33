package io.blazedb.internal.cli.hub;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code blazedb hub}. Used by one thread. */
@Command(
        name = "hub",
        description = "Makes, runs and administrates a hub, through which databases on other machines sync.",
        mixinStandardHelpOptions = true,
        subcommands = {
            InitCommand.class,
            DatabaseCommand.class,
            TokenCommand.class,
            StartCommand.class,
            StatusCommand.class,
            SqlCommand.class
        })
public final class HubCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Without a command there is nothing to do but to say which there are. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }
}
