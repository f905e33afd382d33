package io.blazedb.internal.cli.hub;

import io.blazedb.internal.hub.HubRequest;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code blazedb hub status}. Used by one thread. */
@Command(name = "status", description = "Says whether the hub runs, and what it has.", mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private HubDirectoryOption directory = new HubDirectoryOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws SQLException {
        return directory.run(new HubRequest.Status(), spec);
    }
}
