package io.blazedb.sql;

import java.util.function.UnaryOperator;

/** The other end of a connection. */
public sealed interface Peer {

    /** A node that a topology has already. */
    record Node(Identifier node) implements Peer {}

    /** A database by its URL. */
    record Location(Value location) implements Peer {}

    default Peer withValues(UnaryOperator<Value> replacement) {
        return this instanceof Location location ? new Location(replacement.apply(location.location)) : this;
    }

    default void write(SqlWriter sql) {
        if (this instanceof Node node) {
            sql.name(node.node);
        } else if (this instanceof Location location) {
            sql.value(location.location);
        }
    }
}
