package io.blazedb.internal.cli.hub;

import io.blazedb.internal.hub.HubRequest;
import java.io.IOException;
import java.nio.charset.Charset;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code blazedb hub sql}. Used by one thread. */
@Command(
        name = "sql",
        description = "Runs SQL as the owner of a smart database, whether the hub runs or not.",
        footer = "Other users of the machine see arguments: SQL with a password comes from standard input.",
        mixinStandardHelpOptions = true)
final class SqlCommand implements Callable<Integer> {
    @Mixin
    private HubDirectoryOption directory = new HubDirectoryOption();

    @Option(names = "--database", required = true, paramLabel = "<name>", description = "The smart database")
    private String database = "";

    @Parameters(arity = "0..1", paramLabel = "<sql>", description = "The statements; none: from standard input")
    private @Nullable String statements;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws SQLException, IOException {
        String given = statements;
        String all = given == null ? new String(System.in.readAllBytes(), Charset.defaultCharset()) : given;
        return directory.run(new HubRequest.Sql(database, all), spec);
    }
}
