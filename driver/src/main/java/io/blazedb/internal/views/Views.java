package io.blazedb.internal.views;

import io.blazedb.SqlState;
import io.blazedb.internal.node.SyncActions;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.engine.Database;

/**
 * Which engine answers for which of H2's open databases: H2 calls the functions of the views as static methods, with
 * nothing but a connection. Safe for use by several threads.
 */
public final class Views {
    private static final Map<Database, SyncActions> ENGINES = new ConcurrentHashMap<>();

    private Views() {}

    /** From now on the views of this database ask this engine. Until {@link #forget}, which a close must call. */
    public static void register(Database database, SyncActions actions) {
        SyncActions before = ENGINES.putIfAbsent(database, actions);
        if (before != null) {
            throw new IllegalStateException(
                    "The database " + database.getShortName() + " has an engine already (expected: none)");
        }
    }

    /** The database is being closed. */
    public static void forget(Database database) {
        ENGINES.remove(database);
    }

    static SyncActions engine(Database database) throws SQLException {
        SyncActions actions = ENGINES.get(database);
        if (actions == null) {
            throw SqlState.NOT_SUPPORTED.error("The views of the schema BLAZE show a database that is open through"
                    + " BlazeDB, and " + database.getShortName() + " is not. Remedy: open it with jdbc:blaze:.");
        }
        return actions;
    }
}
