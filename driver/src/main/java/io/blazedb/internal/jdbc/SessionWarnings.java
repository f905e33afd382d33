package io.blazedb.internal.jdbc;

import java.sql.SQLWarning;
import org.jspecify.annotations.Nullable;

/** Adds to the warnings of a statement what its session has to say; each session says it once. For one thread. */
final class SessionWarnings {
    private final Session session;
    private @Nullable SQLWarning conflicts;
    private @Nullable SQLWarning staysHere;

    SessionWarnings(Session session) {
        this.session = session;
    }

    @Nullable
    SQLWarning with(@Nullable SQLWarning ofStatement) {
        if (conflicts == null) {
            conflicts = session.takeConflictWarning();
        }
        SQLWarning fresh = session.takeStaysHereWarning();
        staysHere = fresh == null ? staysHere : fresh;
        return chain(ofStatement, chain(staysHere, conflicts));
    }

    /** The warnings of H2 are its own: what follows on them follows on a copy. */
    private static @Nullable SQLWarning chain(@Nullable SQLWarning first, @Nullable SQLWarning then) {
        if (first == null || then == null) {
            return first == null ? then : first;
        }
        SQLWarning both = new SQLWarning(first.getMessage(), first.getSQLState(), first.getErrorCode(), first);
        both.setNextWarning(then);
        return both;
    }

    void clear() {
        conflicts = null;
        staysHere = null;
    }
}
