package io.blazedb.internal.jdbc;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import org.h2.api.ErrorCode;

/**
 * A failure of H2's before a statement has done anything. H2 2.4.240 walks through the indexes of a table when it plans
 * a statement, and through its constraints before it locks the table; a definition that another transaction runs, or
 * that came from a peer, breaks that off.
 */
final class EarlyFailure {
    private static final int ATTEMPTS_MAX = 1_000;
    private static final String COMMAND = "org.h2.command.Command";

    private EarlyFailure() {}

    /** Whether the statement can be run again as if it never had been. In a list, those before it have been run. */
    static boolean is(SQLException failure) {
        if (failure.getErrorCode() != ErrorCode.GENERAL_ERROR_1
                || !(failure.getCause() instanceof ConcurrentModificationException cause)) {
            return false;
        }
        StackTraceElement[] frames = cause.getStackTrace();
        boolean isPlanning = has(frames, "org.h2.command.Parser", "prepareCommand")
                || has(frames, "org.h2.command.CommandContainer", "recompileIfRequired");
        return (isPlanning || has(frames, "org.h2.engine.SessionLocal", "addTableToDependencies"))
                && Arrays.stream(frames).noneMatch(frame -> frame.getClassName().equals("org.h2.command.CommandList"))
                && !has(frames, COMMAND, "executeBatchUpdate")
                && statements(frames) <= 1; // more are statements of its triggers and functions
    }

    /** How many statements are under way: each has a row of frames of its own. */
    private static int statements(StackTraceElement[] frames) {
        int statements = 0;
        boolean within = false;
        for (StackTraceElement frame : frames) {
            boolean command = frame.getClassName().equals(COMMAND);
            statements += command && !within ? 1 : 0;
            within = command;
        }
        return statements;
    }

    private static boolean has(StackTraceElement[] frames, String type, String method) {
        return Arrays.stream(frames)
                .anyMatch(frame -> frame.getClassName().equals(type)
                        && frame.getMethodName().equals(method));
    }

    /** Runs it until it has begun, {@link #ATTEMPTS_MAX} times at most. */
    static <T> T repeat(Guarded.Work<T> work) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return work.run();
            } catch (SQLException e) {
                if (!is(e) || attempt == ATTEMPTS_MAX) {
                    throw e;
                }
            }
        }
    }
}
