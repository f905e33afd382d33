package io.blazedb.internal.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blazedb.internal.cli.Script;
import io.blazedb.sync.FrameHead;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.Role;
import io.blazedb.sync.internal.crypto.DatabaseMode;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command does the same thing and says the same thing whether a hub runs or not. */
class HubTest {
    private static final long DAY = Duration.ofDays(1).toMillis();

    @TempDir
    Path folder;

    private final HubContext context = new HubContext(
            FileHubKeys.SOURCE,
            (connection, statements, output) -> new Script(connection, output.out(), output.err())
                    .run(new BufferedReader(new StringReader(statements))),
            Clock.fixed(Instant.ofEpochSecond(1_800_000_000), ZoneOffset.UTC));
    private Path data = Path.of("");
    private String pin = "";

    @BeforeEach
    void init() throws SQLException {
        data = folder.resolve("hub");
        pin = HubAccess.init(data, "hub.example", Optional.empty(), context);
    }

    private List<String> run(HubRequest request) throws SQLException {
        StringWriter out = new StringWriter();
        HubAccess.run(data, request, context, new HubOutput(new PrintWriter(out), new PrintWriter(out)));
        return out.toString().lines().toList();
    }

    private static HubRequest.IssueToken token(String database, String user, boolean grant) {
        return new HubRequest.IssueToken(database, user, Role.CLIENT, false, grant, DAY);
    }

    @Test
    void commandsDoTheSameWithAndWithoutARunningHub() throws Exception {
        run(new HubRequest.CreateDatabase("Before", DatabaseMode.SMART));
        run(new HubRequest.Sql("before", "CREATE TABLE t(id INT PRIMARY KEY)"));
        try (Hub hub = Hub.start(data, context)) {
            assertThat(run(new HubRequest.Status())).contains("state running, this machine alone", "pin " + pin);
            run(new HubRequest.CreateDatabase("during", DatabaseMode.BLIND));
            assertThat(run(new HubRequest.Sql("before", "INSERT INTO t VALUES (1); SELECT * FROM t; SELECT 2 AS B")))
                    .containsExactly("ID", "--", "1", "B", "-", "2");
            assertThatThrownBy(() -> run(new HubRequest.Sql("before", "SELECT * FROM nowhere")))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("NOWHERE")
                    .extracting(failure -> ((SQLException) failure).getSQLState())
                    .isEqualTo("42S02");
            assertThat(hub.databases().names()).containsExactly("before", "during");
            assertThat(run(token("during", "bob", true)).get(0)).startsWith("token blzt1.blind.");
            assertThat(hub.tokens().entries()).hasSize(1);
        }
        assertThat(run(new HubRequest.Status()))
                .contains("state stopped", "pin " + pin, "databases 2 before,during", "tokens 1 valid of 1");
        assertThat(run(new HubRequest.Sql("before", "SELECT * FROM t"))).containsExactly("ID", "--", "1");
        assertThat(run(new HubRequest.ListDatabases()).get(2)).startsWith("before  smart");
    }

    @Test
    void aTokenIsListedAndRevokedWithoutItsSecret() throws Exception {
        run(new HubRequest.CreateDatabase("bugs", DatabaseMode.SMART));
        String printed = run(token("bugs", "alice", true)).get(0);
        String[] parts = printed.split("\\.", -1);

        assertThat(run(new HubRequest.ListTokens()))
                .hasSize(3)
                .last()
                .asString()
                .contains(parts[2], "bugs", "alice", "client", "MEMBER", "2027-01-16T08:00:00Z", "open")
                .doesNotContain(parts[3]);
        run(new HubRequest.RevokeToken(parts[2]));
        run(new HubRequest.RevokeToken(parts[2]));
        assertThat(run(new HubRequest.ListTokens()).get(2)).endsWith("revoked");
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readAllBytes(file)).asString().as("%s", file).doesNotContain(parts[3]);
            }
        }
        assertThat(Files.readString(data.resolve("tokens"))).as("the control").contains(parts[2]);
    }

    @Test
    void aMemberMayWriteAndAddTablesAndAUserWithoutGrantMayNot() throws Exception {
        run(new HubRequest.CreateDatabase("bugs", DatabaseMode.SMART));
        run(token("bugs", "alice", true));
        run(token("bugs", "mallory", false));
        run(new HubRequest.Sql(
                "bugs",
                "CREATE TABLE bug(id INT PRIMARY KEY); ALTER USER ALICE SET PASSWORD 'a';"
                        + " ALTER USER MALLORY SET PASSWORD 'm'"));
        String url = "jdbc:blaze:" + data.resolve("databases/bugs/bugs");

        try (Connection alice = DriverManager.getConnection(url, "alice", "a");
                Statement statement = alice.createStatement()) {
            statement.execute("INSERT INTO bug VALUES (1)");
            statement.execute("ALTER TABLE bug ADD COLUMN title VARCHAR");
            statement.execute("CREATE TABLE more(id INT PRIMARY KEY)");
            statement.execute("INSERT INTO more VALUES (1)");
            assertThatThrownBy(() -> statement.execute("CREATE USER eve PASSWORD 'e'"))
                    .hasMessageContaining("Admin rights");
        }
        try (Connection mallory = DriverManager.getConnection(url, "mallory", "m");
                Statement statement = mallory.createStatement()) {
            assertThatThrownBy(() -> statement.execute("SELECT * FROM bug")).hasMessageContaining("Not enough rights");
        }
        assertThat(run(new HubRequest.Sql("bugs", "SELECT ROLE FROM BLAZE.NODES")))
                .containsExactly("ROLE", "------", "SERVER");
    }

    @Test
    void wrongRequestsAreRefusedAndChangeNothing() throws Exception {
        run(new HubRequest.CreateDatabase("bugs", DatabaseMode.SMART));
        run(new HubRequest.CreateDatabase("notes", DatabaseMode.BLIND));

        refuses(new HubRequest.CreateDatabase("BUGS", DatabaseMode.BLIND), "there already, smart", "a new name");
        refuses(new HubRequest.CreateDatabase("../x", DatabaseMode.BLIND), "'../x'", "first one a letter");
        refuses(new HubRequest.Sql("notes", "SELECT 1"), "blind", "a smart one");
        refuses(new HubRequest.Sql("none", "SELECT 1"), "no database none", "bugs, notes", "hub database create");
        refuses(token("bugs", "a b", true), "'a b'", "letters");
        refuses(token("bugs", "hub_owner", true), "the hub itself", "another");
        refuses(token("none", "alice", true), "no database none");
        refuses(new HubRequest.IssueToken("bugs", "a", Role.CLIENT, false, true, 366 * DAY), "365 days", "--expires");
        assertThat(run(new HubRequest.ListTokens())).hasSize(2);
        assertThat(run(new HubRequest.Sql("bugs", "SELECT COUNT(*) N FROM INFORMATION_SCHEMA.USERS")))
                .contains("1");
        assertThatThrownBy(() -> HubAccess.init(data, "x", Optional.empty(), context))
                .hasMessageContainingAll("already", "expected: an empty directory");
        assertThatThrownBy(() -> HubAccess.run(
                        folder,
                        new HubRequest.Status(),
                        context,
                        new HubOutput(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()))))
                .hasMessageContainingAll("No hub", "hub init");
    }

    private void refuses(HubRequest request, String... words) {
        assertThatThrownBy(() -> run(request)).isInstanceOf(SQLException.class).hasMessageContainingAll(words);
    }

    @Test
    void oneHubOwnsTheDirectory() throws Exception {
        try (Hub hub = Hub.start(data, context)) {
            assertThatThrownBy(() -> Hub.start(data, context))
                    .hasMessageContainingAll(
                            "held by process " + ProcessHandle.current().pid(), "Remedy");
            URI address = hub.listen(
                    (one, port) -> new HubServer() {
                        @Override
                        public URI address() {
                            return URI.create("wss://hub.example:" + port);
                        }

                        @Override
                        public void close() {}
                    },
                    7);
            assertThat(run(new HubRequest.Status())).contains("state running " + address);
        }
        Hub.start(data, context).close();
    }

    /** A kill leaves the socket's file; the lock ends with the process. */
    @Test
    void aSocketThatAKilledHubLeftIsNoObstacle() throws Exception {
        Files.createFile(data.resolve("hub.sock"));

        assertThat(run(new HubRequest.Status())).contains("state stopped");
        try (Hub hub = Hub.start(data, context)) {
            assertThat(run(new HubRequest.Status())).contains("state running, this machine alone");
            assertThat(hub.address()).isEmpty();
        }
    }

    @Test
    void whatIsThereIsForItsOwnerAlone() throws Exception {
        try (Hub hub = Hub.start(data, context);
                Stream<Path> files = Files.walk(data)) {
            assertThat(hub.directory().root()).isEqualTo(data);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                    .isEqualTo("rwx------");
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as("%s", file)
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void aDatabaseThatWasNotFinishedIsMadeAnew() throws Exception {
        run(new HubRequest.CreateDatabase("bugs", DatabaseMode.SMART));
        run(new HubRequest.Sql("bugs", "CREATE TABLE t(id INT PRIMARY KEY)"));
        Files.delete(data.resolve("databases/bugs/database.properties"));

        assertThat(run(new HubRequest.ListDatabases())).hasSize(2);
        run(new HubRequest.CreateDatabase("bugs", DatabaseMode.BLIND));

        try (Hub hub = Hub.start(data, context)) {
            BlindDatabase made = (BlindDatabase) hub.databases().database("Bugs");
            OriginId origin = new OriginId(1, 2);
            assertThat(made.frames().head(origin)).isEqualTo(FrameHead.none(origin));
        }
    }

    @Test
    void commandsSideBySideTakeTurns() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try (Hub hub = Hub.start(data, context)) {
            run(new HubRequest.CreateDatabase("notes", DatabaseMode.BLIND));
            List<Callable<List<String>>> calls = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                String user = "u" + i;
                calls.add(() -> run(token("notes", user, true)));
            }
            for (Future<List<String>> call : threads.invokeAll(calls)) {
                assertThat(call.get()).hasSize(1);
            }
            assertThat(hub.tokens().entries())
                    .extracting(TokenEntry::user)
                    .hasSize(30)
                    .doesNotHaveDuplicates();
        } finally {
            threads.shutdown();
        }
    }

    /** Bytes that are no request get an answer or a closed connection, and the hub goes on. */
    @Test
    void rubbishAtTheSocketIsRefused() throws Exception {
        try (Hub hub = Hub.start(data, context)) {
            byte[][] rubbish = {
                {0, 0, 0, 1, 9}, {0, 0, 0, 3, 1, 1, 0}, {0x7f, 0, 0, 0}, {-1, -1, -1, -1}, {0, 0, 0, 4, 1, 1, 1, 'x'}
            };
            for (byte[] bytes : rubbish) {
                try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                    channel.connect(UnixDomainSocketAddress.of(hub.directory().socket()));
                    channel.write(ByteBuffer.wrap(bytes));
                    ControlMessages.Answer answer = ControlMessages.receiveAnswer(channel);
                    assertThat(answer.kind()).isEqualTo(ControlMessages.Kind.FAILED);
                    assertThat(answer.text()).contains("does not understand");
                }
            }
            assertThat(run(new HubRequest.Status())).hasSize(5);
        }
    }
}
