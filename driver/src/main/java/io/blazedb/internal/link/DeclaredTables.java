package io.blazedb.internal.link;

import io.blazedb.internal.apply.Applier;
import io.blazedb.internal.capture.CommitErrors;
import io.blazedb.internal.capture.Gate;
import io.blazedb.internal.node.SyncedTable;
import io.blazedb.internal.node.Tables;
import io.blazedb.internal.schema.Addition;
import io.blazedb.internal.schema.Additions;
import io.blazedb.internal.schema.ForeignKeyActions;
import io.blazedb.internal.schema.ForeignKeyActions.Replacement;
import io.blazedb.internal.schema.ParentsFirst;
import io.blazedb.internal.schema.Sameness;
import io.blazedb.internal.schema.TableCreation;
import io.blazedb.internal.schema.TableReader;
import io.blazedb.sync.TableDefinition;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.message.DbException;
import org.h2.mvstore.db.MVTable;
import org.h2.schema.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Makes this node's tables what peers have declared, as far as that takes nothing away. For one thread at a time;
 * others may ask what was refused.
 */
final class DeclaredTables {
    /** A definition that came waits so long for write transactions to end, and is tried again after that. */
    private static final long OTHERS_MILLIS_MAX = 500;

    private final LinkedNode.Host host;
    private final Tables tables;
    private final Applier applier;
    private final EngineSession engineSession;
    /** What could not be done, and why: it is tried again with the next definition. */
    private final Map<TableDefinition, String> refusals = new ConcurrentHashMap<>();

    private final Set<String> told = new HashSet<>();
    private boolean changed;
    private boolean isRefused;

    DeclaredTables(LinkedNode.Host host, Tables tables, Applier applier, EngineSession engineSession) {
        this.host = host;
        this.tables = tables;
        this.applier = applier;
        this.engineSession = engineSession;
    }

    /** Whether something was changed that nobody has described. */
    boolean isChanged() {
        return changed;
    }

    /** All tables are about to be described as they are now. */
    void described() {
        changed = false;
    }

    /**
     * Makes tables that are not here, and adds what the others lack. What cannot be made is left out, and said.
     *
     * @throws SQLException when other transactions are in the way: what was done stays done, and it may be tried again
     */
    void ensure(List<TableDefinition> definitions) throws SQLException {
        List<TableDefinition> all = new ArrayList<>(definitions);
        if (!definitions.isEmpty()) {
            all.addAll(refusals.keySet()); // what they lacked may have come
        }
        List<TableDefinition> created = new ArrayList<>();
        for (TableDefinition definition : ParentsFirst.order(all)) {
            changed |= tables.rules().adopt(definition);
            inTurn(() -> ensureAnew(definition, created));
        }
        for (TableDefinition definition : created) {
            inTurn(() -> complete(definition));
        }
    }

    /** Changes of a table. */
    private interface Work {
        void run() throws SQLException;
    }

    /** While a table is looked at and changed, nobody else changes it. */
    private void inTurn(Work work) throws SQLException {
        Gate.Place place = engineSession.capture().place();
        place.takeTurn();
        try {
            work.run();
        } finally {
            place.endTurn();
        }
    }

    private void ensureAnew(TableDefinition definition, List<TableDefinition> created) throws SQLException {
        isRefused = false;
        ensure(definition, created);
        if (!isRefused) {
            refusals.remove(definition);
        }
    }

    /** Adds foreign keys, now that all parents are there, and what else another definition of a new table has. */
    private void complete(TableDefinition definition) throws SQLException {
        MVTable table = find(definition.schema(), definition.name());
        if (table != null) {
            add(table, definition, List.of());
        }
    }

    private void add(MVTable table, TableDefinition definition, List<TableDefinition> earlier) throws SQLException {
        TableDefinition have = TableReader.read(table, definition.id());
        if (Sameness.ofKey(have).equals(Sameness.ofKey(definition))) {
            run(definition, additions(have, definition, earlier));
            agreeOnActions(definition, earlier);
        }
    }

    private static boolean areOfOneTable(TableDefinition one, TableDefinition other) {
        return one.schema().equals(other.schema()) && one.name().equals(other.name());
    }

    /** What was here before and was dropped stays away: a drop is local, and so is what is left of it. */
    private void ensure(TableDefinition definition, List<TableDefinition> created) throws SQLException {
        MVTable table = find(definition.schema(), definition.name());
        List<TableDefinition> earlier = tables.earlier(definition.schema(), definition.name());
        if (created.stream().anyMatch(other -> areOfOneTable(other, definition))) {
            created.add(definition); // its parents may come later
        } else if (table != null) {
            add(table, definition, earlier);
        } else if (earlier.isEmpty() && run(definition, creation(definition))) {
            created.add(definition);
        }
    }

    /** Foreign keys that only act differently come to act alike. */
    private void agreeOnActions(TableDefinition definition, List<TableDefinition> earlier) throws SQLException {
        MVTable table = find(definition.schema(), definition.name());
        if (table == null) {
            return;
        }
        TableDefinition have = TableReader.read(table, definition.id());
        List<Replacement> replacements = new ForeignKeyActions(engineSession.h2())
                .replacements(table, have, earlier, definition, tables.before(definition));
        for (Replacement replacement : replacements) {
            MVTable parent =
                    find(replacement.parent().schema(), replacement.parent().name());
            if (parent != null) {
                engineSession.replace(table, parent, replacement);
                changed = true;
            }
        }
    }

    /** Gives a table the primary key of a peer's, if it never had one. Answers whether it has it now. */
    boolean takeKey(TableDefinition definition) throws SQLException {
        MVTable table = definition.primaryKey().isEmpty() ? null : find(definition.schema(), definition.name());
        if (table == null || table.findPrimaryKey() != null) {
            return false;
        }
        TableDefinition have = TableReader.read(table, definition.id());
        boolean isDropped = tables.earlier(have.schema(), have.name()).stream()
                .anyMatch(known -> !known.primaryKey().isEmpty());
        return !isDropped && run(definition, new Additions(engineSession.h2()).key(have, definition));
    }

    private List<Addition> creation(TableDefinition definition) {
        try {
            return new TableCreation(engineSession.h2())
                    .statements(definition).stream().map(Addition::of).toList();
        } catch (SQLException e) {
            refused(definition, e);
            return List.of();
        }
    }

    private List<Addition> additions(TableDefinition have, TableDefinition wanted, List<TableDefinition> earlier) {
        try {
            return new Additions(engineSession.h2()).between(have, wanted, earlier);
        } catch (SQLException e) {
            refused(wanted, e);
            return List.of();
        }
    }

    /** Runs each of the statements that can be run; answers whether the first one could. */
    private boolean run(TableDefinition definition, List<Addition> additions) throws SQLException {
        boolean first = !additions.isEmpty();
        for (int i = 0; i < additions.size(); i++) {
            try {
                runAlone(definition, additions.get(i));
                changed = true;
            } catch (SQLException e) {
                if (Blocked.isBusy(e)) {
                    throw e;
                }
                refused(definition, e);
                first &= i > 0;
            }
        }
        return first;
    }

    /** ALTER TABLE runs while nobody else writes: H2 would lose what is written to a table that it is copying. */
    private void runAlone(TableDefinition definition, Addition addition) throws SQLException {
        Gate.Place place = engineSession.capture().place();
        place.takeTurn();
        try {
            String statement = addition.statement();
            if (statement.startsWith("ALTER TABLE") && !place.shutWithin(OTHERS_MILLIS_MAX)) {
                throw CommitErrors.othersWriteHere(statement, OTHERS_MILLIS_MAX);
            }
            engineSession.run(List.of(statement));
        } catch (SQLException e) {
            if (!isBroken(addition, e)) {
                throw e;
            }
            place.letIn(); // the applier may be busy with a transaction that waits for it
            hideViolators(definition, addition, e);
        } finally {
            place.endTurn();
        }
    }

    /** Whether H2 does not add a constraint because of the rows that are here. */
    private static boolean isBroken(Addition addition, SQLException e) {
        return !addition.violators().isEmpty()
                && e.getSQLState() != null
                && e.getSQLState().startsWith("23");
    }

    /** A constraint counts for the rows that were here before it as for those that come after. */
    private void hideViolators(TableDefinition definition, Addition addition, SQLException broken) throws SQLException {
        SyncedTable table = tables.byName(definition.schema(), definition.name());
        if (table == null || table.layout() == null) {
            throw broken;
        }
        try {
            applier.schemaChanges().add(table, addition);
        } catch (DbException e) {
            throw DbException.toSQLException(e);
        }
    }

    /** What the peer has declared cannot be here now. */
    private void refused(TableDefinition definition, SQLException reason) {
        String message = "Table " + definition.schema() + "." + definition.name()
                + " cannot be made what a peer has declared; values without a place here wait in"
                + " BLAZE.BZ_STASH. Remedy: declare it alike on both. " + reason.getMessage();
        if (told.add(message)) {
            System.getLogger("io.blazedb").log(System.Logger.Level.WARNING, message);
        }
        refusals.put(definition, String.valueOf(reason.getMessage()));
        isRefused = true;
    }

    /** Why a table is not all that peers have declared; null when it is. */
    @Nullable
    String refusal(String schema, String name) {
        for (Map.Entry<TableDefinition, String> refusal : refusals.entrySet()) {
            if (refusal.getKey().schema().equals(schema)
                    && refusal.getKey().name().equals(name)) {
                return refusal.getValue();
            }
        }
        return null;
    }

    /** The table of a name, if it is one that rows can be in. */
    @Nullable
    MVTable find(String schemaName, String name) {
        Schema schema = host.engine().database().findSchema(schemaName);
        return schema != null && schema.findTableOrView(engineSession.h2(), name) instanceof MVTable table
                ? table
                : null;
    }
}
