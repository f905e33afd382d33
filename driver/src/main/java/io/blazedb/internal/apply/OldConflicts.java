package io.blazedb.internal.apply;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;

/**
 * Lets go of conflicts that nobody will act on. A value that lost stays for {@link #KEPT}, whoever looks at it; what is
 * hidden or waits stays for as long as it does. Stateless.
 */
public final class OldConflicts {
    /** How long a conflict stays that nobody resolves: the system property {@code blazedb.conflictDays}, in days. */
    public static final Duration KEPT = Duration.ofDays(Long.getLong("blazedb.conflictDays", 90));

    /** People see for a while that one is resolved. */
    private static final Duration RESOLVED_KEPT = Duration.ofDays(1);

    private static final String DELETE = "DELETE FROM BLAZE.BZ_CONFLICT WHERE STATUS = ? AND DETECTED_AT < ?";

    private OldConflicts() {}

    /** Answers how many are gone. */
    public static int delete(Connection connection, OffsetDateTime now) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
            delete.setString(1, ConflictLog.LOST);
            delete.setObject(2, now.minus(KEPT));
            int count = delete.executeUpdate();
            delete.setString(1, ConflictLog.RESOLVED);
            delete.setObject(2, now.minus(RESOLVED_KEPT.compareTo(KEPT) < 0 ? RESOLVED_KEPT : KEPT));
            return count + delete.executeUpdate();
        }
    }
}
