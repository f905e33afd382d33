package io.blazedb.internal.link;

import io.blazedb.internal.apply.Applier;
import io.blazedb.internal.capture.Gate;
import io.blazedb.internal.node.Facts;
import io.blazedb.internal.node.NodeState;
import io.blazedb.internal.node.SyncedTable;
import io.blazedb.internal.node.Tables;
import io.blazedb.internal.schema.Names;
import io.blazedb.internal.schema.TableReader;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.TableDefinition;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.h2.mvstore.db.MVTable;
import org.h2.schema.Schema;
import org.h2.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what peers know of this node's tables as the tables are, and the tables as peers need them. Safe for use by
 * several threads.
 */
final class Schemas {
    private final LinkedNode.Host host;
    private final NodeState state;
    private final Facts facts;
    private final Tables tables;
    private final Applier applier;
    private final EngineSession engineSession;
    private final Settling settling;
    private final Set<String> ensured = new HashSet<>();
    private final DeclaredTables declared;
    private final AtomicBoolean returnedAnew = new AtomicBoolean();
    private volatile Set<String> knownObstacles = Set.of();

    Schemas(LinkedNode.Host host, NodeState state, Tables tables, Applier applier, EngineSession engineSession) {
        this.host = host;
        this.state = state;
        this.facts = host.facts();
        this.tables = tables;
        this.applier = applier;
        this.engineSession = engineSession;
        this.declared = new DeclaredTables(host, tables, applier, engineSession);
        this.settling = new Settling(facts, state, tables, applier, this::hasRows);
    }

    /**
     * Describes every user table anew; tables seen for the first time become facts. Answers which of them cannot be
     * synced because of their keys, those that were not told of before.
     *
     * <p>No definition runs meanwhile: a table that one has just put in the place of another would look dropped.
     */
    List<String> describeAll() {
        Gate.Place place = engineSession.capture().place();
        place.takeTurn();
        try {
            return describe();
        } finally {
            place.endTurn();
        }
    }

    private List<String> describe() {
        host.commits().forgetTables();
        List<MVTable> present = userTables();
        for (MVTable table : present) {
            if (tables.layoutOf(table) == null) {
                tables.forget(table.getSchema().getName(), table.getName(), null);
            }
        }
        tables.retain(present);
        applier.schemaChanged();
        for (SyncedTable table : tables.all()) {
            if (settling.notice(table)) {
                returnedAnew.set(true);
            }
        }
        return obstacles(present);
    }

    private List<String> obstacles(List<MVTable> present) {
        List<String> now = new ArrayList<>();
        for (MVTable table : present) {
            TableDefinition definition = TableReader.read(table, 0);
            tables.obstacle(table, definition)
                    .ifPresent(reason -> now.add("Table " + Names.quoted(definition) + " cannot be synced: " + reason));
        }
        List<String> fresh =
                now.stream().filter(text -> !knownObstacles.contains(text)).toList();
        knownObstacles = Set.copyOf(now);
        return fresh;
    }

    /** Whether columns have come back since this was asked: then peers have to be asked for their values. */
    boolean takeReturned() {
        return returnedAnew.getAndSet(false);
    }

    /** Does what the last changes of tables mean for their rows; see {@link Settling#run}. */
    void settle() {
        settling.run();
    }

    /** Columns that were dropped here and have come back. */
    List<Returned> returned() {
        return settling.returned();
    }

    private boolean hasRows(SyncedTable.Layout layout) {
        return layout.table().getRowCountApproximation(engineSession.h2()) > 0;
    }

    /** Has links copy the rows of all tables once more. */
    void tellAllRows() {
        for (SyncedTable table : tables.all()) {
            if (table.layout() != null) {
                facts.put(OperationStream.FILLED + table.number(), new byte[0]);
            }
        }
    }

    List<MVTable> keylessTables() {
        return userTables().stream()
                .filter(table -> table.findPrimaryKey() == null)
                .toList();
    }

    /** Every table that an application has made. */
    private List<MVTable> userTables() {
        List<MVTable> found = new ArrayList<>();
        for (Schema schema : host.engine().database().getAllSchemasNoMeta()) {
            for (Table table : schema.getAllTablesAndViews(null)) {
                if (table instanceof MVTable stored && TableReader.isUserTable(table)) {
                    found.add(stored);
                }
            }
        }
        return found;
    }

    /**
     * Takes over how a peer describes its tables, makes those that are not here, and adds columns that are not. What
     * cannot be made here is left out: its values wait. Answers whether that changed anything.
     */
    synchronized boolean learn(Map<OriginId, List<TableDefinition>> definitions) throws SQLException {
        Set<String> learned = new HashSet<>();
        List<TableDefinition> fresh = new ArrayList<>();
        boolean any = false;
        for (Map.Entry<OriginId, List<TableDefinition>> entry : definitions.entrySet()) {
            if (!state.wholeOrigins().contains(entry.getKey())) {
                learn(entry.getKey(), entry.getValue(), learned, fresh);
            }
        }
        try {
            declared.ensure(fresh);
            ensured.addAll(learned);
        } finally {
            if (declared.isChanged()) { // also by what was done before something was in the way
                declared.described();
                describeAll();
                any = true;
            }
        }
        return any;
    }

    /**
     * A peer's table has a primary key: the same table here gets it, too, if it has none. To be called when everything
     * has been applied that the peer said of the table before it had the key.
     */
    synchronized void takeKey(TableDefinition definition) throws SQLException {
        if (declared.takeKey(definition)) {
            describeAll();
        }
    }

    /** After each opening the last definition of each table is looked at once more: a crash may have come before. */
    private void learn(
            OriginId origin, List<TableDefinition> definitions, Set<String> learned, List<TableDefinition> fresh) {
        Map<String, TableDefinition> last = new LinkedHashMap<>();
        for (TableDefinition definition : definitions) {
            if (tables.learn(origin, definition)) {
                fresh.add(definition);
                learned.add(origin + "." + definition.id());
            }
            last.merge(
                    definition.schema() + "\0" + definition.name(),
                    definition,
                    (one, other) -> one.id() > other.id() ? one : other);
        }
        for (TableDefinition definition : last.values()) {
            if (!ensured.contains(origin + "." + definition.id()) && learned.add(origin + "." + definition.id())) {
                fresh.add(definition);
            }
        }
    }

    /** Why a table is not all that peers have declared; null when it is. */
    @Nullable
    String refusal(String schema, String name) {
        return declared.refusal(schema, name);
    }

    /** Whether there is a table of that name, synced or not. */
    boolean exists(SyncedTable table) {
        return declared.find(table.schema(), table.name()) != null;
    }

    /** Every origin that an own definition has to be known under. */
    Map<OriginId, List<TableDefinition>> definitions() {
        Map<OriginId, List<TableDefinition>> all = tables.definitions(state.origin());
        Collection<TableDefinition> own = all.getOrDefault(state.origin(), List.of());
        for (OriginId origin : state.wholeOrigins()) {
            all.put(origin, List.copyOf(own));
        }
        return all;
    }
}
