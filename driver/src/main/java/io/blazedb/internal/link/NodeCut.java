package io.blazedb.internal.link;

import io.blazedb.internal.apply.Applier;
import io.blazedb.internal.apply.HiddenRow;
import io.blazedb.internal.node.RowName;
import io.blazedb.internal.node.SyncedTable;
import io.blazedb.internal.node.VersionIndex;
import io.blazedb.sync.VersionVector;
import io.blazedb.sync.internal.merge.RowState;
import io.blazedb.sync.internal.merge.RowValues;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.h2.engine.IsolationLevel;
import org.h2.engine.SessionLocal;
import org.h2.index.Cursor;
import org.h2.index.Index;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.db.MVIndex;
import org.h2.result.Row;
import org.h2.value.VersionedValue;
import org.jspecify.annotations.Nullable;

/**
 * What a node knew at one position of its log, to be read while it goes on: H2's rows from a snapshot, the versions
 * from the index as it was, the hidden rows. For one thread.
 */
final class NodeCut implements AutoCloseable {
    private final LinkedNode node;
    private final EngineSession session;
    private final VersionIndex.Cut versions;
    private final VersionVector vector;
    private final Map<RowName, HiddenRow> hidden;

    /** Is shown each row: one that stands in its table, one that a constraint hides, in part too, or neither. */
    interface RowVisitor {
        void row(byte[] key, RowState state, @Nullable Row row, @Nullable RowValues hidden);
    }

    /** To be made while commits are kept out. */
    NodeCut(LinkedNode node) throws SQLException {
        this.node = node;
        node.index().bringTo(node.log().endLsn());
        this.session = EngineSession.open(node.host());
        this.hidden = Applier.hiddenRows(session.connection(), node.tables());
        SessionLocal h2 = session.h2();
        h2.setIsolationLevel(IsolationLevel.SNAPSHOT);
        h2.lock();
        try {
            h2.getTransaction().markStatementStart(new HashSet<>(maps()));
        } finally {
            h2.unlock();
        }
        this.versions = node.index().cut();
        this.vector = node.state().vector();
    }

    @SuppressWarnings("unchecked") // H2's own tables are maps of this kind
    private Set<MVMap<Object, VersionedValue<Object>>> maps() {
        Set<MVMap<Object, VersionedValue<Object>>> maps = new HashSet<>();
        for (SyncedTable table : node.tables().all()) {
            SyncedTable.Layout layout = table.layout();
            if (layout != null) {
                for (Index index : layout.table().getIndexes()) {
                    if (index instanceof MVIndex<?, ?> stored) {
                        maps.add((MVMap<Object, VersionedValue<Object>>) (MVMap<?, ?>) stored.getMVMap());
                    }
                }
            }
        }
        return maps;
    }

    LinkedNode node() {
        return node;
    }

    /** What the node had seen. */
    VersionVector vector() {
        return vector;
    }

    /** Visits all that was known of a table: rows with a state, then those that are older than the node. */
    void forEach(SyncedTable table, RowVisitor visitor) {
        SyncedTable.Layout layout = table.layout();
        if (layout == null) {
            return;
        }
        session.h2().lock();
        try {
            versions.forEach(table, (key, state) -> show(table, key, state, row(layout, key), visitor));
            RowState base = base(table);
            Cursor cursor = node.keys().from(session.h2(), layout, null);
            while (cursor.next()) {
                Row row = cursor.get();
                byte[] key = node.keys().of(layout, row);
                if (versions.get(table, key) == null) {
                    show(table, key, base, row, visitor);
                }
            }
        } finally {
            session.h2().unlock();
        }
    }

    /** Shows one row; nothing of one that was never there. */
    void visit(SyncedTable table, byte[] key, RowVisitor visitor) {
        SyncedTable.Layout layout = table.layout();
        if (layout == null) {
            return;
        }
        session.h2().lock();
        try {
            RowState state = versions.get(table, key);
            Row row = row(layout, key);
            if (state != null || row != null) {
                show(table, key, state == null ? base(table) : state, row, visitor);
            }
        } finally {
            session.h2().unlock();
        }
    }

    private void show(SyncedTable table, byte[] key, RowState state, @Nullable Row row, RowVisitor visitor) {
        HiddenRow aside = hidden.get(new RowName(table, key));
        visitor.row(key, state, row, aside == null ? null : aside.aside(row != null, state));
    }

    private RowState base(SyncedTable table) {
        return table.baseState(node.state().baseStamp());
    }

    private @Nullable Row row(SyncedTable.Layout layout, byte[] key) {
        return node.keys().find(session.h2(), layout, key);
    }

    @Override
    public void close() {
        session.h2().rollback();
        session.close();
    }
}
