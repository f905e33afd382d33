package io.blazedb.sync.internal.log;

/** The wanted position is not in the log any more: it was trimmed. The remedy is a snapshot. */
public final class LogTrimmedException extends LogException {
    private static final long serialVersionUID = 1L;

    public LogTrimmedException(long lsn, long firstLsn) {
        super("LSN " + lsn + " was trimmed; the log begins at " + firstLsn, null);
    }
}
