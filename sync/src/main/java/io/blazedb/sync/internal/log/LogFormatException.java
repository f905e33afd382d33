package io.blazedb.sync.internal.log;

/** The log was written by a newer version of this software, which can open it. Nothing was changed. */
public final class LogFormatException extends LogException {
    private static final long serialVersionUID = 1L;

    LogFormatException(String message) {
        super(message, null);
    }
}
