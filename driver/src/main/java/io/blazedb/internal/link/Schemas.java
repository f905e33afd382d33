package io.blazedb.internal.link;

import io.blazedb.internal.apply.Applier;
import io.blazedb.internal.node.Facts;
import io.blazedb.internal.node.NodeState;
import io.blazedb.internal.node.SyncedTable;
import io.blazedb.internal.node.Tables;
import io.blazedb.internal.schema.Additions;
import io.blazedb.internal.schema.NumberedKeys;
import io.blazedb.internal.schema.ParentsFirst;
import io.blazedb.internal.schema.TableCreation;
import io.blazedb.internal.schema.TableReader;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.TableDefinition;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private volatile Set<String> knownObstacles = Set.of();

    Schemas(LinkedNode.Host host, NodeState state, Tables tables, Applier applier, EngineSession engineSession) {
        this.host = host;
        this.state = state;
        this.facts = host.facts();
        this.tables = tables;
        this.applier = applier;
        this.engineSession = engineSession;
    }

    /**
     * Describes every user table anew; tables seen for the first time become facts. Answers which of them cannot be
     * synced because of how their keys are numbered, those that were not told of before.
     */
    List<String> describeAll() {
        host.commits().forgetTables();
        List<MVTable> present = userTables();
        present.forEach(this::describe);
        tables.retain(present);
        applier.schemaChanged();
        return obstacles(present);
    }

    private List<String> obstacles(List<MVTable> present) {
        List<String> now = new ArrayList<>();
        for (MVTable table : present) {
            NumberedKeys.obstacle(table, TableReader.read(table, 0)).ifPresent(found -> now.add(found.describe()));
        }
        List<String> fresh =
                now.stream().filter(text -> !knownObstacles.contains(text)).toList();
        knownObstacles = Set.copyOf(now);
        return fresh;
    }

    /** Rows that came into the table before it was synced, under another name or without a key, are no operations. */
    private void describe(MVTable table) {
        boolean isNew =
                tables.earlier(table.getSchema().getName(), table.getName()).isEmpty();
        SyncedTable.Layout layout = tables.layoutOf(table);
        if (isNew && layout != null && table.getRowCountApproximation(engineSession.h2()) > 0) {
            SyncedTable synced = tables.byName(
                    layout.definition().schema(), layout.definition().name());
            if (synced != null) {
                facts.put(OperationStream.FILLED + synced.number(), new byte[0]);
            }
        }
    }

    /** Has links copy the rows of all tables once more. */
    void tellAllRows() {
        for (SyncedTable table : tables.all()) {
            if (table.layout() != null) {
                facts.put(OperationStream.FILLED + table.number(), new byte[0]);
            }
        }
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

    /** Takes over how a peer describes its tables, makes those that are not here, and adds columns that are not. */
    void learn(Map<OriginId, List<TableDefinition>> definitions) throws SQLException {
        boolean changed = false;
        List<TableDefinition> fresh = new ArrayList<>();
        for (Map.Entry<OriginId, List<TableDefinition>> entry : definitions.entrySet()) {
            for (TableDefinition definition : entry.getValue()) {
                if (!state.wholeOrigins().contains(entry.getKey()) && tables.learn(entry.getKey(), definition)) {
                    fresh.add(definition);
                }
            }
        }
        List<TableDefinition> created = new ArrayList<>();
        for (TableDefinition definition : ParentsFirst.order(fresh)) {
            changed |= tables.rules().adopt(definition);
            changed |= ensure(definition, created);
        }
        for (TableDefinition definition : created) {
            addForeignKeys(definition);
        }
        if (changed) {
            describeAll();
        }
    }

    /** Only those that another peer's definition of the table has not added meanwhile. */
    private void addForeignKeys(TableDefinition definition) throws SQLException {
        MVTable table = find(definition);
        if (table != null) {
            engineSession.run(new Additions(engineSession.h2())
                    .between(TableReader.read(table, definition.id()), definition, List.of()));
        }
    }

    /** What was here before and was dropped stays away: a drop is local, and so is what is left of it. */
    private boolean ensure(TableDefinition definition, List<TableDefinition> created) throws SQLException {
        MVTable table = find(definition);
        List<TableDefinition> earlier = tables.earlier(definition.schema(), definition.name());
        if (table == null) {
            if (!earlier.isEmpty()) {
                return false;
            }
            engineSession.run(new TableCreation(engineSession.h2()).statements(definition));
            created.add(definition);
            return true;
        }
        List<String> additions = new Additions(engineSession.h2())
                .between(TableReader.read(table, definition.id()), definition, earlier);
        engineSession.run(additions);
        return !additions.isEmpty();
    }

    private @Nullable MVTable find(TableDefinition definition) {
        Schema schema = host.engine().database().findSchema(definition.schema());
        return schema != null && schema.findTableOrView(engineSession.h2(), definition.name()) instanceof MVTable table
                ? table
                : null;
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
