package io.blazedb.internal.database;

import io.blazedb.internal.link.LinkedNode;
import io.blazedb.internal.node.MergeRules;
import io.blazedb.internal.node.TableStatus;
import io.blazedb.internal.schema.RuleLimits;
import io.blazedb.internal.schema.TableReader;
import io.blazedb.sync.MergeRule;
import io.blazedb.sync.TableDefinition;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.h2.engine.SessionLocal;
import org.h2.mvstore.db.MVTable;
import org.h2.schema.Schema;
import org.h2.table.Table;

/** Says of each table whether it is synced, and how its columns are merged. For one thread. */
final class TableReport {
    private final BlazeDatabase database;

    TableReport(BlazeDatabase database) {
        this.database = database;
    }

    List<TableStatus> all() throws SQLException {
        List<TableStatus> all = new ArrayList<>();
        SessionLocal session = database.engine().database().getSystemSession();
        MergeRules rules = database.writable().rules();
        for (Schema schema : database.engine().database().getAllSchemasNoMeta()) {
            if (!schema.getName().equalsIgnoreCase("BLAZE")) {
                for (Table table : schema.getAllTablesAndViews(null)) {
                    if (!table.isView()) {
                        all.add(status(table, rules, table.getRowCountApproximation(session)));
                    }
                }
            }
        }
        LinkedNode node = database.node();
        if (node != null) {
            all.addAll(node.limits().absent());
        }
        return all;
    }

    private TableStatus status(Table table, MergeRules rules, long rowCount) {
        String schema = table.getSchema().getName();
        if (!(table instanceof MVTable stored) || !TableReader.isUserTable(table)) {
            return new TableStatus(
                    schema, table.getName(), true, false, "not a table that this database stores", rowCount, "");
        }
        TableDefinition definition = rules.in(TableReader.read(stored, 0));
        String reason = notSynced(stored, definition);
        return new TableStatus(
                schema,
                table.getName(),
                true,
                reason.isEmpty(),
                reason.isEmpty() ? limits(definition) : reason,
                rowCount,
                definition.mergeRules().stream()
                        .map(rule -> text(definition, rule))
                        .collect(Collectors.joining(", ")));
    }

    /** What of a synced table is not as it is at peers, or as its rules want it. */
    private String limits(TableDefinition table) {
        LinkedNode node = database.node();
        String limits = node == null ? "" : node.limits().of(table.schema(), table.name());
        String broken = brokenRule(table);
        return limits.isEmpty() || broken.isEmpty() ? limits + broken : limits + "; " + broken;
    }

    private String notSynced(MVTable table, TableDefinition definition) {
        LinkedNode node = database.node();
        if (node == null) {
            return "this database has no connection";
        }
        return node.tables().obstacle(table, definition).orElse("");
    }

    private static String text(TableDefinition table, MergeRule rule) {
        return rule.kind().name().replace('_', ' ')
                + rule.columns().stream()
                        .map(column -> table.columns().get(column).name())
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    /** What ALTER TABLE has done to a column with a rule. */
    private static String brokenRule(TableDefinition table) {
        for (MergeRule rule : table.mergeRules()) {
            for (int column : rule.columns()) {
                Optional<String> reason = RuleLimits.against(table, column, rule.kind());
                if (reason.isPresent()) {
                    return "the merge rule " + text(table, rule) + " does not fit any more: " + reason.get();
                }
            }
        }
        return "";
    }
}
