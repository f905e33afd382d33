package io.blazedb.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ConcurrentModificationException;
import org.h2.api.ErrorCode;
import org.junit.jupiter.api.Test;

class EarlyFailureTest {
    private static final StackTraceElement START =
            new StackTraceElement("org.h2.engine.SessionLocal", "addTableToDependencies", null, 1);
    private static final StackTraceElement LIST =
            new StackTraceElement("org.h2.command.CommandList", "executeRemaining", null, 1);

    private static final StackTraceElement PLANNING =
            new StackTraceElement("org.h2.command.Parser", "prepareCommand", null, 1);
    private static final StackTraceElement PLANNING_AGAIN =
            new StackTraceElement("org.h2.command.CommandContainer", "recompileIfRequired", null, 1);
    private static final StackTraceElement STATEMENT =
            new StackTraceElement("org.h2.command.Command", "executeUpdate", null, 1);
    private static final StackTraceElement STATEMENT_OF_BATCH =
            new StackTraceElement("org.h2.command.Command", "executeBatchUpdate", null, 1);
    private static final StackTraceElement CALLER =
            new StackTraceElement("org.h2.jdbc.JdbcStatement", "executeInternal", null, 1);

    private static SQLException failure(int code, StackTraceElement... frames) {
        ConcurrentModificationException cause = new ConcurrentModificationException();
        cause.setStackTrace(frames);
        return new SQLException("General error", "HY000", code, cause);
    }

    @Test
    void aStatementThatWasBrokenOffBeforeItBeganIsRunAgain() throws SQLException {
        int[] runs = new int[1];

        String result = EarlyFailure.repeat(() -> {
            if (runs[0]++ < 3) {
                throw failure(ErrorCode.GENERAL_ERROR_1, START);
            }
            return "done";
        });

        assertThat(result).isEqualTo("done");
        assertThat(runs[0]).isEqualTo(4);
    }

    @Test
    void aStatementIsRunAgainWhereverH2BrokeOffBeforeItBegan() {
        assertThat(EarlyFailure.is(failure(ErrorCode.GENERAL_ERROR_1, PLANNING)))
                .isTrue();
        assertThat(EarlyFailure.is(failure(ErrorCode.GENERAL_ERROR_1, PLANNING_AGAIN, STATEMENT)))
                .isTrue();
        assertThat(EarlyFailure.is(failure(ErrorCode.GENERAL_ERROR_1, START, STATEMENT)))
                .isTrue();
    }

    /** H2 has two methods of one name, one of which calls the other. */
    @Test
    void aStatementOfTwoFramesIsOne() {
        assertThat(EarlyFailure.is(failure(ErrorCode.GENERAL_ERROR_1, START, STATEMENT, STATEMENT, CALLER)))
                .isTrue();
    }

    /** A trigger's statement, or a function's, has one around it that is under way. */
    @Test
    void aStatementWithinAnotherIsNot() {
        for (StackTraceElement place : new StackTraceElement[] {START, PLANNING, PLANNING_AGAIN}) {
            assertThat(EarlyFailure.is(failure(ErrorCode.GENERAL_ERROR_1, place, STATEMENT, CALLER, STATEMENT, CALLER)))
                    .as(place.toString())
                    .isFalse();
        }
    }

    @Test
    void whatMayHaveDoneSomethingIsNot() {
        assertThat(EarlyFailure.is(failure(ErrorCode.GENERAL_ERROR_1, START, LIST)))
                .isFalse();
        assertThat(EarlyFailure.is(failure(ErrorCode.GENERAL_ERROR_1, START, STATEMENT, STATEMENT_OF_BATCH)))
                .isFalse();
        assertThat(EarlyFailure.is(failure(ErrorCode.GENERAL_ERROR_1, LIST))).isFalse();
        assertThat(EarlyFailure.is(failure(ErrorCode.LOCK_TIMEOUT_1, START))).isFalse();
        assertThat(EarlyFailure.is(new SQLException("no cause", "HY000", ErrorCode.GENERAL_ERROR_1)))
                .isFalse();
        assertThatThrownBy(() -> EarlyFailure.repeat(() -> {
                    throw failure(ErrorCode.LOCK_TIMEOUT_1, START);
                }))
                .isInstanceOf(SQLException.class);
    }
}
