package io.blazedb.internal.jdbc;

import io.blazedb.SqlState;
import io.blazedb.internal.statement.SpecialKind;
import io.blazedb.internal.statement.StatementKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A session that does nothing, to measure what stands above it. */
record SilentSession(Connection h2) implements Session {
    @Override
    public void before(StatementKind kind) {}

    @Override
    public void after(StatementKind kind) {}

    @Override
    public StatementOutcome execute(String sql, List<@Nullable Object> parameters) throws SQLException {
        throw SqlState.NOT_SUPPORTED.error(sql);
    }

    @Override
    public StatementOutcome executeSpecial(String sql, SpecialKind kind, List<@Nullable Object> parameters)
            throws SQLException {
        throw SqlState.NOT_SUPPORTED.error(sql);
    }

    @Override
    public String publicUrl() {
        return "jdbc:blaze:mem:";
    }

    @Override
    public void close() throws SQLException {
        h2.close();
    }

    @Override
    public void abort() throws SQLException {
        h2.close();
    }
}
