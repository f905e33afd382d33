package io.blazedb.internal.jdbc;

import io.blazedb.SqlState;
import io.blazedb.internal.statement.SpecialKind;
import io.blazedb.internal.statement.StatementKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.h2.tools.SimpleResultSet;
import org.jspecify.annotations.Nullable;

/** A session that writes down what it is told. Statements of BlazeDB's answer with their own text. */
final class PlainSession implements Session {
    final List<String> calls = new ArrayList<>();
    boolean queriesMayWrite;
    private final Connection h2;
    private final String publicUrl;

    PlainSession(Connection h2, String publicUrl) {
        this.h2 = h2;
        this.publicUrl = publicUrl;
    }

    @Override
    public Connection h2() {
        return h2;
    }

    @Override
    public boolean queriesMayWrite() {
        return queriesMayWrite;
    }

    @Override
    public void before(StatementKind kind) {
        calls.add("before " + kind);
    }

    @Override
    public void after(StatementKind kind) {
        calls.add("after " + kind);
    }

    @Override
    public StatementOutcome execute(String sql, List<@Nullable Object> parameters) throws SQLException {
        calls.add("execute " + sql + ' ' + parameters);
        if (sql.contains("nowhere")) {
            throw SqlState.NODE.error("There is no node nowhere");
        }
        if (sql.startsWith("SHOW")) {
            SimpleResultSet rows = new SimpleResultSet();
            rows.addColumn("TEXT", Types.VARCHAR, 0, 0);
            rows.addRow(sql);
            return StatementOutcome.ofRows(rows);
        }
        return StatementOutcome.ofCount(7).with(new SQLWarning("offline"));
    }

    @Override
    public StatementOutcome executeSpecial(String sql, SpecialKind kind, List<@Nullable Object> parameters) {
        calls.add(kind + " " + sql + ' ' + parameters);
        return StatementOutcome.ofCount(3);
    }

    @Override
    public String publicUrl() {
        return publicUrl;
    }

    @Override
    public void close() throws SQLException {
        calls.add("close");
        h2.close();
    }

    @Override
    public void abort() throws SQLException {
        calls.add("abort");
        h2.close();
    }
}
