package io.blazedb.internal.hub;

import io.blazedb.SqlState;
import io.blazedb.internal.cli.Rows;
import io.blazedb.sync.internal.crypto.Token;
import io.blazedb.sync.internal.crypto.TokenVerifier;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Does what commands ask, in the one process that owns the directory: the running hub, or the command itself. Changes
 * take turns; SQL and reports run beside them. Safe for several threads.
 */
public final class Administration implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String USER_PATTERN = "[A-Za-z_][A-Za-z0-9_.@-]{0,63}";

    private final HubDirectory directory;
    private final HubSettings settings;
    private final HubKeys keys;
    private final HubDatabases databases;
    private final TokenBook tokens;
    private final SqlConsole console;
    private final Clock clock;
    private final Object changing = new Object();

    private Administration(
            HubDirectory directory, HubSettings settings, HubKeys keys, TokenBook tokens, HubContext context) {
        this.directory = directory;
        this.settings = settings;
        this.keys = keys;
        this.databases = new HubDatabases(directory, settings, keys);
        this.tokens = tokens;
        this.console = context.console();
        this.clock = context.clock();
    }

    /** Of a directory that this process owns. */
    static Administration open(HubDirectory directory, HubContext context) throws SQLException {
        HubSettings settings = HubSettings.read(directory.settingsFile());
        HubKeys keys = context.keys().read(directory);
        TokenBook tokens = TokenBook.open(directory.tokens(), (int) settings.number(HubSetting.TOKENS_MAX));
        return new Administration(directory, settings, keys, tokens, context);
    }

    public HubSettings settings() {
        return settings;
    }

    public HubKeys keys() {
        return keys;
    }

    public HubDatabases databases() {
        return databases;
    }

    public TokenBook tokens() {
        return tokens;
    }

    /** Does it, and prints the answer; {@code state} is what a report of the hub begins with. */
    void run(HubRequest request, String state, HubOutput output) throws SQLException {
        if (request instanceof HubRequest.Sql sql) {
            run(sql, output);
            return;
        }
        List<String> answer;
        if (request instanceof HubRequest.Status) {
            answer = status(state);
        } else {
            synchronized (changing) {
                answer = change(request);
            }
        }
        answer.forEach(output.out()::println);
        output.out().flush();
    }

    private List<String> change(HubRequest request) throws SQLException {
        if (request instanceof HubRequest.CreateDatabase create) {
            HubDatabase made = databases.make(create.name(), create.mode());
            return List.of("database " + made.name() + " " + made.mode().text());
        }
        if (request instanceof HubRequest.IssueToken issue) {
            return List.of("token " + issue(issue));
        }
        if (request instanceof HubRequest.RevokeToken revoke) {
            return List.of(
                    "revoked " + tokens.revoke(revoke.id(), clock.millis()).id());
        }
        return request instanceof HubRequest.ListTokens ? listTokens() : listDatabases();
    }

    /** The token is written down last: one that is printed holds, and nothing else gives a right to come in. */
    private String issue(HubRequest.IssueToken wanted) throws SQLException {
        long daysMax = settings.number(HubSetting.TOKEN_DAYS_MAX);
        if (wanted.millis() < 1 || wanted.millis() > TimeUnit.DAYS.toMillis(daysMax)) {
            throw SqlState.HUB.error("A token that is valid for " + wanted.millis() + " ms (expected: 1 ms to "
                    + daysMax + " days). Remedy: --expires, or " + HubSetting.TOKEN_DAYS_MAX.key()
                    + " in hub.properties");
        }
        if (!wanted.user().matches(USER_PATTERN)) {
            throw SqlState.HUB.error("The user is '" + wanted.user()
                    + "' (expected: 1 to 64 letters, digits, and any of _ . @ -, the first one a letter or _)");
        }
        HubDatabase database = databases.database(wanted.database());
        boolean smart = database instanceof SmartDatabase;
        if (database instanceof SmartDatabase one) {
            one.enrol(wanted.user(), wanted.grant());
        }
        try (Token token = Token.generate(database.mode(), RANDOM)) {
            long now = clock.millis();
            tokens.issue(
                    new TokenEntry(
                            token.id().toString(),
                            database.name(),
                            wanted.user(),
                            wanted.role(),
                            wanted.admin(),
                            smart && wanted.grant(),
                            now,
                            now + wanted.millis(),
                            TokenEntry.State.OPEN,
                            ""),
                    kept(token));
            return token.text();
        }
    }

    /** What the hub keeps of a token's secret, in base64 for URLs. */
    static String kept(Token token) {
        try (TokenVerifier verifier = token.verifier()) {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(verifier.toBytes());
        }
    }

    private List<String> listTokens() {
        long now = clock.millis();
        List<List<String>> rows = new ArrayList<>();
        for (TokenEntry entry : tokens.entries()) {
            boolean expired = entry.state() == TokenEntry.State.OPEN && !entry.isValidAt(now);
            rows.add(List.of(
                    entry.id(),
                    entry.database(),
                    entry.user(),
                    lower(entry.role()),
                    entry.admin() ? "admin" : "member",
                    entry.grant() ? SmartDatabase.MEMBER : "none",
                    time(entry.createdMillis()),
                    time(entry.expiresMillis()),
                    expired ? "expired" : lower(entry.state()),
                    entry.usedBy()));
        }
        List<String> columns =
                List.of("ID", "DATABASE", "USER", "ROLE", "KIND", "GRANT", "CREATED", "EXPIRES", "STATE", "USED_BY");
        return new Rows(columns, rows).lines();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private List<String> listDatabases() throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        for (String name : databases.names()) {
            HubDatabase database = databases.database(name);
            rows.add(List.of(name, database.mode().text(), Long.toString(database.bytes())));
        }
        return new Rows(List.of("NAME", "MODE", "BYTES"), rows).lines();
    }

    private List<String> status(String state) throws SQLException {
        long now = clock.millis();
        long valid =
                tokens.entries().stream().filter(entry -> entry.isValidAt(now)).count();
        List<String> names = databases.names();
        return List.of(
                "hub " + directory.root(),
                "state " + state,
                "pin " + keys.pin(),
                "databases " + names.size() + (names.isEmpty() ? "" : " " + String.join(",", names)),
                "tokens " + valid + " valid of " + tokens.entries().size());
    }

    private void run(HubRequest.Sql sql, HubOutput output) throws SQLException {
        try (Connection connection = databases.smart(sql.database()).connect()) {
            console.run(connection, sql.statements(), output);
        } catch (IOException e) {
            throw SqlState.STORAGE.error("The answer could not be written: " + e.getMessage(), e);
        }
    }

    /** Opens all databases, so that what they sync goes on. */
    void openAll() throws SQLException {
        for (String name : databases.names()) {
            databases.database(name);
        }
    }

    @Override
    public void close() throws SQLException {
        try {
            databases.close();
        } finally {
            tokens.close();
        }
    }
}
