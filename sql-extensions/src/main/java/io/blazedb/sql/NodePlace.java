package io.blazedb.sql;

import java.util.Optional;
import java.util.function.UnaryOperator;

/** Where the database of a node is. */
public sealed interface NodePlace {

    NodePlace withValues(UnaryOperator<Value> replacement);

    void write(SqlWriter sql);

    /** The database that runs the statement. */
    record CurrentDatabase() implements NodePlace {
        @Override
        public NodePlace withValues(UnaryOperator<Value> replacement) {
            return this;
        }

        @Override
        public void write(SqlWriter sql) {
            sql.words("CURRENT DATABASE");
        }
    }

    /** A database by its URL; without credentials, those of the session that runs the statement. */
    record At(Value location, Optional<Credentials> credentials) implements NodePlace {
        @Override
        public NodePlace withValues(UnaryOperator<Value> replacement) {
            return new At(replacement.apply(location), credentials.map(present -> present.withValues(replacement)));
        }

        @Override
        public void write(SqlWriter sql) {
            sql.words("AT").value(location);
            credentials.ifPresent(present -> present.write(sql));
        }
    }
}
