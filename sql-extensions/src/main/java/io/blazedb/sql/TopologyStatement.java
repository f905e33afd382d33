package io.blazedb.sql;

import java.util.Optional;
import java.util.function.UnaryOperator;

/** The statements about the graph of nodes. */
public sealed interface TopologyStatement extends Statement {

    Identifier topology();

    @Override
    default Statement withValues(UnaryOperator<Value> replacement) {
        return this;
    }

    /** {@code CREATE TOPOLOGY}. */
    record Create(boolean ifNotExists, Identifier topology, TopologyPattern pattern, Optional<Identifier> hub)
            implements TopologyStatement {
        @Override
        public String name() {
            return "CREATE TOPOLOGY";
        }

        @Override
        public void write(SqlWriter sql) {
            sql.words(name()).wordsIf(ifNotExists, "IF NOT EXISTS").name(topology);
            sql.keyword("PATTERN", pattern).name("HUB", hub);
        }
    }

    /** {@code ALTER TOPOLOGY ... ADD NODE}. */
    record AddNode(Identifier topology, Identifier node, NodePlace place, NodeRole role) implements TopologyStatement {
        @Override
        public String name() {
            return "ALTER TOPOLOGY ADD NODE";
        }

        @Override
        public void write(SqlWriter sql) {
            sql.words("ALTER TOPOLOGY").name(topology).words("ADD NODE").name(node);
            place.write(sql);
            sql.keyword("ROLE", role);
        }

        @Override
        public AddNode withValues(UnaryOperator<Value> replacement) {
            return new AddNode(topology, node, place.withValues(replacement), role);
        }
    }

    /** {@code ALTER TOPOLOGY ... DROP NODE}. */
    record DropNode(Identifier topology, Identifier node) implements TopologyStatement {
        @Override
        public String name() {
            return "ALTER TOPOLOGY DROP NODE";
        }

        @Override
        public void write(SqlWriter sql) {
            sql.words("ALTER TOPOLOGY").name(topology).words("DROP NODE").name(node);
        }
    }

    /** {@code ALTER TOPOLOGY ... SET PATTERN}. */
    record SetPattern(Identifier topology, TopologyPattern pattern, Optional<Identifier> hub)
            implements TopologyStatement {
        @Override
        public String name() {
            return "ALTER TOPOLOGY SET PATTERN";
        }

        @Override
        public void write(SqlWriter sql) {
            sql.words("ALTER TOPOLOGY")
                    .name(topology)
                    .keyword("SET PATTERN", pattern)
                    .name("HUB", hub);
        }
    }

    /** {@code DROP TOPOLOGY}. */
    record Drop(boolean ifExists, Identifier topology) implements TopologyStatement {
        @Override
        public String name() {
            return "DROP TOPOLOGY";
        }

        @Override
        public void write(SqlWriter sql) {
            sql.words(name()).wordsIf(ifExists, "IF EXISTS").name(topology);
        }
    }
}
