package io.blazedb.sync.internal.log;

import org.jspecify.annotations.Nullable;

/** Whether the log still works. The first failure stays: nothing is written after it. Safe for several threads. */
final class LogHealth {
    private final String log;
    private volatile @Nullable Throwable failure;
    private volatile boolean closed;
    private volatile boolean usable = true;

    LogHealth(String log) {
        this.log = log;
    }

    void requireUsable() {
        if (!usable) {
            throw unusable();
        }
    }

    boolean isUsable() {
        return usable;
    }

    synchronized LogFailedException fail(Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
        usable = false;
        return failed(cause);
    }

    /** Whether it was open. */
    synchronized boolean close() {
        boolean wasOpen = !closed;
        closed = true;
        usable = false;
        return wasOpen;
    }

    private RuntimeException unusable() {
        Throwable cause = failure;
        return cause == null ? new IllegalStateException("The log in " + log + " is closed") : failed(cause);
    }

    private LogFailedException failed(Throwable cause) {
        return new LogFailedException(
                "The log in " + log + " takes nothing more after a failed write: " + cause.getMessage()
                        + ". Remedy: free space or replace the disk, then close all connections and open the database"
                        + " again",
                cause);
    }
}
