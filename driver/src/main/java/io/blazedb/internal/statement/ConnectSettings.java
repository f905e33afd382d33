package io.blazedb.internal.statement;

import io.blazedb.SqlState;
import io.blazedb.internal.catalog.ConnectionEntry;
import io.blazedb.internal.node.Credentials;
import io.blazedb.sql.ConnectOption;
import io.blazedb.sql.ConnectOptions;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code WITH (...)} says about a connection between databases of one machine.
 *
 * @param maxBacklog 0: the default
 * @param credentials empty: those of the session
 */
record ConnectSettings(int intervalSeconds, long maxBacklog, Optional<Credentials> credentials) {
    private static final long INTERVAL_SECONDS_MAX = 86_400;

    private static final Set<ConnectOption> OF_HUBS = EnumSet.of(
            ConnectOption.TOKEN,
            ConnectOption.PIN,
            ConnectOption.TRUST,
            ConnectOption.COMPRESSION,
            ConnectOption.FAILOVER);

    static ConnectSettings of(ConnectOptions options, Credentials ofSession) throws SQLException {
        for (ConnectOption option : options.values().keySet()) {
            if (OF_HUBS.contains(option)) {
                throw SqlState.CONNECTION.error("The option " + option.words()
                        + " is for hubs (wss://), expected options of a connection between databases of this machine:"
                        + " USER, PASSWORD, INTERVAL, MAX BACKLOG.");
            }
        }
        long interval = options.number(ConnectOption.INTERVAL).orElse(ConnectionEntry.INTERVAL_SECONDS_DEFAULT);
        if (interval < 1 || interval > INTERVAL_SECONDS_MAX) {
            throw SqlState.CONNECTION.error(
                    "INTERVAL is " + interval + " seconds, expected 1 to " + INTERVAL_SECONDS_MAX + ".");
        }
        return new ConnectSettings(
                (int) interval, options.number(ConnectOption.MAX_BACKLOG).orElse(0), credentials(options, ofSession));
    }

    private static Optional<Credentials> credentials(ConnectOptions options, Credentials ofSession) {
        Optional<String> user = options.text(ConnectOption.USER);
        Optional<String> password = options.text(ConnectOption.PASSWORD);
        if (user.isEmpty() && password.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Credentials.of(
                user.orElse(ofSession.user()), password.orElse("").toCharArray()));
    }
}
