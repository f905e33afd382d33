package io.blazedb.internal.cli.hub;

import io.blazedb.internal.hub.HubRequest;
import io.blazedb.sync.internal.crypto.DatabaseMode;
import java.sql.SQLException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code blazedb hub database}. Used by one thread. */
@Command(
        name = "database",
        description = "Makes and lists the databases of a hub.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class DatabaseCommand {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(name = "create", description = "Makes a database. Its mode is for life.", mixinStandardHelpOptions = true)
    int create(
            @Parameters(paramLabel = "<name>", description = "Its name") String name,
            @Option(
                            names = "--mode",
                            required = true,
                            paramLabel = "blind|smart",
                            description = "blind: the hub cannot read it; smart: the hub is a member")
                    DatabaseMode mode,
            @Mixin HubDirectoryOption directory)
            throws SQLException {
        return directory.run(new HubRequest.CreateDatabase(name, mode), spec);
    }

    @Command(name = "list", description = "Lists the databases.", mixinStandardHelpOptions = true)
    int list(@Mixin HubDirectoryOption directory) throws SQLException {
        return directory.run(new HubRequest.ListDatabases(), spec);
    }
}
