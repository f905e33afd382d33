package io.blazedb.internal.database;

import io.blazedb.ConnectionProperty;
import io.blazedb.SqlState;
import io.blazedb.internal.jdbc.url.ConnectionSettings;
import java.sql.SQLException;
import java.util.List;

/** What belongs to a database and not to a connection: all connections give the same, or leave it away. */
final class SameSettings {
    private static final List<ConnectionProperty> OF_THE_DATABASE =
            List.of(ConnectionProperty.NODE, ConnectionProperty.ENCRYPT, ConnectionProperty.SYNC_VALUE_MAX);

    private SameSettings() {}

    /** Refuses a further connection that gives another value than the first did. */
    static void require(ConnectionSettings first, ConnectionSettings further) throws SQLException {
        for (ConnectionProperty property : OF_THE_DATABASE) {
            String open = first.value(property);
            String wanted = further.given(property).orElse(open);
            if (!open.equalsIgnoreCase(wanted)) {
                throw SqlState.SETTING_DIFFERS.error("The database is open with " + property.name() + "=" + open
                        + ", this connection wants " + wanted
                        + ". Remedy: leave the setting away, or close the others.");
            }
        }
    }
}
