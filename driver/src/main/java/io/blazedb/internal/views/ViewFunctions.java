package io.blazedb.internal.views;

import io.blazedb.internal.node.OperationStatus;
import io.blazedb.internal.node.ParkedStatus;
import io.blazedb.internal.node.SyncActions;
import io.blazedb.internal.node.TableStatus;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * The functions below the views of the schema BLAZE. H2 calls them, by name and in the thread of the query; nobody else
 * does. Their names and columns are in the catalogue of every database that has been opened: never change one.
 */
public final class ViewFunctions {
    private interface Filling {
        void fill(ViewRows rows, Viewer viewer, SyncActions engine) throws SQLException;
    }

    private ViewFunctions() {}

    private static ResultSet view(Connection connection, ViewRows rows, Filling filling) throws SQLException {
        Viewer viewer = Viewer.of(connection);
        if (viewer.wantsRows()) {
            filling.fill(rows, viewer, viewer.engine());
        }
        return rows.resultSet(viewer::columnName);
    }

    public static ResultSet nodes(Connection connection) throws SQLException {
        ViewRows rows = new ViewRows()
                .names("TOPOLOGY", "NODE")
                .words("NODE_ID", "ROLE")
                .texts("LOCATION")
                .words("STATE")
                .times("LAST_SEEN");
        return view(
                connection,
                rows,
                (all, viewer, engine) -> TopologyView.of(engine).addNodes(all));
    }

    public static ResultSet connections(Connection connection) throws SQLException {
        ViewRows rows = new ViewRows()
                .names("TOPOLOGY", "SOURCE", "TARGET")
                .words("MODE")
                .names("POLICY")
                .words("RELAY", "STATE", "ENCRYPTION")
                .numbers("PENDING", "SENT", "RECEIVED", "SENT_BYTES", "RECEIVED_BYTES", "LAG_MILLIS")
                .texts("LAST_ERROR")
                .times("SINCE");
        return view(
                connection,
                rows,
                (all, viewer, engine) -> TopologyView.of(engine).addConnections(all));
    }

    /** There are no policies yet: everything flows. */
    public static ResultSet policies(Connection connection) throws SQLException {
        ViewRows rows = new ViewRows()
                .names("POLICY", "TABLE_SCHEMA", "TABLE_NAME")
                .texts("COLUMNS", "PREDICATE", "TEAMS")
                .words("ROW_SECURITY", "ENCRYPTION")
                .flags("READ_ONLY");
        return view(connection, rows, (all, viewer, engine) -> {});
    }

    public static ResultSet syncTables(Connection connection) throws SQLException {
        ViewRows rows = new ViewRows()
                .names("TABLE_SCHEMA", "TABLE_NAME")
                .flags("SYNCED")
                .texts("REASON")
                .numbers("ROW_COUNT")
                .texts("MERGE_RULES");
        return view(connection, rows, (all, viewer, engine) -> {
            for (TableStatus table : engine.tables()) {
                all.add(
                        table.schema(),
                        table.name(),
                        table.synced(),
                        table.reason().isEmpty() ? null : table.reason(),
                        table.rowCount(),
                        table.mergeRules().isEmpty() ? null : table.mergeRules());
            }
        });
    }

    public static ResultSet operations(Connection connection) throws SQLException {
        ViewRows rows = new ViewRows()
                .numbers("SEQ")
                .words("ORIGIN")
                .names("TX")
                .times("COMMITTED_AT")
                .words("TYPE")
                .names("TABLE_SCHEMA", "TABLE_NAME")
                .texts("ROW_KEY", "CHANGES", "ACKED_BY");
        return view(
                connection,
                rows,
                (all, viewer, engine) -> engine.operations(operation -> {
                    if (viewer.maySelect(operation.schema(), operation.table())) {
                        add(all, operation);
                    }
                }));
    }

    private static void add(ViewRows rows, OperationStatus operation) {
        rows.add(
                operation.seq(),
                operation.origin(),
                operation.tx(),
                time(operation.committedAt()),
                operation.type(),
                operation.schema(),
                operation.table(),
                operation.rowKey(),
                operation.changes(),
                String.join(",", operation.ackedBy()));
    }

    public static ResultSet conflicts(Connection connection) throws SQLException {
        ViewRows rows = new ViewRows()
                .numbers("ID")
                .names("TABLE_SCHEMA", "TABLE_NAME")
                .texts("ROW_KEY")
                .names("COLUMN_NAME")
                .words("KIND")
                .texts("LOCAL_VALUE", "REMOTE_VALUE")
                .names("WINNER", "LOCAL_NODE", "REMOTE_NODE")
                .times("DETECTED_AT")
                .words("STATUS");
        return view(
                connection,
                rows,
                (all, viewer, engine) -> engine.catalog().conflicts(conflict -> {
                    if (viewer.maySelect(conflict.schema(), conflict.table())) {
                        all.add(
                                conflict.id(),
                                conflict.schema(),
                                conflict.table(),
                                conflict.rowKey(),
                                conflict.column(),
                                conflict.kind(),
                                conflict.localValue(),
                                conflict.remoteValue(),
                                conflict.winner(),
                                conflict.localNode(),
                                conflict.remoteNode(),
                                conflict.detectedAt(),
                                conflict.status());
                    }
                }));
    }

    /** A parked change set may be of any table, so that only ADMIN may know of it. */
    public static ResultSet parked(Connection connection) throws SQLException {
        ViewRows rows = new ViewRows()
                .words("ORIGIN")
                .numbers("SEQ")
                .texts("REASON", "WAITS_FOR")
                .times("SINCE");
        return view(connection, rows, (all, viewer, engine) -> {
            if (viewer.isAdmin()) {
                for (ParkedStatus parked : engine.parked()) {
                    all.add(parked.origin(), parked.seq(), parked.reason(), parked.waitsFor(), time(parked.since()));
                }
            }
        });
    }

    public static ResultSet status(Connection connection) throws SQLException {
        ViewRows rows = new ViewRows()
                .names("NODE")
                .words("NODE_ID", "ROLE", "STATE")
                .numbers(
                        "LOG_FIRST",
                        "LOG_LAST",
                        "CHECKPOINT",
                        "OLDEST_WRITE_SECONDS",
                        "PENDING",
                        "CONFLICTS_OPEN",
                        "PARKED")
                .names("VERSION");
        return view(
                connection,
                rows,
                (all, viewer, engine) -> TopologyView.of(engine).addStatus(all));
    }

    static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
