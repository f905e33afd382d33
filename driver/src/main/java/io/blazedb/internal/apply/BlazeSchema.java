package io.blazedb.internal.apply;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The tables of schema BLAZE that the applier writes. */
public final class BlazeSchema {
    private BlazeSchema() {}

    /** Makes what is not there yet. */
    public static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS BLAZE");
            HiddenRows.createTable(statement);
            ConflictLog.createTable(statement);
        }
    }
}
