package io.blazedb.internal.apply;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Statements of a connection that are prepared once, and closed with it. For the thread of the connection. */
final class KeptStatements {
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    KeptStatements(Connection connection) {
        this.connection = connection;
    }

    /** The statement with this text, with the parameters that it had last. Not to be closed. */
    PreparedStatement of(String sql) throws SQLException {
        PreparedStatement known = prepared.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            prepared.put(sql, known);
        }
        return known;
    }
}
