package io.blazedb.internal.views;

import io.blazedb.internal.capture.H2Engine;
import io.blazedb.internal.node.SyncActions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.h2.engine.Right;
import org.h2.engine.SessionLocal;
import org.h2.schema.Schema;
import org.h2.table.Table;
import org.jspecify.annotations.Nullable;

/** Who looks at a view, and what he may see. For one call of a view's function. */
final class Viewer {
    private static final String WANTS_COLUMNS_ONLY = "jdbc:columnlist:connection";

    private record TableKey(String schema, String table) {}

    private final boolean wantsRows;
    private final SessionLocal session;
    private final Map<TableKey, Boolean> readable = new HashMap<>();

    private Viewer(boolean wantsRows, SessionLocal session) {
        this.wantsRows = wantsRows;
        this.session = session;
    }

    /** H2 calls with the session that runs the query, and without a wish for rows when it compiles one. */
    static Viewer of(Connection connection) throws SQLException {
        boolean wantsRows = !WANTS_COLUMNS_ONLY.equals(connection.getMetaData().getURL());
        return new Viewer(wantsRows, H2Engine.sessionOf(connection));
    }

    boolean wantsRows() {
        return wantsRows;
    }

    SyncActions engine() throws SQLException {
        return Views.engine(session.getDatabase());
    }

    /** As H2 names the columns of its own views in this database. */
    String columnName(String upperCase) {
        return session.getDatabase().sysIdentifier(upperCase);
    }

    boolean isAdmin() {
        return session.getUser().isAdmin();
    }

    /** Whether he may SELECT from a table. Nobody but ADMIN sees what is left of a table that is gone. */
    boolean maySelect(String schemaName, String tableName) {
        return isAdmin() || readable.computeIfAbsent(new TableKey(schemaName, tableName), this::hasRight);
    }

    private boolean hasRight(TableKey key) {
        Schema schema = session.getDatabase().findSchema(key.schema());
        @Nullable Table table = schema == null ? null : schema.findTableOrView(session, key.table());
        return table != null && session.getUser().hasTableRight(table, Right.SELECT);
    }
}
