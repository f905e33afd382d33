package io.blazedb.sql;

import java.util.function.UnaryOperator;

/** The other end of a connection. */
public sealed interface Peer {

    Peer withValues(UnaryOperator<Value> replacement);

    void write(SqlWriter sql);

    /** A node that a topology has already. */
    record Node(Identifier node) implements Peer {
        @Override
        public Peer withValues(UnaryOperator<Value> replacement) {
            return this;
        }

        @Override
        public void write(SqlWriter sql) {
            sql.name(node);
        }
    }

    /** A database by its URL. */
    record Location(Value location) implements Peer {
        @Override
        public Peer withValues(UnaryOperator<Value> replacement) {
            return new Location(replacement.apply(location));
        }

        @Override
        public void write(SqlWriter sql) {
            sql.value(location);
        }
    }
}
