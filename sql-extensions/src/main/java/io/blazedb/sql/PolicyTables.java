package io.blazedb.sql;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Which tables, columns and rows a sync policy lets flow. */
public sealed interface PolicyTables {

    PolicyTables withValues(UnaryOperator<Value> replacement);

    void write(SqlWriter sql);

    /** Every table, those to come included, but for some. */
    record All(List<TableName> except) implements PolicyTables {
        public All {
            except = List.copyOf(except);
        }

        @Override
        public PolicyTables withValues(UnaryOperator<Value> replacement) {
            return this;
        }

        @Override
        public void write(SqlWriter sql) {
            sql.words("FOR ALL TABLES");
            if (!except.isEmpty()) {
                sql.words("EXCEPT").list(except.stream().map(SqlWriter::quoted).toList());
            }
        }
    }

    /** The tables that the statement lists. */
    record Listed(List<PolicyTable> tables) implements PolicyTables {
        public Listed {
            tables = List.copyOf(tables);
        }

        @Override
        public PolicyTables withValues(UnaryOperator<Value> replacement) {
            return new Listed(
                    tables.stream().map(table -> table.withValues(replacement)).toList());
        }

        @Override
        public void write(SqlWriter sql) {
            sql.words("FOR TABLE");
            for (int i = 0; i < tables.size(); i++) {
                tables.get(i).write(i == 0 ? sql : sql.comma());
            }
        }
    }

    /**
     * One table.
     *
     * @param columns empty: every column
     * @param where empty: every row
     */
    record PolicyTable(TableName table, List<Identifier> columns, Optional<Predicate> where) {
        public PolicyTable {
            columns = List.copyOf(columns);
        }

        PolicyTable withValues(UnaryOperator<Value> replacement) {
            return new PolicyTable(table, columns, where.map(predicate -> predicate.withValues(replacement)));
        }

        void write(SqlWriter sql) {
            sql.table(table).names("", columns);
            where.ifPresent(predicate -> sql.words("WHERE").words(predicate.sql()));
        }
    }
}
