package io.blazedb.tck.contract;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/** A trigger as users write them: it notes each new row of T in AUDIT. */
public final class AuditTrigger implements Trigger {
    @Override
    public void fire(Connection connection, Object @Nullable [] before, Object @Nullable [] after) throws SQLException {
        if (after == null) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO AUDIT VALUES(?, 'seen')")) {
            statement.setObject(1, after[0]);
            statement.executeUpdate();
        }
    }
}
