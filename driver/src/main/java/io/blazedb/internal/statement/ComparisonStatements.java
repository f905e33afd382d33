package io.blazedb.internal.statement;

import io.blazedb.SqlState;
import io.blazedb.internal.catalog.Names;
import io.blazedb.internal.jdbc.StatementOutcome;
import io.blazedb.internal.node.SyncActions.PeerComparison;
import io.blazedb.internal.node.TableComparison;
import io.blazedb.internal.node.TableStatus;
import io.blazedb.sql.Identifier;
import io.blazedb.sql.SyncStatement.Check;
import io.blazedb.sql.SyncStatement.Repair;
import io.blazedb.sql.TableName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** Runs {@code CHECK SYNC} and {@code REPAIR SYNC}. For one thread. */
final class ComparisonStatements {
    /** How long to wait for a peer that is not open, and for a moment at which both have seen the same. */
    private static final Duration WAIT_MAX = Duration.ofSeconds(30);

    private static final String ROWS = """
            SELECT TABLE_SCHEMA, TABLE_NAME, ROWS_LOCAL, ROWS_REMOTE, ROWS_DIFFERENT, NODE
            FROM UNNEST(CAST(? AS VARCHAR ARRAY), CAST(? AS VARCHAR ARRAY), CAST(? AS BIGINT ARRAY),
                        CAST(? AS BIGINT ARRAY), CAST(? AS BIGINT ARRAY), CAST(? AS VARCHAR ARRAY)) WITH ORDINALITY
                AS R(TABLE_SCHEMA, TABLE_NAME, ROWS_LOCAL, ROWS_REMOTE, ROWS_DIFFERENT, NODE, POSITION)
            ORDER BY POSITION""";

    private final SessionFacts session;

    ComparisonStatements(SessionFacts session) {
        this.session = session;
    }

    /** A row of the result. */
    private record Row(TableComparison table, String node) {}

    StatementOutcome check(Check check) throws SQLException {
        Map<String, PeerComparison> found = compare(check.tables(), check.node(), false);
        List<Row> rows = new ArrayList<>();
        List<String> notDone = new ArrayList<>();
        found.forEach((node, comparison) -> {
            comparison.tables().forEach(table -> rows.add(new Row(table, node)));
            comparison.notDone().ifPresent(why -> notDone.add("node " + node + ": " + why));
        });
        boolean nothingDone =
                found.values().stream().allMatch(one -> one.notDone().isPresent());
        if (nothingDone && !found.isEmpty()) {
            throw nothingCompared("CHECK SYNC", notDone);
        }
        StatementOutcome outcome = rows(rows);
        return notDone.isEmpty()
                ? outcome
                : outcome.with(Warnings.of("CHECK SYNC did not compare with " + String.join("; ", notDone) + "."));
    }

    StatementOutcome repair(Repair repair) throws SQLException {
        Map<String, PeerComparison> found = compare(repair.tables(), Optional.of(repair.node()), true);
        long repaired = 0;
        List<String> notDone = new ArrayList<>();
        for (Map.Entry<String, PeerComparison> entry : found.entrySet()) {
            PeerComparison comparison = entry.getValue();
            comparison.notDone().ifPresent(why -> notDone.add("node " + entry.getKey() + ": " + why));
            repaired += comparison.tables().stream()
                    .mapToLong(TableComparison::different)
                    .sum();
        }
        if (!notDone.isEmpty()) {
            throw nothingCompared("REPAIR SYNC", notDone);
        }
        return StatementOutcome.ofCount(repaired);
    }

    private static SQLException nothingCompared(String statement, List<String> notDone) {
        return SqlState.SYNC_TIMED_OUT.error(
                statement + " could not compare with " + String.join("; ", notDone) + ". Nothing was changed.");
    }

    private Map<String, PeerComparison> compare(List<TableName> tables, Optional<Identifier> node, boolean repair)
            throws SQLException {
        Optional<String> peer = Optional.empty();
        if (node.isPresent()) {
            peer = Optional.of(new SyncStatements(session).peer(node.get()));
        }
        return session.actions().compare(meant(tables), peer, repair, WAIT_MAX);
    }

    private BiPredicate<String, String> meant(List<TableName> names) throws SQLException {
        if (names.isEmpty()) {
            return (schema, table) -> true;
        }
        List<TableStatus> meant = new ArrayList<>();
        for (TableName name : names) {
            meant.add(table(name));
        }
        return (schema, table) -> meant.stream()
                .anyMatch(one -> one.schema().equals(schema) && one.name().equals(table));
    }

    private TableStatus table(TableName name) throws SQLException {
        List<TableStatus> all = session.actions().tables();
        String schema = name.schema().isPresent() ? name.schema().get().name() : currentSchema();
        for (TableStatus table : all) {
            if (Names.same(table.schema(), schema)
                    && table.name().equals(name.table().name())) {
                if (!table.synced()) {
                    throw SqlState.SYNTAX.error("Table " + name + " at " + name.position() + " is not synced: "
                            + table.reason() + ". Expected: one that is (BLAZE.SYNC_TABLES).");
                }
                return table;
            }
        }
        throw SqlState.SYNTAX.error("Unknown table " + name + " at " + name.position() + ", "
                + NearestName.expectation(
                        name.table().name(), all.stream().map(TableStatus::name).toList())
                + ".");
    }

    private String currentSchema() throws SQLException {
        try (Statement statement = session.h2().createStatement();
                ResultSet schema = statement.executeQuery("SELECT SCHEMA()")) {
            schema.next();
            return schema.getString(1);
        }
    }

    private StatementOutcome rows(List<Row> rows) throws SQLException {
        PreparedStatement statement = session.h2().prepareStatement(ROWS);
        boolean open = false;
        try {
            statement.closeOnCompletion();
            List<Function<Row, Object>> columns = List.of(
                    row -> row.table().schema(),
                    row -> row.table().table(),
                    row -> row.table().rowsLocal(),
                    row -> row.table().rowsRemote(),
                    row -> row.table().different(),
                    Row::node);
            for (int i = 0; i < columns.size(); i++) {
                statement.setObject(i + 1, rows.stream().map(columns.get(i)).toArray());
            }
            ResultSet result = statement.executeQuery();
            open = true;
            return StatementOutcome.ofRows(result);
        } finally {
            if (!open) {
                statement.close();
            }
        }
    }
}
