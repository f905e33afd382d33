package io.blazedb.internal.cli.hub;

import io.blazedb.SqlState;
import io.blazedb.internal.hub.Hub;
import io.blazedb.internal.hub.HubServer;
import io.blazedb.internal.hub.HubSetting;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code blazedb hub start}: runs the hub until the process is told to end. Used by one thread. */
@Command(
        name = "start",
        description = "Runs the hub until the process is told to end. Prints 'ready <address>' when it serves.",
        mixinStandardHelpOptions = true)
final class StartCommand implements Callable<Integer> {
    /** What clients connect to: none in this version. */
    private static final Optional<HubServer.Factory> SERVER = Optional.empty();

    @Mixin
    private HubDirectoryOption directory = new HubDirectoryOption();

    @Option(names = "--port", paramLabel = "<port>", description = "Where it listens; none: as hub.properties says")
    private Optional<Integer> port = Optional.empty();

    @Option(names = "--local", description = "Takes the commands of this machine, and lets no client in")
    private boolean local;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws SQLException, InterruptedException {
        if (!local && SERVER.isEmpty()) {
            throw SqlState.NOT_SUPPORTED.error("This version lets no clients in yet; nothing was started. Remedy:"
                    + " --local, which takes the commands of this machine alone");
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        CountDownLatch ended = new CountDownLatch(1);
        try (Hub hub = Hub.start(directory.data(), HubDirectoryOption.context())) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(hub, ended, err), "blaze-hub-shutdown"));
            out.println("ready " + serve(hub));
            out.flush();
            ended.await();
        }
        return CommandLine.ExitCode.OK;
    }

    private String serve(Hub hub) throws SQLException {
        if (local || SERVER.isEmpty()) {
            return "unix:" + hub.directory().root().resolve("hub.sock");
        }
        int chosen = port.orElse((int) hub.settings().number(HubSetting.PORT));
        return hub.listen(SERVER.get(), chosen).toString();
    }

    private static void end(Hub hub, CountDownLatch ended, PrintWriter err) {
        try {
            hub.close();
        } catch (SQLException e) {
            err.println("Error " + e.getSQLState() + ": " + e.getMessage());
            err.flush();
        } finally {
            ended.countDown();
        }
    }
}
