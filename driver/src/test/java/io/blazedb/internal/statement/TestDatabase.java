package io.blazedb.internal.statement;

import io.blazedb.SqlState;
import io.blazedb.internal.capture.H2Engine;
import io.blazedb.internal.catalog.Catalog;
import io.blazedb.internal.catalog.ConnectionEntry;
import io.blazedb.internal.catalog.NodeEntry;
import io.blazedb.internal.catalog.SyncMode;
import io.blazedb.internal.catalog.Topology;
import io.blazedb.internal.jdbc.StatementOutcome;
import io.blazedb.internal.node.Credentials;
import io.blazedb.internal.node.LinkStatus;
import io.blazedb.internal.node.MergeRules;
import io.blazedb.internal.node.NodeIdentity;
import io.blazedb.internal.node.NodeStatus;
import io.blazedb.internal.node.OperationStatus;
import io.blazedb.internal.node.ParkedStatus;
import io.blazedb.internal.node.SyncActions;
import io.blazedb.internal.node.SyncPeer;
import io.blazedb.internal.node.TableStatus;
import io.blazedb.internal.views.Views;
import io.blazedb.sync.NodeId;
import io.blazedb.sync.TableDefinition;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A real H2 database in memory whose engine has no network: it notes what links the catalogue asks for, and answers
 * what a test puts in. It checks users and tables as the port says. For one thread.
 */
final class TestDatabase implements SyncActions, AutoCloseable {
    static final Credentials ADMIN = Credentials.of("sa", "secret".toCharArray());

    private final Machine machine;
    private final String name;
    private final String url;
    private final Connection application;
    private final Connection engine;
    private final Catalog catalog;
    private final NodeIdentity identity;
    private final Map<String, Credentials> remembered = new HashMap<>();
    private final List<Connection> others = new ArrayList<>();
    private boolean away;

    /** What the catalogue asked for when the engine last looked, {@code SOURCE>TARGET MODE}. */
    List<String> wantedLinks = List.of();

    final List<String> syncCalls = new ArrayList<>();
    Credentials accepted = ADMIN;
    List<String> pausedPeers = List.of();
    final List<LinkStatus> links = new ArrayList<>();
    final List<OperationStatus> operations = new ArrayList<>();
    final List<ParkedStatus> parked = new ArrayList<>();
    Optional<SQLException> tablesDiffer = Optional.empty();
    Optional<SQLException> linksFail = Optional.empty();
    int peersOpen;
    List<TableDefinition> definitions = List.of();

    TestDatabase(Machine machine, String name, String settings) {
        this.machine = machine;
        this.name = name;
        this.url = "jdbc:h2:mem:" + name + "-" + UUID.randomUUID() + settings;
        try {
            this.application = DriverManager.getConnection(url, "sa", "secret");
            this.engine = DriverManager.getConnection(url, "sa", "secret");
            Views.register(H2Engine.of(engine).database(), this);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        this.catalog = new Catalog(engine);
        UUID id = UUID.randomUUID();
        this.identity = new NodeIdentity(
                new NodeId(id.getMostSignificantBits(), id.getLeastSignificantBits()),
                name.toUpperCase(Locale.ROOT),
                location());
    }

    String location() {
        return "jdbc:blaze:mem:" + name;
    }

    NodeId id() {
        return identity.id();
    }

    /** Nobody can open it from now on: another process holds it. */
    void goAway() {
        away = true;
    }

    void comeBack() {
        away = false;
    }

    boolean isAway() {
        return away;
    }

    Optional<Credentials> rememberedFor(TestDatabase other) {
        return Optional.ofNullable(remembered.get(other.location()));
    }

    StatementOutcome execute(String sql, @Nullable Object... parameters) throws SQLException {
        return BlazeStatements.execute(sql, List.of(parameters), SessionFacts.of(application, this, ADMIN));
    }

    StatementOutcome executeAs(String user, String sql) throws SQLException {
        return BlazeStatements.execute(
                sql, List.of(), SessionFacts.of(connectAs(user), this, Credentials.of(user, "x".toCharArray())));
    }

    /** Runs plain SQL as ADMIN. */
    void h2(String sql) throws SQLException {
        try (var statement = application.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A connection of a user with the password x. */
    Connection connectAs(String user) throws SQLException {
        Connection connection = DriverManager.getConnection(url, user, "x");
        others.add(connection);
        return connection;
    }

    /** Each row of a query as its values with commas. */
    List<String> rows(String sql) throws SQLException {
        try (var statement = application.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return RowText.all(rows);
        }
    }

    Topology topology(String topologyName) throws SQLException {
        return catalog.topology(topologyName).orElseThrow();
    }

    @Override
    public NodeIdentity identity() {
        return identity;
    }

    @Override
    public Catalog catalog() {
        return catalog;
    }

    @Override
    public SyncPeer open(String location, Credentials credentials) throws SQLException {
        TestDatabase other = machine.at(location)
                .orElseThrow(() -> SqlState.DATABASE_HELD.error(Locations.shown(location) + " is not there"));
        if (!credentials.equals(other.accepted)) {
            throw SqlState.AUTHENTICATION.error("wrong user or password for " + Locations.shown(location));
        }
        peersOpen++;
        return new SyncPeer() {
            @Override
            public SyncActions actions() {
                return other;
            }

            @Override
            public void close() {
                peersOpen--;
            }
        };
    }

    @Override
    public void checkTables(SyncPeer other, SyncMode mode) throws SQLException {
        if (tablesDiffer.isPresent()) {
            throw tablesDiffer.get();
        }
    }

    @Override
    public void remember(String location, Credentials credentials) {
        remembered.put(location, credentials);
    }

    @Override
    public Optional<Credentials> remembered(String location) {
        return Optional.ofNullable(remembered.get(location));
    }

    @Override
    public void catalogChanged() throws SQLException {
        List<String> wanted = new ArrayList<>();
        for (Topology topology : catalog.topologies()) {
            Optional<NodeEntry> own = topology.node(identity.id());
            for (ConnectionEntry connection : topology.connections()) {
                if (own.isPresent() && connection.touches(own.get().node())) {
                    wanted.add(connection.source() + ">" + connection.target() + " "
                            + connection.mode().sql() + (connection.paused() ? " paused" : ""));
                }
            }
        }
        wantedLinks = wanted;
        if (linksFail.isPresent()) {
            throw linksFail.get();
        }
    }

    @Override
    public List<String> sync(Optional<String> node, Duration timeout) {
        syncCalls.add(node.orElse("all") + " " + timeout.toSeconds());
        return pausedPeers;
    }

    @Override
    public Map<String, PeerComparison> compare(
            BiPredicate<String, String> tables, Optional<String> node, boolean repair, Duration timeout) {
        throw new UnsupportedOperationException("no peer has rows here");
    }

    @Override
    public void resolve(long conflict, boolean local) {
        syncCalls.add("RESOLVE " + conflict + (local ? " LOCAL" : " REMOTE"));
    }

    @Override
    public List<TableDefinition> definitions() {
        return definitions;
    }

    @Override
    public void mergeRules(String schema, String table, List<MergeRules.Rule> rules) {
        syncCalls.add("RULES " + schema + "." + table + " " + rules);
    }

    @Override
    public List<LinkStatus> links() {
        return links;
    }

    @Override
    public List<TableStatus> tables() {
        return List.of(
                new TableStatus("PUBLIC", "BUGS", true, true, "", 7, ""),
                new TableStatus("PUBLIC", "NOTES", true, false, "it has no primary key", 3, ""));
    }

    @Override
    public NodeStatus status() {
        return new NodeStatus(0, 4096, 1024, 0, 12, parked.size());
    }

    @Override
    public void operations(OperationVisitor visitor) throws SQLException {
        for (OperationStatus operation : operations) {
            visitor.operation(operation);
        }
    }

    @Override
    public List<ParkedStatus> parked() {
        return parked;
    }

    /** When it was, to the second. */
    static Instant time() {
        return Instant.parse("2026-11-20T10:00:00Z");
    }

    @Override
    public void close() {
        try {
            Views.forget(H2Engine.of(engine).database());
            for (Connection connection : others) {
                connection.close();
            }
            application.close();
            engine.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
