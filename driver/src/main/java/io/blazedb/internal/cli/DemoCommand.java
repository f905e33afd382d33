package io.blazedb.internal.cli;

import io.blazedb.internal.cli.demo.Demo;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code blazedb demo}. Used by one thread. */
@Command(
        name = "demo",
        description = "Shows sync between two databases: writes on both sides, conflicts, a killed process.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        new Demo(out).run();
        return CommandLine.ExitCode.OK;
    }
}
