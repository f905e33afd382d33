package io.blazedb.internal.jdbc;

import io.blazedb.internal.jdbc.forward.ForwardingResultSet;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** H2's result set, which knows the caller's own statement and announces the rows that it changes. For one thread. */
final class GuardedResultSet extends ForwardingResultSet implements ResultSet {
    private final Session session;
    private final @Nullable Statement owner;
    private final boolean completesOwner;

    /** The result set of a statement, or, without an owner, of the metadata. */
    GuardedResultSet(Session session, @Nullable Statement owner, ResultSet h2) {
        this(session, owner, h2, false);
    }

    /** With {@code completesOwner} closing it does what H2 does for its own: see {@code closeOnCompletion}. */
    GuardedResultSet(Session session, @Nullable Statement owner, ResultSet h2, boolean completesOwner) {
        super(h2);
        this.session = session;
        this.owner = owner;
        this.completesOwner = completesOwner;
    }

    boolean isOver(ResultSet h2) {
        return resultSet == h2;
    }

    /** H2 is asked as well: it refuses when the result set is closed. */
    @Override
    public @Nullable Statement getStatement() throws SQLException {
        resultSet.getStatement();
        return owner;
    }

    @Override
    public void close() throws SQLException {
        resultSet.close();
        if (completesOwner && owner != null && !owner.isClosed() && owner.isCloseOnCompletion()) {
            owner.close();
        }
    }

    @Override
    public void insertRow() throws SQLException {
        Guarded.write(session, resultSet::insertRow);
    }

    @Override
    public void updateRow() throws SQLException {
        Guarded.write(session, resultSet::updateRow);
    }

    @Override
    public void deleteRow() throws SQLException {
        Guarded.write(session, resultSet::deleteRow);
    }

    @Override
    public String toString() {
        return resultSet.toString();
    }
}
