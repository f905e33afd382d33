package io.blazedb;

import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLNonTransientException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientException;
import org.jspecify.annotations.Nullable;

/**
 * The errors that BlazeDB itself raises, each with its SQLSTATE. H2's own errors reach the caller unchanged and are not
 * listed here. A code is part of the API: it never changes its meaning.
 */
public enum SqlState {
    // Standard states
    CLOSED("08003", "The connection is closed", Kind.CONNECTION),
    OUTCOME_UNKNOWN("08007", "The connection broke during a commit; the next open decides", Kind.CONNECTION),
    NOT_SUPPORTED("0A000", "Not supported; nothing was done", Kind.NOT_SUPPORTED),
    BAD_ARGUMENT("22023", "An argument of a call is not valid", Kind.PERMANENT),
    READ_ONLY("25006", "The database or the node is read-only", Kind.PERMANENT),
    WRONG_PASSWORD("28000", "The encryption password is wrong; nothing was opened", Kind.AUTHORIZATION),
    TRY_AGAIN("40001", "The transaction was rolled back; run it again", Kind.ROLLBACK),
    REJECTED("40B01", "A peer rejected the transaction that COMMIT waited for", Kind.ROLLBACK),
    SYNTAX("42000", "The statement is not valid", Kind.SYNTAX),
    NO_RIGHT("42501", "The user has not the right to do this", Kind.SYNTAX),

    // ZB1: topology, node, connection
    BAD_URL("ZB101", "The URL is malformed", Kind.PERMANENT),
    BAD_SETTING("ZB102", "A setting is unknown, or its value is not valid", Kind.PERMANENT),
    SETTING_DIFFERS("ZB103", "A setting differs from that of the open database", Kind.PERMANENT),
    DATABASE_HELD("ZB104", "Another process holds the database", Kind.PERMANENT),
    TOPOLOGY("ZB110", "A topology is unknown, exists already, or does not allow this", Kind.PERMANENT),
    NODE("ZB111", "A node is unknown, exists already, or does not allow this", Kind.PERMANENT),
    CONNECTION("ZB112", "A connection between nodes is unknown, exists already, or is not possible", Kind.PERMANENT),

    // ZB2: policy, team, row security
    POLICY("ZB201", "A policy is unknown, exists already, or is not valid", Kind.PERMANENT),
    TEAM("ZB202", "A team is unknown, exists already, or does not allow this", Kind.PERMANENT),
    ROW_SECURITY("ZB203", "Row level security forbids this", Kind.PERMANENT),

    // ZB3: network, hub, authentication, timeout
    NETWORK("ZB301", "A peer cannot be reached", Kind.TRANSIENT),
    AUTHENTICATION("ZB302", "A peer was not authenticated", Kind.PERMANENT),
    HUB("ZB303", "A hub, its database or a token is unknown, exists already, or does not allow this", Kind.PERMANENT),
    SYNC_TIMED_OUT("ZB310", "SYNC did not finish in time", Kind.TIMEOUT),

    // ZB4: merge, constraint, schema difference
    MERGE("ZB401", "A change cannot be merged", Kind.PERMANENT),
    CONSTRAINT("ZB402", "A constraint does not allow the change", Kind.PERMANENT),
    SCHEMA_DIFFERS("ZB403", "The schemas of two nodes differ", Kind.PERMANENT),
    CONFLICT("ZB404", "A conflict is unknown, resolved already, or cannot be resolved this way", Kind.PERMANENT),
    MERGE_RULE("ZB405", "A merge rule is unknown, exists already, or is not possible", Kind.PERMANENT),
    NUMBERED_KEY("ZB406", "Two nodes would number different rows alike", Kind.PERMANENT),
    VALUE_TOO_LARGE("ZB407", "A value is larger than may be synced; the transaction was rolled back", Kind.ROLLBACK),

    // ZB5: storage, log, key
    STORAGE("ZB501", "A file cannot be read or written", Kind.PERMANENT),
    LOG("ZB502", "The log is damaged, or of another version", Kind.PERMANENT),
    KEY("ZB503", "A key is missing or wrong", Kind.PERMANENT);

    private final String code;
    private final String meaning;
    private final Kind kind;

    SqlState(String code, String meaning, Kind kind) {
        this.code = code;
        this.meaning = meaning;
        this.kind = kind;
    }

    /** The five characters that {@link SQLException#getSQLState()} answers. */
    public String code() {
        return code;
    }

    /** What the state means, in one sentence. */
    public String meaning() {
        return meaning;
    }

    /** An exception with this state. The message says what was found, what was expected, and the remedy. */
    public SQLException error(String message) {
        return kind.exception(message, code, null);
    }

    /** As {@link #error(String)}, with the reason below it. */
    public SQLException error(String message, Throwable cause) {
        return kind.exception(message, code, cause);
    }

    /** The subclass of {@link SQLException} that the JDK has for a class of states. */
    private enum Kind {
        AUTHORIZATION,
        CONNECTION,
        NOT_SUPPORTED,
        PERMANENT,
        ROLLBACK,
        SYNTAX,
        TIMEOUT,
        TRANSIENT;

        SQLException exception(String message, String code, @Nullable Throwable cause) {
            return switch (this) {
                case AUTHORIZATION -> new SQLInvalidAuthorizationSpecException(message, code, cause);
                case CONNECTION -> new SQLNonTransientConnectionException(message, code, cause);
                case NOT_SUPPORTED -> new SQLFeatureNotSupportedException(message, code, cause);
                case PERMANENT -> new SQLNonTransientException(message, code, cause);
                case ROLLBACK -> new SQLTransactionRollbackException(message, code, cause);
                case SYNTAX -> new SQLSyntaxErrorException(message, code, cause);
                case TIMEOUT -> new SQLTimeoutException(message, code, cause);
                case TRANSIENT -> new SQLTransientException(message, code, cause);
            };
        }
    }
}
