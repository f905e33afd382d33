package io.blazedb.sql;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The statements that sync now, and that show what sync does. */
public sealed interface SyncStatement extends Statement {

    @Override
    default Statement withValues(UnaryOperator<Value> replacement) {
        return this;
    }

    /** {@code SYNC}; no node is every connection, the time is in seconds. */
    record Sync(Optional<Identifier> node, Optional<Value> timeoutSeconds) implements SyncStatement {
        @Override
        public String name() {
            return "SYNC";
        }

        @Override
        public void write(SqlWriter sql) {
            sql.words(name()).name("WITH", node).value("TIMEOUT", timeoutSeconds);
        }

        @Override
        public Sync withValues(UnaryOperator<Value> replacement) {
            return new Sync(node, timeoutSeconds.map(replacement));
        }
    }

    /** {@code PAUSE SYNC}; no node is all. */
    record Pause(Optional<Identifier> node) implements SyncStatement {
        @Override
        public String name() {
            return "PAUSE SYNC";
        }

        @Override
        public void write(SqlWriter sql) {
            sql.words(name()).name("WITH", node);
        }
    }

    /** {@code RESUME SYNC}; no node is all. */
    record Resume(Optional<Identifier> node) implements SyncStatement {
        @Override
        public String name() {
            return "RESUME SYNC";
        }

        @Override
        public void write(SqlWriter sql) {
            sql.words(name()).name("WITH", node);
        }
    }

    /** {@code CHECK SYNC}; no table is every synced one. */
    record Check(List<TableName> tables, Optional<Identifier> node) implements SyncStatement {
        public Check {
            tables = List.copyOf(tables);
        }

        @Override
        public String name() {
            return "CHECK SYNC";
        }

        @Override
        public boolean isQuery() {
            return true;
        }

        @Override
        public void write(SqlWriter sql) {
            sql.words(name()).tables("TABLE", tables).name("WITH", node);
        }
    }

    /** {@code REPAIR SYNC}; no table is every synced one. */
    record Repair(List<TableName> tables, Identifier node) implements SyncStatement {
        public Repair {
            tables = List.copyOf(tables);
        }

        @Override
        public String name() {
            return "REPAIR SYNC";
        }

        @Override
        public void write(SqlWriter sql) {
            sql.words(name()).tables("TABLE", tables).words("WITH").name(node);
        }
    }

    /** {@code SHOW SYNC}: the rows of a view. */
    record Show(SyncView view) implements SyncStatement {
        @Override
        public String name() {
            return "SHOW SYNC";
        }

        @Override
        public boolean isQuery() {
            return true;
        }

        @Override
        public void write(SqlWriter sql) {
            sql.keyword(name(), view);
        }
    }

    /** {@code SHOW TOPOLOGY}; no topology is all. */
    record ShowTopology(Optional<Identifier> topology, TopologyFormat format) implements SyncStatement {
        @Override
        public String name() {
            return "SHOW TOPOLOGY";
        }

        @Override
        public boolean isQuery() {
            return true;
        }

        @Override
        public void write(SqlWriter sql) {
            sql.words(name());
            topology.ifPresent(sql::name);
            sql.keyword("AS", format);
        }
    }

    /** {@code EXPLAIN SYNC POLICY}. */
    record ExplainPolicy(Identifier policy) implements SyncStatement {
        @Override
        public String name() {
            return "EXPLAIN SYNC POLICY";
        }

        @Override
        public boolean isQuery() {
            return true;
        }

        @Override
        public void write(SqlWriter sql) {
            sql.words(name()).name(policy);
        }
    }

    /** {@code EXPLAIN SYNC CONNECT ...}: what the connection would do. */
    record ExplainConnect(ConnectionStatement connection) implements SyncStatement {
        @Override
        public String name() {
            return "EXPLAIN SYNC CONNECT";
        }

        @Override
        public boolean isQuery() {
            return true;
        }

        @Override
        public void write(SqlWriter sql) {
            sql.words("EXPLAIN SYNC");
            connection.write(sql);
        }

        @Override
        public ExplainConnect withValues(UnaryOperator<Value> replacement) {
            return new ExplainConnect(connection.withValues(replacement));
        }
    }

    /** {@code EXPLAIN SYNC ROW}: whether the row with this key is synced, and if not, why not. */
    record ExplainRow(TableName table, List<Value> key) implements SyncStatement {
        public ExplainRow {
            key = List.copyOf(key);
        }

        @Override
        public String name() {
            return "EXPLAIN SYNC ROW";
        }

        @Override
        public boolean isQuery() {
            return true;
        }

        @Override
        public void write(SqlWriter sql) {
            sql.words(name()).table(table).values(key);
        }

        @Override
        public ExplainRow withValues(UnaryOperator<Value> replacement) {
            return new ExplainRow(table, key.stream().map(replacement).toList());
        }
    }

    /** {@code RESOLVE CONFLICT}. */
    record ResolveConflict(Value conflict, Winner winner) implements SyncStatement {
        @Override
        public String name() {
            return "RESOLVE CONFLICT";
        }

        @Override
        public void write(SqlWriter sql) {
            sql.words(name()).value(conflict).keyword("USING", winner);
        }

        @Override
        public ResolveConflict withValues(UnaryOperator<Value> replacement) {
            return new ResolveConflict(replacement.apply(conflict), winner);
        }
    }
}
