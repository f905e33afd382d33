package io.blazedb.internal.cli.hub;

import io.blazedb.internal.cli.Script;
import io.blazedb.internal.hub.HubAccess;
import io.blazedb.internal.hub.HubContext;
import io.blazedb.internal.hub.HubOutput;
import io.blazedb.internal.hub.HubRequest;
import java.io.BufferedReader;
import java.io.StringReader;
import java.nio.file.Path;
import java.sql.SQLException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** {@code --data DIR}, which every command of a hub has. Used by one thread. */
final class HubDirectoryOption {
    @Option(names = "--data", required = true, paramLabel = "<dir>", description = "The directory of the hub")
    private Path data = Path.of("");

    Path data() {
        return data;
    }

    static HubContext context() {
        return HubContext.of((connection, statements, output) -> new Script(connection, output.out(), output.err())
                .run(new BufferedReader(new StringReader(statements))));
    }

    /** Has the hub in this directory do it; returns the exit code. */
    int run(HubRequest request, CommandSpec spec) throws SQLException {
        CommandLine line = spec.commandLine();
        HubAccess.run(data, request, context(), new HubOutput(line.getOut(), line.getErr()));
        return CommandLine.ExitCode.OK;
    }
}
