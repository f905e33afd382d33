package io.blazedb.internal.capture;

import io.blazedb.SqlState;
import io.blazedb.sync.internal.log.LogFailedException;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import org.h2.api.ErrorCode;

/** What a program is told when a commit, or what it was made of, could not be written. */
public final class CommitErrors {
    private CommitErrors() {}

    /** The log refused the record. */
    static SQLException refused(LogFailedException cause) {
        return SqlState.STORAGE.error("The transaction was rolled back. " + cause.getMessage(), cause);
    }

    /** A large value could not be written; the log has no part of it. */
    static SQLException valueRefused(BlobAccess blobs, IOException cause) {
        return SqlState.STORAGE.error(
                "The transaction was rolled back, because a large value could not be written to " + blobs + ": "
                        + cause.getMessage() + ". Remedy: free space or replace the disk, then run it again.",
                cause);
    }

    /** The record is in the log, but not on the disk. */
    static SQLException notForced(LogFailedException cause) {
        return SqlState.OUTCOME_UNKNOWN.error(
                "The transaction is committed, but it may not survive a power cut. " + cause.getMessage(), cause);
    }

    /** The log does not say that a change of the schema is complete. */
    static SQLException notEnded(LogFailedException cause) {
        return SqlState.OUTCOME_UNKNOWN.error(
                "The change of the schema is not in the log as a whole, and is undone at the next opening. "
                        + cause.getMessage(),
                cause);
    }

    /** The error of everything that is tried after a commit stands in the log and not in H2. */
    public static SQLException closedAfterFailure(Throwable failed) {
        return SqlState.OUTCOME_UNKNOWN.error(
                "The database closed itself because a commit is in the log but not in H2: " + failed.getMessage()
                        + ". Remedy: close all connections and open the database again; recovery completes the commit.",
                failed);
    }

    /** Others were writing all the time that an ALTER TABLE waited. */
    public static SQLException othersWrite(long millis) {
        return othersWrite(
                "ALTER TABLE",
                millis,
                "Nothing was done. Remedy: COMMIT or ROLLBACK there, or allow more time with SET LOCK_TIMEOUT, and run"
                        + " it again.");
    }

    /** As {@link #othersWrite(long)}, of a statement that is to make a table what a peer has declared. */
    public static SQLException othersWriteHere(String statement, long millis) {
        return othersWrite(
                "A definition of a peer (" + statement + ")",
                millis,
                "Remedy: COMMIT or ROLLBACK there; it is tried again until then.");
    }

    /** With H2's code, so who repeats such statements repeats this one. */
    private static SQLException othersWrite(String what, long millis, String remedy) {
        return new SQLTimeoutException(
                what + " waited " + millis + " ms for other connections to end their write transactions: H2 would lose"
                        + " what they write to a table while it copies it. " + remedy,
                ErrorCode.getState(ErrorCode.LOCK_TIMEOUT_1),
                ErrorCode.LOCK_TIMEOUT_1);
    }

    /** H2 gave up its file. */
    static SQLException fileClosed() {
        return SqlState.STORAGE.error("The transaction was rolled back, because H2 has closed the database file."
                + " Remedy: see the error before, then close all connections and open the database again.");
    }
}
