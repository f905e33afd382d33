package io.blazedb.sync.internal.log;

/**
 * Writing or forcing failed, and the log takes nothing more: what the disk holds after a failed write is unknown. The
 * cause says why; opening the log again, once there is space or a sound disk, finds out what is there.
 */
public final class LogFailedException extends LogException {
    private static final long serialVersionUID = 1L;

    LogFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
