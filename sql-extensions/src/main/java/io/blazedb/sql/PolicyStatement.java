package io.blazedb.sql;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The statements about what flows: sync policies, merge rules, shares. */
public sealed interface PolicyStatement extends Statement {

    /** The readers of a policy, and the column that says which row is for whom. */
    record PolicyTeams(List<Identifier> teams, Optional<Identifier> by) {
        public PolicyTeams {
            teams = List.copyOf(teams);
        }
    }

    /** A column that stays at home; without a table it is that column of each table. */
    record ExcludedColumn(Optional<TableName> table, Identifier column) {
        String toSql() {
            return table.map(owner -> SqlWriter.quoted(owner) + ".").orElse("") + SqlWriter.quoted(column);
        }
    }

    @Override
    default Statement withValues(UnaryOperator<Value> replacement) {
        return this;
    }

    /** {@code CREATE SYNC POLICY}.
     *
     * @param excluded columns that never leave the node
     * @param teams empty: everybody
     * @param encryption empty: the mode of the hub's database
     */
    record CreateSyncPolicy(
            boolean orReplace,
            boolean ifNotExists,
            Identifier policy,
            PolicyTables tables,
            List<ExcludedColumn> excluded,
            Optional<PolicyTeams> teams,
            RowSecurity rowSecurity,
            Optional<EncryptionMode> encryption,
            boolean readOnly)
            implements PolicyStatement {
        public CreateSyncPolicy {
            excluded = List.copyOf(excluded);
        }

        @Override
        public String name() {
            return "CREATE SYNC POLICY";
        }

        @Override
        public void write(SqlWriter sql) {
            sql.words("CREATE").wordsIf(orReplace, "OR REPLACE").words("SYNC POLICY");
            sql.wordsIf(ifNotExists, "IF NOT EXISTS").name(policy);
            tables.write(sql);
            if (!excluded.isEmpty()) {
                sql.words("EXCLUDE COLUMNS")
                        .list(excluded.stream().map(ExcludedColumn::toSql).toList());
            }
            teams.ifPresent(present -> sql.names("TEAMS", present.teams()).name("BY", present.by()));
            sql.words(rowSecurity.words()).words("ROW SECURITY");
            encryption.ifPresent(mode -> sql.keyword("ENCRYPTION", mode));
            sql.wordsIf(readOnly, "READ ONLY");
        }

        @Override
        public CreateSyncPolicy withValues(UnaryOperator<Value> replacement) {
            return new CreateSyncPolicy(
                    orReplace,
                    ifNotExists,
                    policy,
                    tables.withValues(replacement),
                    excluded,
                    teams,
                    rowSecurity,
                    encryption,
                    readOnly);
        }
    }

    /** {@code DROP SYNC POLICY}. */
    record DropSyncPolicy(boolean ifExists, Identifier policy) implements PolicyStatement {
        @Override
        public String name() {
            return "DROP SYNC POLICY";
        }

        @Override
        public void write(SqlWriter sql) {
            sql.words(name()).wordsIf(ifExists, "IF EXISTS").name(policy);
        }
    }

    /** {@code CREATE MERGE RULE}; no column is every column of the table. */
    record CreateMergeRule(boolean orReplace, TableName table, List<Identifier> columns, MergeRule rule)
            implements PolicyStatement {
        public CreateMergeRule {
            columns = List.copyOf(columns);
        }

        @Override
        public String name() {
            return "CREATE MERGE RULE";
        }

        @Override
        public void write(SqlWriter sql) {
            sql.words("CREATE")
                    .wordsIf(orReplace, "OR REPLACE")
                    .words("MERGE RULE ON")
                    .table(table);
            sql.names("", columns).keyword("USING", rule);
        }
    }

    /** {@code DROP MERGE RULE}; no column is every column of the table. */
    record DropMergeRule(TableName table, List<Identifier> columns) implements PolicyStatement {
        public DropMergeRule {
            columns = List.copyOf(columns);
        }

        @Override
        public String name() {
            return "DROP MERGE RULE";
        }

        @Override
        public void write(SqlWriter sql) {
            sql.words("DROP MERGE RULE ON").table(table).names("", columns);
        }
    }

    /** {@code CREATE SHARE}. */
    record CreateShare(Identifier share, Value group, Identifier policy) implements PolicyStatement {
        @Override
        public String name() {
            return "CREATE SHARE";
        }

        @Override
        public void write(SqlWriter sql) {
            sql.words(name())
                    .name(share)
                    .words("IN GROUP")
                    .value(group)
                    .words("POLICY")
                    .name(policy);
        }

        @Override
        public CreateShare withValues(UnaryOperator<Value> replacement) {
            return new CreateShare(share, replacement.apply(group), policy);
        }
    }

    /** {@code DROP SHARE}. */
    record DropShare(Identifier share) implements PolicyStatement {
        @Override
        public String name() {
            return "DROP SHARE";
        }

        @Override
        public void write(SqlWriter sql) {
            sql.words(name()).name(share);
        }
    }
}
