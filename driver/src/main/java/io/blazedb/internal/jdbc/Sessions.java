package io.blazedb.internal.jdbc;

import io.blazedb.BlazeConnection;
import io.blazedb.internal.database.Databases;
import io.blazedb.internal.jdbc.url.ConnectionSettings;
import java.sql.SQLException;
import javax.sql.PooledConnection;

/** Where driver and data source get their connections from: the one engine of this JVM. Safe for several threads. */
public final class Sessions {
    private Sessions() {}

    public static BlazeConnection connect(ConnectionSettings settings) throws SQLException {
        return new GuardedConnection(Engine.FACTORY.open(settings));
    }

    public static PooledConnection connectPooled(ConnectionSettings settings) throws SQLException {
        return new PooledSession(Engine.FACTORY.open(settings));
    }

    /** Loaded with the first connection, and H2 with it. */
    private static final class Engine {
        static final SessionFactory FACTORY = Databases.open();
    }
}
