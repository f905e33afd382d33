package io.blazedb.internal.jdbc;

import java.sql.ResultSet;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Wraps the result sets of one statement; H2's same result set is always the caller's same object. For one thread. */
final class Results {
    private final GuardedConnection connection;
    private final Statement owner;
    private @Nullable GuardedResultSet last;

    Results(GuardedConnection connection, Statement owner) {
        this.connection = connection;
        this.owner = owner;
    }

    ResultSet wrap(ResultSet h2) {
        return wrap(h2, false);
    }

    /** The rows of a statement that H2 did not run: it does not know that they complete it. */
    ResultSet wrapOwn(ResultSet rows) {
        return wrap(rows, true);
    }

    private ResultSet wrap(ResultSet h2, boolean completesOwner) {
        GuardedResultSet known = last;
        if (known != null && known.isOver(h2)) {
            return known;
        }
        GuardedResultSet wrapped = new GuardedResultSet(connection.session(), owner, h2, completesOwner);
        last = wrapped;
        return wrapped;
    }

    @Nullable
    ResultSet wrapIfAny(@Nullable ResultSet h2) {
        return h2 == null ? null : wrap(h2, false);
    }
}
