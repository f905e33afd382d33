package io.blazedb.internal.link;

import io.blazedb.internal.capture.RecordInput;
import io.blazedb.internal.node.OperationStatus;
import io.blazedb.internal.node.SyncActions.OperationVisitor;
import io.blazedb.internal.node.Tables;
import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.HybridClock;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.TableDefinition;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import org.h2.util.json.JSONStringTarget;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/** The operations in a node's log, row by row, for people to read. For one thread. */
public final class OperationHistory {
    private final LinkedNode node;

    public OperationHistory(LinkedNode node) {
        this.node = node;
    }

    /**
     * Visits every row change.
     *
     * @param ackedBy answers the names of the nodes that have applied an operation of an origin
     */
    public void visit(OperationVisitor visitor, BiFunction<OriginId, Long, List<String>> ackedBy) throws SQLException {
        try (OperationStream stream = new OperationStream(node, node.firstOperation(), null)) {
            List<Item> items;
            while ((items = stream.next()) != null) {
                for (Item item : items) {
                    if (item instanceof Item.Changes changes) {
                        visit(changes.changeSet(), visitor, ackedBy);
                    }
                }
            }
        }
    }

    private void visit(ChangeSet changeSet, OperationVisitor visitor, BiFunction<OriginId, Long, List<String>> ackedBy)
            throws SQLException {
        List<String> acked = ackedBy.apply(changeSet.origin(), changeSet.seq());
        for (RowChange change : changeSet.changes()) {
            Tables.@Nullable Described table = node.state().wholeOrigins().contains(changeSet.origin())
                    ? node.tables().own(change.tableId())
                    : node.tables().foreign(changeSet.origin(), change.tableId());
            if (table != null) {
                TableDefinition definition = table.definition();
                visitor.operation(new OperationStatus(
                        changeSet.seq(),
                        node.authorName(changeSet.origin()),
                        changeSet.stamp().toString(),
                        Instant.ofEpochMilli(HybridClock.millis(changeSet.hlc())),
                        change.kind().name(),
                        definition.schema(),
                        definition.name(),
                        node.keys().text(table.table(), table.table().layout(), change.key()),
                        json(table, change),
                        acked));
            }
        }
    }

    private String json(Tables.Described table, RowChange change) {
        JSONStringTarget json = new JSONStringTarget();
        json.startObject();
        for (int i = 0; i < change.size(); i++) {
            json.member(table.definition().columns().get(change.column(i)).name());
            Value value = node.codec().read(new RecordInput(change.value(i)), TypeInfo.TYPE_UNKNOWN);
            write(json, value);
        }
        json.endObject();
        return json.getResult();
    }

    private static void write(JSONStringTarget json, Value value) {
        switch (value.getValueType()) {
            case Value.NULL -> json.valueNull();
            case Value.BOOLEAN -> {
                if (value.getBoolean()) {
                    json.valueTrue();
                } else {
                    json.valueFalse();
                }
            }
            case Value.TINYINT, Value.SMALLINT, Value.INTEGER, Value.BIGINT, Value.NUMERIC ->
                json.valueNumber(value.getBigDecimal());
            default -> json.valueString(value.getString());
        }
    }
}
