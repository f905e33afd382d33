package io.blazedb.internal.jdbc;

import io.blazedb.internal.statement.SpecialKind;
import io.blazedb.internal.statement.StatementKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind one JDBC connection: H2's connection, and the engine that has to know before H2 works on data.
 *
 * <p>One per connection. Calls come from the thread that uses the connection; {@link #abort()} may come from any.
 */
public interface Session {
    /** H2's own connection ({@code org.h2.jdbc.JdbcConnection}). */
    Connection h2();

    /**
     * Whether a query may write, because the database has functions or SELECT triggers of the user's: then each
     * {@link StatementKind#READ} is announced as {@link StatementKind#WRITE}. Asked at each query, so it must be cheap.
     */
    default boolean queriesMayWrite() {
        return false;
    }

    /**
     * Makes the schema BLAZE with its views, which exist from their first use on.
     *
     * @return whether it can be there now
     */
    default boolean makeViews() throws SQLException {
        return false;
    }

    /**
     * Called before H2 runs a statement, a commit or a rollback (both {@link StatementKind#WRITE}). Never called for
     * {@link StatementKind#READ}. When it throws, H2 is not called and neither is {@link #after}.
     */
    void before(StatementKind kind) throws SQLException;

    /** Called when H2 has returned or thrown, once for each {@link #before} that returned. */
    void after(StatementKind kind) throws SQLException;

    /** What to throw for an error of H2's: another one when H2's own says only that it can do nothing more. */
    default SQLException explained(SQLException failure) {
        return failure;
    }

    /** What the definition that H2 ran last leaves to be said, once; null when nothing does. */
    default @Nullable SQLWarning takeWarning() {
        return null;
    }

    /** Runs one statement of BlazeDB's own. Not surrounded by {@link #before} and {@link #after}. */
    StatementOutcome execute(String sql, List<@Nullable Object> parameters) throws SQLException;

    /** Runs one statement that H2 must not run as it is. Not surrounded by {@link #before} and {@link #after}. */
    StatementOutcome executeSpecial(String sql, SpecialKind kind, List<@Nullable Object> parameters)
            throws SQLException;

    /** Rows that were repaired, {@link io.blazedb.BlazeConnection#divergenceRepaired}. */
    default long divergenceRepaired() {
        return 0;
    }

    /** That conflicts were found since this was asked last on this connection; null when none were. Costs no lock. */
    default @Nullable SQLWarning takeConflictWarning() {
        return null;
    }

    /** The {@code jdbc:blaze:} URL without settings. */
    String publicUrl();

    /**
     * Closes H2's connection; an open transaction is rolled back as H2 does. Not surrounded by {@link #before} and
     * {@link #after}: it may come from another thread, to stop a statement that runs. The second call does nothing.
     */
    void close() throws SQLException;

    /** Closes from any thread, whatever the connection is doing. */
    void abort() throws SQLException;
}
