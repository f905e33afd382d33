package io.blazedb.internal.database;

import io.blazedb.SqlState;
import io.blazedb.internal.catalog.Catalog;
import io.blazedb.internal.catalog.SyncMode;
import io.blazedb.internal.jdbc.url.ConnectionSettings;
import io.blazedb.internal.jdbc.url.UrlParser;
import io.blazedb.internal.link.LinkedNode;
import io.blazedb.internal.link.LocalConnection;
import io.blazedb.internal.link.OperationHistory;
import io.blazedb.internal.node.Credentials;
import io.blazedb.internal.node.LinkStatus;
import io.blazedb.internal.node.MergeRules;
import io.blazedb.internal.node.NodeIdentity;
import io.blazedb.internal.node.NodeStatus;
import io.blazedb.internal.node.ParkedStatus;
import io.blazedb.internal.node.SyncActions;
import io.blazedb.internal.node.SyncPeer;
import io.blazedb.internal.node.TableStatus;
import io.blazedb.internal.schema.Compatibility;
import io.blazedb.internal.schema.Difference;
import io.blazedb.internal.schema.NumberedKeys;
import io.blazedb.internal.schema.TableReader;
import io.blazedb.sync.TableDefinition;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.BiPredicate;
import org.h2.api.ErrorCode;
import org.h2.mvstore.db.MVTable;
import org.h2.schema.Schema;
import org.h2.table.Table;

/** What the statements ask of one open database. Safe for use by several threads. */
final class NodeActions implements SyncActions {
    private final BlazeDatabase database;
    private final Databases databases;
    private final Connections connections;
    private final SyncRequests requests;

    NodeActions(BlazeDatabase database, Databases databases) {
        this.database = database;
        this.databases = databases;
        this.connections = new Connections(this, database, databases);
        this.requests = new SyncRequests(connections, database);
    }

    Connections connections() {
        return connections;
    }

    @Override
    public NodeIdentity identity() throws SQLException {
        LinkedNode node = database.writable().become();
        String name = database.nodeName();
        String folded =
                database.engine().database().getSettings().databaseToUpper ? name.toUpperCase(Locale.ROOT) : name;
        return new NodeIdentity(
                node.state().nodeId(),
                folded,
                database.publicUrl(),
                node.numbering().slot(),
                node.numbering().known());
    }

    @Override
    public Catalog catalog() throws SQLException {
        return database.writable().catalog();
    }

    @Override
    public SyncPeer open(String location, Credentials credentials) throws SQLException {
        ConnectionSettings settings = UrlParser.parse(urlOf(location, credentials), properties(credentials));
        if (settings.location().equals(database.location())) {
            throw SqlState.CONNECTION.error("The location " + location + " is this database itself (expected: another"
                    + " one). Remedy: name the other database.");
        }
        try {
            return databases.openPeer(settings, database);
        } catch (SQLException e) {
            throw notOpened(settings, e);
        }
    }

    /** Which of two databases an error of H2's is about has to be said. */
    private static SQLException notOpened(ConnectionSettings settings, SQLException e) {
        return switch (e.getErrorCode()) {
            case 0 -> e;
            case ErrorCode.WRONG_USER_OR_PASSWORD ->
                SqlState.AUTHENTICATION.error(
                        "The database " + settings.publicUrl() + " refuses the user " + settings.user()
                                + ": wrong user name or password. Remedy: WITH (USER '...', PASSWORD '...').",
                        e);
            default ->
                SqlState.STORAGE.error(
                        "The database " + settings.publicUrl() + " cannot be opened (expected: one that is there or can"
                                + " be created): " + e.getMessage(),
                        e);
        };
    }

    private static String urlOf(String location, Credentials credentials) {
        return credentials.passwordHash().isEmpty() ? location : location + ";PASSWORD_HASH=TRUE";
    }

    private static Properties properties(Credentials credentials) {
        Properties properties = new Properties();
        properties.setProperty("user", credentials.user());
        properties.setProperty("password", credentials.passwordHash());
        return properties;
    }

    @Override
    public void checkTables(SyncPeer other, SyncMode mode) throws SQLException {
        BlazeDatabase peer = ((NodeActions) other.actions()).database;
        throwIfDifferent(Compatibility.checkSettings(
                database.engine().database(), peer.engine().database()));
        checkKeys(database);
        checkKeys(peer);
        Map<String, TableDefinition> ours = definitions(database);
        for (Map.Entry<String, TableDefinition> theirs : definitions(peer).entrySet()) {
            TableDefinition own = ours.get(theirs.getKey());
            if (own != null) {
                throwIfDifferent(Compatibility.check(own, theirs.getValue()));
            }
        }
    }

    private static void throwIfDifferent(Optional<Difference> difference) throws SQLException {
        if (difference.isPresent()) {
            throw difference.get().toError();
        }
    }

    private static Map<String, TableDefinition> definitions(BlazeDatabase of) {
        Map<String, TableDefinition> all = new LinkedHashMap<>();
        for (MVTable table : userTables(of)) {
            TableDefinition definition = TableReader.read(table, 0);
            all.put(definition.schema() + "." + definition.name(), definition);
        }
        return all;
    }

    private static List<MVTable> userTables(BlazeDatabase of) {
        List<MVTable> all = new ArrayList<>();
        for (Schema schema : of.engine().database().getAllSchemasNoMeta()) {
            for (Table table : schema.getAllTablesAndViews(null)) {
                if (table instanceof MVTable stored && TableReader.isUserTable(table)) {
                    all.add(stored);
                }
            }
        }
        return all;
    }

    private static void checkKeys(BlazeDatabase of) throws SQLException {
        for (MVTable table : userTables(of)) {
            Optional<NumberedKeys.Obstacle> obstacle = NumberedKeys.obstacle(table, TableReader.read(table, 0));
            if (obstacle.isPresent()) {
                throw SqlState.NUMBERED_KEY.error(
                        "In " + of.publicUrl() + ": " + obstacle.get().describe());
            }
        }
    }

    @Override
    public void remember(String location, Credentials credentials) throws SQLException {
        database.writable().secrets().put(location, credentials);
    }

    @Override
    public Optional<Credentials> remembered(String location) throws SQLException {
        return database.writable().secrets().of(location);
    }

    @Override
    public void catalogChanged() throws SQLException {
        connections.reconcile();
    }

    @Override
    public List<String> sync(Optional<String> node, Duration timeout) throws SQLException {
        return requests.sync(node, timeout);
    }

    @Override
    public List<TableDefinition> definitions() throws SQLException {
        MergeRules rules = database.writable().rules();
        return definitions(database).values().stream().map(rules::in).toList();
    }

    @Override
    public void mergeRules(String schema, String table, List<MergeRules.Rule> rules) throws SQLException {
        database.writable().rules(schema, table, rules);
    }

    @Override
    public Map<String, PeerComparison> compare(
            BiPredicate<String, String> tables, Optional<String> node, boolean repair, Duration timeout)
            throws SQLException {
        return requests.compare(new LocalConnection.Work(tables, repair, () -> {}), node, timeout);
    }

    @Override
    public void resolve(long conflict, boolean local) throws SQLException {
        LinkedNode node = database.node();
        if (node == null) {
            throw SqlState.CONFLICT.error("There is no conflict " + conflict
                    + ": this database has no connection (expected: an ID of BLAZE.CONFLICTS).");
        }
        node.ownWrites().resolve(conflict, local);
    }

    @Override
    public List<LinkStatus> links() {
        return connections.status();
    }

    @Override
    public List<TableStatus> tables() throws SQLException {
        return new TableReport(database).all();
    }

    @Override
    public NodeStatus status() {
        return database.status(links().stream().mapToLong(LinkStatus::pending).sum(), parked().size());
    }

    @Override
    public void operations(OperationVisitor visitor) throws SQLException {
        LinkedNode node = database.node();
        if (node != null) {
            new OperationHistory(node).visit(visitor, connections::ackedBy);
        }
    }

    @Override
    public List<ParkedStatus> parked() {
        return connections.parked();
    }
}
