package io.blazedb.internal.hub;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/** Runs statements and prints what they return, as the shell does. */
@FunctionalInterface
public interface SqlConsole {
    void run(Connection connection, String statements, HubOutput output) throws SQLException, IOException;
}
