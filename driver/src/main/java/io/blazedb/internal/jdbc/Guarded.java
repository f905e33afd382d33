package io.blazedb.internal.jdbc;

import io.blazedb.internal.statement.StatementKind;
import java.sql.SQLException;
import java.util.Locale;
import org.h2.api.ErrorCode;

/** Runs H2's work between {@link Session#before} and {@link Session#after}. */
final class Guarded {
    private Guarded() {}

    /** Work of H2's with a result. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws SQLException;
    }

    /** Work of H2's without a result. */
    @FunctionalInterface
    interface Action {
        void run() throws SQLException;
    }

    /** What is announced: a query counts as a write when the database has code that may write in it. */
    static StatementKind effective(Session session, StatementKind kind) {
        return kind == StatementKind.READ && session.queriesMayWrite() ? StatementKind.WRITE : kind;
    }

    static <T> T run(Session session, StatementKind ofText, Work<T> work) throws SQLException {
        StatementKind kind = effective(session, ofText);
        if (kind == StatementKind.READ) {
            return read(session, work);
        }
        session.before(kind);
        T result;
        try {
            result = EarlyFailure.repeat(work);
        } catch (SQLException failure) {
            afterFailure(session, kind, failure);
            throw session.explained(failure);
        } catch (Throwable failure) {
            afterFailure(session, kind, failure);
            throw failure;
        }
        session.after(kind);
        return result;
    }

    private static <T> T read(Session session, Work<T> work) throws SQLException {
        try {
            return withViews(session, work);
        } catch (SQLException failure) {
            throw session.explained(failure);
        }
    }

    /** Runs it again when it named the schema of the views and there was none yet. */
    static <T> T withViews(Session session, Work<T> work) throws SQLException {
        try {
            return EarlyFailure.repeat(work);
        } catch (SQLException e) {
            boolean ours = e.getErrorCode() == ErrorCode.SCHEMA_NOT_FOUND_1
                    && String.valueOf(e.getMessage()).toUpperCase(Locale.ROOT).contains("\"BLAZE\"");
            if (ours && session.makeViews()) {
                return work.run();
            }
            throw e;
        }
    }

    static void write(Session session, Action action) throws SQLException {
        session.before(StatementKind.WRITE);
        try {
            action.run();
        } catch (SQLException failure) {
            afterFailure(session, StatementKind.WRITE, failure);
            throw session.explained(failure);
        } catch (Throwable failure) {
            afterFailure(session, StatementKind.WRITE, failure);
            throw failure;
        }
        session.after(StatementKind.WRITE);
    }

    /** What H2 said is what the caller gets; a second failure hangs below it. */
    static void afterFailure(Session session, StatementKind kind, Throwable failure) {
        try {
            session.after(kind);
        } catch (SQLException second) {
            failure.addSuppressed(second);
        }
    }
}
