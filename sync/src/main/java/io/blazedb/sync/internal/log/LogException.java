package io.blazedb.sync.internal.log;

import org.jspecify.annotations.Nullable;

/** The log cannot do what was asked of it. The subclasses say what the remedy is. */
public abstract sealed class LogException extends RuntimeException
        permits LogCorruptedException, LogFailedException, LogFormatException, LogTrimmedException {
    private static final long serialVersionUID = 1L;

    LogException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
