package io.blazedb.internal.apply;

import io.blazedb.SqlState;
import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.node.NodeState;
import io.blazedb.internal.node.RemoteRecord;
import io.blazedb.internal.node.SyncedTable;
import io.blazedb.internal.node.VersionIndex;
import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.internal.log.OperationLog;
import io.blazedb.sync.internal.merge.Merged;
import io.blazedb.sync.internal.merge.RowAuthor;
import io.blazedb.sync.internal.merge.RowValues;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.h2.index.Index;
import org.h2.result.Row;
import org.h2.result.SearchRow;
import org.jspecify.annotations.Nullable;

/**
 * One operation of this node's own that is given as changes of rows, where SQL cannot reach: rows that are hidden or
 * dead, and stamps.
 *
 * <p>Rows are locked when they are asked for. All changes are one transaction with one number and one clock reading,
 * drawn when the record is appended, so the numbers of this node stay without gaps and in the order of the log; peers
 * get it as they get any operation. It sees what the node has, so it supersedes it. Lives for one call of
 * {@link Applier#write}, in its thread.
 */
public final class OwnOperations {
    private final Parts parts;
    private final Stamp ahead;
    private final Map<Target, OwnRow> rows = new LinkedHashMap<>();

    /** What is to be done; nothing has changed when it throws. */
    @FunctionalInterface
    public interface Work {
        void run(OwnOperations rows) throws SQLException;
    }

    /** What it works on: the transaction of the applier. */
    record Parts(
            Connection connection,
            NodeState node,
            VersionIndex index,
            RowStore store,
            Targets targets,
            Function<Target, RowValues> liveValues) {}

    /** A change and what it does to its row. */
    record Edit(Target target, RowChange change, Merged merged) {}

    /** @param ahead larger than every stamp that is here, for what has to be decided before the record has its own */
    OwnOperations(Parts parts, Stamp ahead) {
        this.parts = parts;
        this.ahead = ahead;
    }

    /** A stamp larger than all that the node has seen, for work on rows before the record has its own. */
    static Stamp stampAhead(OperationLog log, NodeState node) {
        log.appendLock().lock();
        try {
            return node.stampAhead();
        } finally {
            log.appendLock().unlock();
        }
    }

    /** For statements on tables of the schema BLAZE that belong to the same transaction. */
    public Connection connection() {
        return parts.connection();
    }

    /** The row with a key, locked; null when its table is not here. */
    public @Nullable OwnRow row(SyncedTable table, byte[] key) {
        Target target = parts.targets().of(table, key);
        return target == null ? null : known(target);
    }

    /** The row that holds what an index allows once, locked; null when there is none. */
    @Nullable
    OwnRow holder(SyncedTable table, SyncedTable.Layout layout, Index index, SearchRow wanted) {
        Row row = parts.store().first(index, wanted);
        return row == null ? null : known(parts.targets().of(table, layout, row));
    }

    private OwnRow known(Target target) {
        return rows.computeIfAbsent(
                target, key -> new OwnRow(key, parts.liveValues().apply(key), parts.store()));
    }

    /** What the changes do to their rows. */
    List<Edit> edits() {
        RowAuthor author = new RowAuthor(parts.node().role(), ahead);
        return changed().stream().map(row -> row.edit(author)).toList();
    }

    private List<OwnRow> changed() {
        return rows.values().stream().filter(OwnRow::isEdited).toList();
    }

    /** What SQL would have refused is refused here: a key that is taken, a parent that others still refer to. */
    static void checkNothingIsHidden(List<Target> hidden) throws SQLException {
        for (Target target : hidden) {
            String why = switch (Outcome.valueOf(target.reason())) {
                case UNIQUE -> "another row has its unique key";
                case FOREIGN_KEY -> "the row that it refers to would be gone";
                default -> "a check of its table does not allow its values";
            };
            throw SqlState.CONSTRAINT.error("The write would hide a row of " + target.table() + ": " + why
                    + ". Remedy: change or delete that row first. Nothing was done.");
        }
    }

    /** The record's part behind the effect. Draws number and clock: for the holder of the append lock. */
    RecordBuffer record() {
        NodeState node = parts.node();
        long seq = node.nextSeq();
        RowAuthor author = new RowAuthor(node.role(), new Stamp(node.nextClock(), node.origin()));
        List<RowChange> changes = new ArrayList<>();
        List<RemoteRecord.StateBytes> states = new ArrayList<>();
        for (OwnRow row : changed()) {
            changes.add(row.change(author));
            Target target = row.target();
            states.add(parts.index().stateBytes(target.table(), target.key(), row.after(author)));
        }
        ChangeSet changeSet = new ChangeSet(
                node.origin(), seq, author.stamp().hlc(), node.role(), node.takeDependencies(), List.of(), changes);
        return new RemoteRecord(node.nodeId(), List.of(changeSet), states).toBytes();
    }
}
