package io.blazedb;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SqlStateTest {
    @Test
    void everyStateHasItsOwnCodeAndAMeaning() {
        Set<String> codes = new HashSet<>();
        for (SqlState state : SqlState.values()) {
            assertThat(state.code()).matches("ZB[1-5]\\d\\d|[0-9A-Z]{5}");
            assertThat(codes.add(state.code())).as(state.code()).isTrue();
            assertThat(state.meaning()).isNotBlank();
            assertThat((Throwable) state.error("what")).hasMessage("what");
            assertThat(state.error("what").getSQLState()).isEqualTo(state.code());
        }
    }

    @Test
    void theExceptionIsTheOneTheJdkHasForItsClass() {
        Exception reason = new Exception("why");

        assertThat((Throwable) SqlState.NOT_SUPPORTED.error("")).isInstanceOf(SQLFeatureNotSupportedException.class);
        assertThat((Throwable) SqlState.SYNTAX.error("")).isInstanceOf(SQLSyntaxErrorException.class);
        assertThat((Throwable) SqlState.OUTCOME_UNKNOWN.error(""))
                .isInstanceOf(SQLNonTransientConnectionException.class);
        assertThat((Throwable) SqlState.TRY_AGAIN.error("")).isInstanceOf(SQLTransactionRollbackException.class);
        assertThat((Throwable) SqlState.SYNC_TIMED_OUT.error("")).isInstanceOf(SQLTimeoutException.class);
        SQLException caused = SqlState.LOG.error("what", reason);
        assertThat((Throwable) caused).hasCause(reason);
    }
}
