package org.h2.mvstore.tx;

import java.lang.reflect.Field;
import java.util.HashSet;
import java.util.Set;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.MetaType;
import org.h2.value.VersionedValue;

/**
 * H2's transaction store with one more step: what a transaction changed is shown to a {@link CommitPoint} before the
 * transaction becomes visible.
 *
 * <p>It stands in H2's package because the method that every commit goes through is package-private. It takes over the
 * state of the store that it replaces (the same arrays and atomic references), so transactions that are open at that
 * moment, such as those of H2's own system sessions, go on. As thread-safe as the store it replaces.
 */
public final class CapturingTransactionStore extends TransactionStore {
    private static final String[] SHARED_STATE = {
        "undoLogs", "openTransactions", "committingTransactions", "transactions", "init", "maxTransactionId"
    };

    private final CommitPoint commitPoint;
    private final NewEntries newEntries;

    /**
     * Takes over the state of a store.
     *
     * @throws ReflectiveOperationException when H2 does not have the fields that this class was written for
     */
    public CapturingTransactionStore(
            TransactionStore replaced,
            MVStore store,
            MetaType<?> metaType,
            CommitPoint commitPoint,
            NewEntries newEntries)
            throws ReflectiveOperationException {
        super(store, metaType, dataTypeOf(replaced), replaced.timeoutMillis);
        this.commitPoint = commitPoint;
        this.newEntries = newEntries;
        for (String name : SHARED_STATE) {
            Field field = TransactionStore.class.getDeclaredField(name);
            field.setAccessible(true);
            field.set(this, field.get(replaced));
        }
    }

    /** Where every commit passes. */
    CommitPoint commitPoint() {
        return commitPoint;
    }

    @Override
    void commit(Transaction transaction, boolean recovery) {
        if (!recovery && store.isClosed() && transaction.hasChanges()) {
            throw commitPoint.fileClosed();
        }
        MVMap<Long, Record<?, ?>> undoLog = undoLogs[transaction.transactionId];
        if (recovery || store.isClosed() || undoLog.isEmpty()) {
            super.commit(transaction, recovery);
            return;
        }
        Object ticket;
        try {
            ticket = commitPoint.beforeCommit(transaction.listener, visitor -> walk(transaction, visitor));
        } catch (Throwable e) {
            takeBack(transaction, undoLog);
            throw e;
        }
        boolean committed = false;
        try {
            super.commit(transaction, false);
            committed = true;
        } finally {
            commitPoint.afterCommit(ticket, committed);
        }
    }

    /** H2 ends the transaction whatever comes out of its commit: what it changed would stand as if committed. */
    private void takeBack(Transaction transaction, MVMap<Long, Record<?, ?>> undoLog) {
        Long last = undoLog.lastKey();
        if (last != null) {
            rollbackTo(transaction, getLogId(last) + 1, 0);
        }
    }

    /**
     * Leaves alone what this transaction never put there: where a note says that there was no entry, H2 takes out
     * whatever it finds, be it what another transaction has committed since. {@link #isInsert} says when that happens.
     */
    @Override
    void rollbackTo(Transaction transaction, long maxLogId, long toLogId) {
        MVMap<Long, Record<?, ?>> undoLog = undoLogs[transaction.transactionId];
        long end = maxLogId;
        for (long logId = maxLogId - 1; logId >= toLogId; logId--) {
            Long operation = getOperationId(transaction.transactionId, logId);
            Record<?, ?> record = undoLog.get(operation);
            if (record == null || record.oldValue != null || isLastOf(record, operation)) {
                continue;
            }
            super.rollbackTo(transaction, end, logId + 1);
            if (!isLastOf(record, operation)) {
                undoLog.remove(operation);
            }
            end = logId + 1;
        }
        super.rollbackTo(transaction, end, toLogId);
    }

    /** Whether the entry is as the operation left it; true, too, when the map is gone and with it the entry. */
    private boolean isLastOf(Record<?, ?> record, long operation) {
        MVMap<Object, VersionedValue<Object>> map = record.mapId < 0 ? null : openMap(record.mapId);
        if (map == null || map.isClosed()) {
            return true;
        }
        VersionedValue<Object> now = map.get(record.key);
        return now != null && now.getOperationId() == operation;
    }

    @Override
    void endTransaction(Transaction transaction, boolean hasChanges) {
        super.endTransaction(transaction, hasChanges);
        commitPoint.ended(transaction.listener);
    }

    @Override
    long addUndoLogRecord(int transactionId, long logId, Record<?, ?> record) {
        if (logId == 0) {
            Transaction transaction = getTransaction(transactionId);
            if (transaction != null) {
                commitPoint.firstChange(transaction.listener);
            }
        }
        long undoKey = super.addUndoLogRecord(transactionId, logId, record);
        if (record.oldValue == null && newEntries.wants(record.mapId)) {
            Transaction transaction = getTransaction(transactionId);
            if (transaction != null) {
                newEntries.comes(transaction.listener, record.mapId, record.key);
            }
        }
        return undoKey;
    }

    /** Shows the first old and the last new value of every map entry that the transaction changed, each once. */
    private void walk(Transaction transaction, ChangeVisitor visitor) {
        Cursor<Long, Record<?, ?>> cursor = undoLogs[transaction.transactionId].cursor(null);
        Set<Entry> insertedAndChanged = new HashSet<>();
        int mapId = -1;
        MVMap<Object, VersionedValue<Object>> map = null;
        boolean wanted = false;
        while (cursor.hasNext()) {
            long operation = cursor.next();
            Record<?, ?> record = cursor.getValue();
            if (record.mapId < 0) {
                continue;
            }
            if (record.mapId != mapId) {
                mapId = record.mapId;
                map = openMap(mapId);
                wanted = map != null && !map.isClosed() && visitor.wants(map);
            }
            VersionedValue<?> old = record.oldValue;
            if (!wanted || !isFirstChange(old, transaction.transactionId)) {
                continue;
            }
            Object before = old == null ? null : old.getCurrentValue();
            VersionedValue<Object> now = map.get(record.key);
            Object after = now == null ? null : now.getCurrentValue();
            if (before != after && (old != null || isInsert(operation, record, now, insertedAndChanged))) {
                visitor.changed((Long) record.key, before, after);
            }
        }
    }

    /** An entry of a map. */
    private record Entry(int mapId, Object key) {}

    /**
     * Whether a note that there was no entry is this transaction's insert, and not shown yet. H2 also notes it when it
     * comes to lock a row that another transaction has deleted meanwhile, and locks nothing: others may insert the row
     * again, and this transaction may insert it, or change what others inserted.
     */
    private static boolean isInsert(
            long operation, Record<?, ?> record, VersionedValue<Object> now, Set<Entry> insertedAndChanged) {
        long last = now.getOperationId();
        if (last == operation) {
            return insertedAndChanged.isEmpty() || !insertedAndChanged.contains(new Entry(record.mapId, record.key));
        }
        boolean isOwn = last != 0 && getTransactionId(last) == getTransactionId(operation);
        return isOwn && now.getCommittedValue() == null && insertedAndChanged.add(new Entry(record.mapId, record.key));
    }

    /** An entry that this transaction has changed before carries the transaction's own operation id. */
    private static boolean isFirstChange(VersionedValue<?> old, int transactionId) {
        if (old == null) {
            return true;
        }
        long operationId = old.getOperationId();
        return operationId == 0 || getTransactionId(operationId) != transactionId;
    }

    private static org.h2.mvstore.type.DataType<?> dataTypeOf(TransactionStore store)
            throws ReflectiveOperationException {
        Field field = TransactionStore.class.getDeclaredField("dataType");
        field.setAccessible(true);
        return (org.h2.mvstore.type.DataType<?>) field.get(store);
    }
}
