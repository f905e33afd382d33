package io.blazedb.internal.cli.hub;

import io.blazedb.internal.hub.HubAccess;
import io.blazedb.internal.hub.HubCertificate;
import io.blazedb.internal.hub.HubSetting;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code blazedb hub init}. Used by one thread. */
@Command(
        name = "init",
        description = "Makes a new hub, and prints its pin: by it clients know the hub.",
        mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {
    @Mixin
    private HubDirectoryOption directory = new HubDirectoryOption();

    @Option(names = "--host", paramLabel = "<name>", description = "The name by which clients reach it")
    private String host = HubSetting.HOST.defaultValue();

    @ArgGroup(exclusive = false)
    private @Nullable Own own;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** A certificate and its key, both or neither. */
    private static final class Own {
        @Option(
                names = "--certificate",
                required = true,
                paramLabel = "<file>",
                description = "A certificate with its issuers (PEM); none: the hub makes its own")
        private Path certificate = Path.of("");

        @Option(names = "--key", required = true, paramLabel = "<file>", description = "Its key (PEM, PKCS #8)")
        private Path key = Path.of("");
    }

    @Override
    public Integer call() throws SQLException {
        Optional<HubCertificate> certificate =
                Optional.ofNullable(own).map(given -> new HubCertificate(given.certificate, given.key));
        String pin = HubAccess.init(directory.data(), host, certificate, HubDirectoryOption.context());
        spec.commandLine().getOut().println("pin " + pin);
        return CommandLine.ExitCode.OK;
    }
}
