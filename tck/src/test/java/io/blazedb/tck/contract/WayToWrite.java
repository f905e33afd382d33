package io.blazedb.tck.contract;

import io.blazedb.tck.Sql;
import io.blazedb.tck.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * One of the ways in which a program can change a database: each must be seen by other connections, be there after the
 * database was closed or killed, and reach the databases it is synchronised with.
 */
public record WayToWrite(
        String name, List<String> setUp, Action action, String query, List<String> rows, Set<Trait> traits) {
    /** What the program does. It may turn autocommit off and must end with everything committed. */
    @FunctionalInterface
    public interface Action {
        void run(Connection connection) throws Exception;
    }

    /** What sets a way apart from the others. */
    public enum Trait {
        /** BlazeDB may refuse it: then it throws and changes nothing more. */
        MAY_BE_REFUSED,
        /** It closes the database: one in memory is gone then. */
        CLOSES,
        /** Its URL must say {@code DEFAULT_CONNECTION=TRUE}. */
        DEFAULT_CONNECTION
    }

    static WayToWrite of(String name, List<String> setUp, Action action, String query, String... rows) {
        return new WayToWrite(name, setUp, action, query, List.of(rows), Set.of());
    }

    /** A way that is nothing but statements, each in its own transaction. */
    static WayToWrite sql(String name, List<String> setUp, List<String> statements, String query, String... rows) {
        Action action = connection -> Sql.execute(connection, statements.toArray(String[]::new));
        return of(name, setUp, action, query, rows);
    }

    WayToWrite with(Trait... added) {
        return new WayToWrite(name, setUp, action, query, rows, Set.of(added));
    }

    public boolean is(Trait trait) {
        return traits.contains(trait);
    }

    /** The settings that the URL of its database must end with. */
    public String settings() {
        return is(Trait.DEFAULT_CONNECTION) ? ";DEFAULT_CONNECTION=TRUE" : "";
    }

    /** Whether the query gives the same rows when it is asked again. */
    public boolean isRepeatable() {
        return !query.contains("NEXT VALUE");
    }

    /** Makes the tables in an empty database. */
    public void prepare(Connection connection) throws SQLException {
        Sql.execute(connection, setUp.toArray(String[]::new));
    }

    /** Writes, and says which rows the query must give from now on. */
    public List<String> run(Connection connection, Target target) throws Exception {
        try {
            action.run(connection);
            return rows;
        } catch (SQLException e) {
            if (!is(Trait.MAY_BE_REFUSED) || !target.isBlaze()) {
                throw e;
            }
            if (e.getMessage() == null || e.getMessage().isBlank()) {
                throw new IllegalStateException(name + " was refused without a reason", e);
            }
            connection.setAutoCommit(true);
            return Sql.rows(connection, query);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
