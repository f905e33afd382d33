package io.blazedb.internal.jdbc;

import io.blazedb.internal.jdbc.url.ConnectionSettings;
import java.sql.SQLException;

/** Opens the database that a URL names, or joins it when it is open. Safe for use by several threads. */
@FunctionalInterface
public interface SessionFactory {
    Session open(ConnectionSettings settings) throws SQLException;
}
