package io.blazedb.internal.cli.hub;

import io.blazedb.internal.hub.HubRequest;
import io.blazedb.sync.Role;
import java.sql.SQLException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code blazedb hub token}. Used by one thread. */
@Command(
        name = "token",
        description = "Issues, lists and revokes tokens, with which nodes enrol.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class TokenCommand {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** What the user of a token is granted in a smart database. */
    enum Grant {
        MEMBER,
        NONE
    }

    /** Reads {@code 30m}, {@code 12h} or {@code 7d}. */
    static final class Validity implements ITypeConverter<Duration> {
        private static final Pattern FORM = Pattern.compile("([0-9]{1,6})([mhd])");

        @Override
        public Duration convert(String text) {
            Matcher form = FORM.matcher(text);
            if (!form.matches()) {
                throw new TypeConversionException("'" + text + "' (expected: a number and m, h or d, as in 7d)");
            }
            long count = Long.parseLong(form.group(1));
            return switch (form.group(2)) {
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                default -> Duration.ofDays(count);
            };
        }
    }

    @Command(
            name = "issue",
            description = "Prints a new token. It is shown this once: the hub does not keep it.",
            mixinStandardHelpOptions = true)
    int issue(
            @Option(names = "--database", required = true, paramLabel = "<name>", description = "Of this database")
                    String database,
            @Option(
                            names = "--user",
                            required = true,
                            paramLabel = "<user>",
                            description = "As whom the node signs in; made in a smart database if it is not there")
                    String user,
            @Option(
                            names = "--role",
                            paramLabel = "client|server",
                            defaultValue = "CLIENT",
                            description = "Of two concurrent writes that of a server holds (default: client)")
                    Role role,
            @Option(names = "--admin", description = "The node may add and remove members") boolean admin,
            @Option(
                            names = "--grant",
                            paramLabel = "member|none",
                            defaultValue = "MEMBER",
                            description = "The role that the user gets in a smart database (default: member)")
                    Grant grant,
            @Option(
                            names = "--expires",
                            paramLabel = "<n>m|h|d",
                            defaultValue = "7d",
                            converter = Validity.class,
                            description = "How long it is valid (default: ${DEFAULT-VALUE})")
                    Duration expires,
            @Mixin HubDirectoryOption directory)
            throws SQLException {
        HubRequest.IssueToken request =
                new HubRequest.IssueToken(database, user, role, admin, grant == Grant.MEMBER, expires.toMillis());
        return directory.run(request, spec);
    }

    @Command(name = "list", description = "Lists the tokens, without their secrets.", mixinStandardHelpOptions = true)
    int list(@Mixin HubDirectoryOption directory) throws SQLException {
        return directory.run(new HubRequest.ListTokens(), spec);
    }

    @Command(
            name = "revoke",
            description = "Nobody enrols with this token any more. Nodes that did so stay.",
            mixinStandardHelpOptions = true)
    int revoke(
            @Parameters(paramLabel = "<id>", description = "As hub token list shows it") String id,
            @Mixin HubDirectoryOption directory)
            throws SQLException {
        return directory.run(new HubRequest.RevokeToken(id), spec);
    }
}
