package io.blazedb.tck.sync;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVMap;

/** Looks below SQL at the rows whose versions a node keeps, deleted ones included. */
final class KnownRows {
    private KnownRows() {}

    static long count(Connection connection) throws SQLException {
        SessionLocal session =
                (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
        MVMap<Object, Object> versions =
                session.getDatabase().getStore().getMvStore().openMap("blaze.versions");
        return versions.sizeAsLong();
    }
}
