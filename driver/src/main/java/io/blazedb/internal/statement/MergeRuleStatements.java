package io.blazedb.internal.statement;

import io.blazedb.SqlState;
import io.blazedb.internal.jdbc.StatementOutcome;
import io.blazedb.internal.node.MergeRules.Rule;
import io.blazedb.internal.schema.RuleLimits;
import io.blazedb.sql.Identifier;
import io.blazedb.sql.PolicyStatement.CreateMergeRule;
import io.blazedb.sql.PolicyStatement.DropMergeRule;
import io.blazedb.sql.TableName;
import io.blazedb.sync.ColumnDefinition;
import io.blazedb.sync.MergeRule;
import io.blazedb.sync.MergeRule.Kind;
import io.blazedb.sync.TableDefinition;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Runs {@code CREATE} and {@code DROP MERGE RULE}: everything is checked before the rules of the table are put in the
 * place of those before. For one thread.
 */
final class MergeRuleStatements {
    private final SessionFacts session;

    MergeRuleStatements(SessionFacts session) {
        this.session = session;
    }

    StatementOutcome create(CreateMergeRule statement) throws SQLException {
        TableDefinition table = table(statement.table());
        Kind kind = Kind.valueOf(statement.rule().name());
        BitSet columns =
                statement.columns().isEmpty() ? mergeable(table, kind) : columns(table, statement.columns(), kind);
        List<MergeRule> rules = without(table, columns, statement);
        if (kind.groups() && !statement.columns().isEmpty()) {
            rules.add(new MergeRule(columns.stream().boxed().toList(), kind));
        } else {
            columns.stream().forEach(column -> rules.add(new MergeRule(List.of(column), kind)));
        }
        return put(table, rules);
    }

    StatementOutcome drop(DropMergeRule statement) throws SQLException {
        TableDefinition table = table(statement.table());
        BitSet columns = new BitSet();
        if (statement.columns().isEmpty()) {
            table.mergeRules().forEach(rule -> rule.columns().forEach(columns::set));
        } else {
            for (Identifier name : statement.columns()) {
                columns.set(column(table, name));
            }
        }
        if (table.mergeRules().isEmpty()) {
            throw SqlState.MERGE_RULE.error("Table " + table.name() + " at "
                    + statement.table().position() + " has no merge rule (expected: one to drop).");
        }
        for (Identifier name : statement.columns()) {
            int column = column(table, name);
            if (table.mergeRules().stream().noneMatch(rule -> rule.columns().contains(column))) {
                throw SqlState.MERGE_RULE.error("Column " + name + " at " + name.position()
                        + " has no merge rule (expected: one to drop). Remedy: SHOW SYNC TABLES lists them.");
            }
        }
        return put(table, remaining(table, columns));
    }

    /** A change of the whole set, under one mark. */
    private StatementOutcome put(TableDefinition table, List<MergeRule> rules) throws SQLException {
        List<Rule> named = rules.stream()
                .map(rule -> new Rule(
                        rule.columns().stream()
                                .map(column -> table.columns().get(column).name())
                                .toList(),
                        rule.kind()))
                .toList();
        session.actions().mergeRules(table.schema(), table.name(), named);
        return StatementOutcome.ofCount(0);
    }

    private TableDefinition table(TableName name) throws SQLException {
        List<TableDefinition> all = session.actions().definitions();
        String schema = name.schema().map(Identifier::name).orElse(session.h2().getSchema());
        Optional<TableDefinition> found = all.stream()
                .filter(table -> table.schema().equals(schema)
                        && table.name().equals(name.table().name()))
                .findFirst();
        if (found.isEmpty()) {
            throw SqlState.MERGE_RULE.error("Unknown table " + name + " at " + name.position() + ", "
                    + NearestName.expectation(
                            name.table().name(),
                            all.stream().map(TableDefinition::name).toList())
                    + ".");
        }
        return found.get();
    }

    private static int column(TableDefinition table, Identifier name) throws SQLException {
        List<String> names =
                table.columns().stream().map(ColumnDefinition::name).toList();
        int column = names.indexOf(name.name());
        if (column < 0) {
            throw SqlState.MERGE_RULE.error("Unknown column " + name + " of table " + table.name() + " at "
                    + name.position() + ", " + NearestName.expectation(name.name(), names) + ".");
        }
        return column;
    }

    private static BitSet columns(TableDefinition table, List<Identifier> names, Kind kind) throws SQLException {
        BitSet columns = new BitSet();
        for (Identifier name : names) {
            int column = column(table, name);
            if (columns.get(column)) {
                throw SqlState.MERGE_RULE.error(
                        "Column " + name + " at " + name.position() + " is named twice (expected: once).");
            }
            check(table, column, kind, " at " + name.position());
            columns.set(column);
        }
        return columns;
    }

    /** Every column that is merged at all: the key never changes, what is computed is never sent. */
    private static BitSet mergeable(TableDefinition table, Kind kind) throws SQLException {
        BitSet columns = new BitSet();
        for (int column = 0; column < table.columns().size(); column++) {
            boolean generated = table.columns().get(column).source() == ColumnDefinition.Source.GENERATED;
            if (!generated && !table.primaryKey().contains(column)) {
                check(table, column, kind, "");
                columns.set(column);
            }
        }
        if (columns.isEmpty()) {
            throw SqlState.MERGE_RULE.error(
                    "Table " + table.name() + " has no column outside its primary key (expected: one to merge).");
        }
        return columns;
    }

    private static void check(TableDefinition table, int column, Kind kind, String where) throws SQLException {
        Optional<String> reason = RuleLimits.against(table, column, kind);
        if (reason.isPresent()) {
            throw SqlState.MERGE_RULE.error("No merge rule " + kind.name().replace('_', ' ') + " for a column of table "
                    + table.name() + where + ": " + reason.get() + ". Nothing was done.");
        }
    }

    private static List<MergeRule> without(TableDefinition table, BitSet columns, CreateMergeRule statement)
            throws SQLException {
        for (MergeRule rule : table.mergeRules()) {
            Optional<Integer> taken =
                    rule.columns().stream().filter(columns::get).findFirst();
            if (taken.isPresent() && !statement.orReplace()) {
                throw SqlState.MERGE_RULE.error(
                        "Column " + table.columns().get(taken.get()).name() + " of table " + table.name() + " at "
                                + statement.table().position() + " has a merge rule already, "
                                + rule.kind().name().replace('_', ' ')
                                + " (expected: none). Remedy: CREATE OR REPLACE MERGE RULE, or DROP MERGE RULE first.");
            }
        }
        return remaining(table, columns);
    }

    private static List<MergeRule> remaining(TableDefinition table, BitSet gone) {
        List<MergeRule> rules = new ArrayList<>();
        for (MergeRule rule : table.mergeRules()) {
            List<Integer> left =
                    rule.columns().stream().filter(column -> !gone.get(column)).toList();
            if (!left.isEmpty()) {
                rules.add(new MergeRule(left, rule.kind()));
            }
        }
        return rules;
    }
}
