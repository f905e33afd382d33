package io.blazedb.internal.jdbc;

import java.sql.SQLWarning;
import org.jspecify.annotations.Nullable;

/** Adds to the warnings of a statement what its session has to say; each session says it once. For one thread. */
final class SessionWarnings {
    private final Session session;
    private @Nullable SQLWarning taken;

    SessionWarnings(Session session) {
        this.session = session;
    }

    @Nullable
    SQLWarning with(@Nullable SQLWarning ofStatement) {
        if (taken == null) {
            taken = session.takeConflictWarning();
        }
        if (taken == null) {
            return ofStatement;
        }
        if (ofStatement == null) {
            return taken;
        }
        SQLWarning both = new SQLWarning(
                ofStatement.getMessage(), ofStatement.getSQLState(), ofStatement.getErrorCode(), ofStatement);
        both.setNextWarning(taken);
        return both;
    }

    void clear() {
        taken = null;
    }
}
