package io.blazedb.internal.apply;

import io.blazedb.internal.capture.CaptureSession;
import io.blazedb.internal.capture.CommitLog;
import io.blazedb.internal.capture.RemoteBatch;
import io.blazedb.internal.node.LocalRows;
import io.blazedb.internal.node.NodeState;
import io.blazedb.internal.node.RowName;
import io.blazedb.internal.node.SyncedTable;
import io.blazedb.internal.node.Tables;
import io.blazedb.internal.node.VersionIndex;
import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.NodeId;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.internal.log.OperationLog;
import io.blazedb.sync.internal.log.RecordType;
import io.blazedb.sync.internal.merge.CausalPast;
import io.blazedb.sync.internal.merge.RowMerge;
import io.blazedb.sync.internal.merge.RowState;
import io.blazedb.sync.internal.merge.RowValues;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.h2.engine.SessionLocal;
import org.h2.message.DbException;
import org.jspecify.annotations.Nullable;

/**
 * Merges what comes from peers into the tables: whole transactions, one H2 transaction for a batch of them, exactly
 * once.
 *
 * <p>Rows are locked first, then their versions are looked up, then merged and written below SQL; the log gets the
 * change sets, the states of all rows and the effect in one record at the commit. Safe for use by several threads,
 * which take turns.
 */
public final class Applier implements AutoCloseable {
    private static final int LOCK_MILLIS_MAX = 50;

    private final SessionLocal session;
    private final Connection connection;
    private final CaptureSession capture;
    private final CommitLog commits;
    private final OperationLog log;
    private final NodeState node;
    private final Tables tables;
    private final VersionIndex index;
    private final RowStore store;
    private final HiddenRows hidden = new HiddenRows();
    private final CurrentLayouts layouts;
    private final Targets targets;
    private final Settlement settlement;
    private final MergedRows merged;
    private final CatchUp catchUp;
    private final ConflictLog conflictLog;
    private final Conflicts conflicts;
    private final SchemaConflicts schemaConflicts;
    private final Stashing stashing;
    private final AbsentRows absent;
    private final Definitions definitions;
    private final SchemaChanges schemaChanges;
    private final RowMerging merging;
    private final BatchCommits batches;
    private final LocalSettlements localSettlements;
    private volatile boolean anyHidden;
    private volatile Runnable onBehind = () -> {};
    private volatile boolean schemaIsOther;
    private long schemaVersion;

    public Applier(ApplierParts parts) throws SQLException {
        session = parts.session();
        connection = parts.connection();
        capture = parts.capture();
        commits = parts.commits();
        log = parts.log();
        node = parts.node();
        tables = parts.tables();
        index = parts.index();
        store = new RowStore(session, parts.codec(), parts.keys());
        catchUp = new CatchUp(log, index);
        layouts = new CurrentLayouts(store, tables);
        targets = new Targets(store, index, hidden, node::baseStamp, catchUp, layouts);
        RuleBook rules = new RuleBook(store, tables, layouts);
        conflictLog = new ConflictLog(connection);
        conflicts = new Conflicts(conflictLog, parts.codec(), parts.keys(), parts.nodeNames(), node);
        schemaConflicts = new SchemaConflicts(conflictLog, tables, parts.nodeNames());
        stashing = new Stashing(new Stash(connection), schemaConflicts, node::baseStamp);
        absent = new AbsentRows(
                index, stashing, conflicts, RowMerge.of(parts.keys().types(null)));
        merged = new MergedRows(store, rules, stashing, conflicts);
        merging = new RowMerging(new RowMerging.Parts(node, tables, targets, absent, conflicts, merged, parts.keys()));
        batches = new BatchCommits(session, capture, commits, index, targets, absent);
        LocalRows localRows = new LocalRows(node, tables, parts.keys());
        settlement = new Settlement(connection, log, store, targets, hidden, rules, conflicts, localRows);
        definitions = new Definitions(session, connection, store, layouts, targets, settlement);
        schemaChanges = new SchemaChanges(
                this,
                layouts,
                store,
                stashing.stash(),
                new StashReplay(new StashReplay.Parts(store, targets, merged, stashing, schemaConflicts, conflicts)),
                definitions);
        session.setAutoCommit(false);
        session.setLockTimeout(LOCK_MILLIS_MAX);
        hidden.load(connection, tables);
        anyHidden = !hidden.isEmpty();
        localSettlements = new LocalSettlements(
                new LocalSettlements.Parts(log, index, node, tables, conflicts, conflictLog), parts.settledTo());
        session.commit(false);
    }

    /** Makes the table that the applier keeps for itself, in the schema BLAZE. */
    public static void createTable(Connection connection) throws SQLException {
        HiddenRows.createTable(connection);
        Stash.createTable(connection);
    }

    /** Whether rows wait for a key or a parent, or conflicts to be settled: local commits may do that. */
    public boolean isWaiting() {
        return anyHidden || localSettlements.isAnyOpen();
    }

    /** Where to go on after the database was closed: {@link ApplierParts#settledTo}. May be asked by any thread. */
    public long settledTo() {
        return localSettlements.lookedTo();
    }

    /** What to call when local transactions may concern hidden rows: {@link #projectAgain} is due. */
    public void onBehind(Runnable action) {
        onBehind = action;
    }

    /**
     * The merged values of a live row, whose table may show others or none, as the last commit has them. Asked with
     * the caller's connection, so that it waits for nobody.
     *
     * @param shown the values in the table, null when it is not there
     * @return null when the row is nowhere
     */
    public @Nullable RowValues mergedValues(
            Connection reader, SyncedTable table, byte[] key, RowState state, @Nullable RowValues shown) {
        return hidden.merged(reader, table, key, state, shown);
    }

    /** As {@link #mergedValues}, of every row. */
    public static Map<RowName, HiddenRow> hiddenRows(Connection connection, Tables tables) {
        return HiddenRows.committed(connection, tables);
    }

    /** What has to be done with rows when their table has changed. */
    public SchemaChanges schemaChanges() {
        return schemaChanges;
    }

    /** What waits for columns and tables that are not here, read with the caller's connection. */
    public Stash stash(Connection reader) {
        return stashing.stash().readBy(reader);
    }

    /** Forgets what was looked up of the schema. */
    public void schemaChanged() {
        schemaIsOther = true;
    }

    /**
     * Applies change sets that follow on what is applied already.
     *
     * @throws DbException when a row is locked by another transaction for too long, or cannot be written; then nothing
     *     has changed and the batch can be tried again
     */
    public synchronized void apply(NodeId from, List<ChangeSet> changeSets) {
        inTransaction(() -> {
            for (ChangeSet changeSet : changeSets) {
                for (RowChange change : changeSet.changes()) {
                    lock(merging.tableOf(changeSet, change), change.key());
                }
            }
            lookUp();
            changeSets.forEach(merging::merge);
            settlement.settle(catchUp.upTo());
            commit(RecordType.TXN_REMOTE, from, changeSets, () -> changeSets.forEach(node::applied));
        });
    }

    /**
     * Merges states of rows as a peer has them.
     *
     * @param lost columns, by number, whose values are not those of their versions: they were dropped here and are here
     *     again, and get the peer's values; null when there are none
     */
    public void join(NodeId from, List<StateRow> rows, CausalPast past, @Nullable IntPredicate lost) {
        join(from, rows, row -> merging.join(row, past, lost));
    }

    /**
     * Removes rows that a peer has deleted and forgotten. What was written to them and the peer has not seen is kept as
     * conflicts.
     *
     * @param rows as they are when they are dead
     * @param seen whether the peer has seen a transaction
     */
    public void bury(NodeId from, String peer, List<StateRow> rows, Predicate<Stamp> seen) {
        join(from, rows, row -> {
            Target target = targets.find(row.table(), row.key());
            if (target != null) {
                conflicts.stale(target, merged.valuesOf(target), seen, peer);
            }
            merging.join(row, (winner, loser) -> true, null);
        });
    }

    private void join(NodeId from, List<StateRow> rows, Consumer<StateRow> merge) {
        merge(from, rows, row -> lock(row.table(), row.key()), merge);
    }

    /** Takes out of the counters of rows what operations added to them that do not count any more. */
    public void takeBack(List<VoidRow> rows) {
        merge(node.nodeId(), rows, row -> lock(row.table(), row.key()), merging::takeBack);
    }

    private synchronized <R> void merge(NodeId from, List<R> rows, Consumer<R> lock, Consumer<R> merge) {
        inTransaction(() -> {
            rows.forEach(lock);
            lookUp();
            rows.forEach(merge);
            settlement.settle(catchUp.upTo());
            if (targets.isAnyChanged() || absent.isChanged() || session.hasPendingTransaction()) {
                commit(RecordType.STATE_MERGE, from, List.of(), () -> {});
            } else {
                session.rollback();
                committed();
            }
        });
    }

    /**
     * Does what follows from local transactions: conflicts are settled by them, hidden rows admitted for which they
     * made room, and those hidden that took what others claim.
     */
    public synchronized void projectAgain() {
        LocalSettlements.Progress progress = localSettlements.look();
        if (!hidden.isEmpty() || progress.concernsConflicts()) {
            project(() -> localSettlements.settle(progress));
        }
        localSettlements.done(progress);
    }

    /** Puts rows of this node into their places, or out of them; what peers have to know of it is their states. */
    synchronized void project(Runnable work) {
        inTransaction(() -> {
            catchUp.run();
            work.run();
            settlement.settle(catchUp.upTo());
            if (targets.isAnyChanged()) {
                commit(RecordType.STATE_MERGE, node.nodeId(), List.of(), () -> {});
            } else {
                session.commit(false);
                committed();
            }
        });
    }

    private void committed() {
        settlement.committed(catchUp.upTo());
        conflictLog.committed();
        anyHidden = !hidden.isEmpty();
        localSettlements.committed(catchUp.upTo());
    }

    /**
     * Writes rows as this node's own operation, below SQL: rows that constraints hide and rows that are dead, too.
     *
     * @throws DbException when a row is locked by another transaction for too long, or the work fails; then nothing has
     *     changed
     */
    public synchronized void write(OwnOperations.Work work) {
        inTransaction(() -> {
            catchUp.run();
            OwnOperations own = new OwnOperations(
                    new OwnOperations.Parts(connection, node, index, store, targets, merged::valuesOf),
                    OwnOperations.stampAhead(log, node));
            List<OwnOperations.Edit> edits;
            try {
                work.run(own);
                edits = own.edits();
                for (OwnOperations.Edit edit : edits) {
                    conflicts.seen(edit.target().table(), edit.target().key(), edit.change(), stamp -> true);
                    merged.take(edit.target(), edit.merged(), null);
                }
                OwnOperations.checkNothingIsHidden(settlement.settle(catchUp.upTo()));
            } catch (SQLException e) {
                throw DbException.convert(e);
            }
            if (edits.isEmpty()) {
                session.commit(false);
                committed();
            } else {
                batches.commit(RemoteBatch.own(own::record));
                committed();
            }
        });
    }

    /** How many conflicts were found since the database was opened. Waits for nobody. */
    public long conflictsFound() {
        return conflictLog.found();
    }

    /** Settles a conflict by the value of this node, or by the one that came; see {@link Resolution}. */
    public void resolve(long conflict, boolean local) {
        write(own -> new Resolution(own, tables, store, local).resolve(conflict));
    }

    /** Runs work while nothing is being applied. */
    public synchronized void undisturbed(Runnable work) {
        work.run();
    }

    private void inTransaction(Runnable work) {
        schemaChanges.enter(capture.place());
        session.lock();
        try {
            begin();
            work.run();
            session.rollback(); // the commit of a transaction that wrote nothing leaves its tables locked
        } catch (Throwable e) {
            definitions.takeBack();
            session.rollback();
            hidden.rolledBack();
            conflictLog.rolledBack();
            schemaConflicts.rolledBack();
            throw e;
        } finally {
            targets.clear();
            absent.clear();
            session.unlock();
            capture.place().leave();
        }
        if (settlement.isBehind()) {
            onBehind.run();
        }
    }

    private void begin() {
        targets.clear();
        absent.clear();
        merging.begin();
        definitions.begin();
        catchUp.begin();
        long version = session.getDatabase().getModificationMetaId();
        boolean isOther = schemaIsOther;
        schemaIsOther = false;
        if (isOther || version != schemaVersion) {
            settlement.schemaChanged();
            schemaVersion = version;
        }
    }

    private void lock(SyncedTable table, byte[] key) {
        SyncedTable.Layout layout = layouts.of(table);
        if (layout != null) {
            targets.lock(table, layout, key);
        } else {
            absent.add(table, key);
        }
    }

    private void lookUp() {
        targets.lookUp();
        absent.lookUp();
    }

    private void commit(RecordType type, NodeId from, List<ChangeSet> changeSets, Runnable appended) {
        batches.commit(type, from, changeSets, appended);
        committed();
    }

    @Override
    public void close() {
        session.close();
    }
}
