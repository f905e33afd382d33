package io.blazedb.internal.node;

import io.blazedb.internal.capture.H2Engine;
import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.internal.log.LogReader;
import io.blazedb.sync.internal.log.LogRecord;
import io.blazedb.sync.internal.log.OperationLog;
import io.blazedb.sync.internal.merge.RowState;
import io.blazedb.sync.internal.wire.ByteReader;
import io.blazedb.sync.internal.wire.ByteWriter;
import io.blazedb.sync.internal.wire.ChangeSetCodec;
import io.blazedb.sync.internal.wire.MalformedException;
import io.blazedb.sync.internal.wire.OriginTable;
import io.blazedb.sync.internal.wire.RowStateCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.RootReference;
import org.jspecify.annotations.Nullable;

/**
 * The versions of every row, as an index over the log: each record is taken once, in log order. A local commit does not
 * write versions; whoever needs one brings the index up first.
 *
 * <p>Each entry remembers the record that it follows from, so that taking a record again after a crash changes nothing.
 * What a local operation says to peers follows from the index before it; it is kept when it is not the usual case.
 * Safe for use by several threads: one takes records at a time.
 */
public final class VersionIndex {
    private static final String VERSIONS = "blaze.versions";
    private static final String AUTHORED = "blaze.authored";
    private static final String INDEXED = "indexed";

    private final OperationLog log;
    private final MVMap<byte[], byte[]> versions;
    private final MVMap<byte[], byte[]> authored;
    private final RowStateCodec codec;
    private final LocalOperations operations;
    private final long openedAt;
    private long indexed;
    private volatile long saved;

    public VersionIndex(H2Engine engine, OperationLog log, OriginTable origins, LocalOperations operations, long from) {
        this.log = log;
        this.versions = engine.bytesMap(VERSIONS);
        this.authored = engine.bytesMap(AUTHORED);
        this.codec = new RowStateCodec(origins);
        this.operations = operations;
        byte[] saved = engine.state().get(INDEXED);
        long kept = saved == null ? from : ByteBuffer.wrap(saved).getLong();
        this.indexed = Math.max(kept, log.firstLsn()); // later only where a log was lost with what was in it
        this.saved = indexed;
        this.openedAt = log.endLsn();
    }

    /** Runs work while no record is taken: a save of the maps that begins in it fits the position given to it. */
    public synchronized void still(Runnable work) {
        work.run();
    }

    /** Whether the index may have taken a record that it is given, before the database was opened. */
    boolean mayHaveTaken(long lsn) {
        return lsn < openedAt;
    }

    /** Whether a row's versions follow from a record, or from a later one. */
    boolean hasTaken(long lsn, SyncedTable table, byte[] key) {
        byte[] known = versions.get(keyOf(table.number(), key));
        return known != null && lsnOf(known) >= lsn;
    }

    public synchronized void save(MVMap<String, byte[]> state) {
        saved = indexed;
        state.put(INDEXED, ByteBuffer.allocate(Long.BYTES).putLong(indexed).array());
    }

    /** Records before this position are in the index as the last checkpoint has it; after a crash others are needed. */
    public long saved() {
        return saved;
    }

    /** Records before this position are in the index. */
    public synchronized long indexed() {
        return indexed;
    }

    /** Takes every record before a position, which readers of the log must see already. */
    public synchronized void bringTo(long position) {
        if (indexed >= position) {
            return;
        }
        try (LogReader reader = log.reader(indexed)) {
            while (indexed < position) {
                LogRecord record = reader.next();
                if (record == null) {
                    return;
                }
                take(new LogEntry(log, record));
            }
        }
    }

    /** The operation that a local transaction is, as peers get it; null when none of its rows is synced. */
    public @Nullable ChangeSet changeSet(LogEntry entry) {
        synchronized (this) {
            bringTo(entry.lsn());
            if (indexed == entry.lsn()) {
                return take(entry);
            }
        }
        byte[] kept = authored.get(keyOf(entry.lsn()));
        return kept == null ? operations.usual(entry) : read(kept);
    }

    private @Nullable ChangeSet take(LogEntry entry) {
        ChangeSet changeSet = null;
        switch (entry.type()) {
            case TXN_LOCAL, BASE -> {
                LocalOperations.Authoring authoring = operations.author(entry, this);
                byte[] kept = mayHaveTaken(entry.lsn()) ? authored.get(keyOf(entry.lsn())) : null;
                changeSet = kept == null ? authoring.changeSet() : read(kept);
                if (kept == null && changeSet != null && !authoring.usual()) {
                    authored.put(keyOf(entry.lsn()), bytesOf(changeSet));
                }
            }
            case TXN_REMOTE, STATE_MERGE -> RemoteRecord.states(entry).forEach(state -> put(entry.lsn(), state));
            default -> {}
        }
        indexed = entry.nextLsn();
        return changeSet;
    }

    private void put(long lsn, RemoteRecord.StateBytes state) {
        versions.operate(state.key(), withLsn(lsn, state.state()), new NewerWins());
    }

    /** Keeps the state that a local record leaves, its last one, unless a later record has been taken already. */
    void put(long lsn, SyncedTable table, byte[] key, RowState state) {
        versions.operate(keyOf(table.number(), key), withLsn(lsn, encode(state)), new NewerWins());
    }

    /** A row that is about to be forgotten. */
    @FunctionalInterface
    public interface Forgotten {
        void row(int table, long highestCause);
    }

    /**
     * Forgets the rows that were deleted by a record before a position. To be called when all members have applied
     * these, and nothing that had not seen them can come.
     *
     * @param forgotten told of each before it is
     * @return how many there were
     */
    public synchronized int collect(long before, Forgotten forgotten) {
        bringTo(before);
        int count = 0;
        Cursor<byte[], byte[]> rows = versions.cursor(null);
        while (rows.hasNext()) {
            byte[] name = rows.next();
            byte[] entry = rows.getValue();
            RecordInput in = new RecordInput(entry);
            if (in.readVarint() >= before) {
                continue;
            }
            RowState state = decode(in.readBytes(entry.length - in.position()));
            if (!state.alive() && state.life().cause() > 0) {
                forgotten.row((int) new RecordInput(name).readVarint(), state.highestCause());
                versions.operate(name, entry, new RemoveSame());
                count++;
            }
        }
        return count;
    }

    /** Removes an entry unless a later record has changed it. */
    private static final class RemoveSame extends MVMap.DecisionMaker<byte[]> {
        @Override
        public MVMap.Decision decide(byte @Nullable [] known, byte @Nullable [] given) {
            return Arrays.equals(known, given) ? MVMap.Decision.REMOVE : MVMap.Decision.ABORT;
        }
    }

    /** What is known of a row, up to the position that the index was brought to; null when nothing is. */
    public @Nullable RowState get(SyncedTable table, byte[] key) {
        byte[] known = versions.get(keyOf(table.number(), key));
        return known == null ? null : state(known);
    }

    /** A row with a state, and the record that the state follows from. */
    @SuppressWarnings("ArrayRecordComponent") // never written to
    public record Entry(byte[] key, RowState state, long lsn) {}

    /** Rows that have states, of one table, and where to go on after; null when there are no more. */
    @SuppressWarnings("ArrayRecordComponent") // never written to
    public record Page(List<Entry> entries, byte @Nullable [] lastKey) {}

    /**
     * The next rows of a table that have states, dead ones too, in the order of their keys' bytes.
     *
     * @param since states from records before this position are passed over
     * @param looksMax how many are looked at, at most
     */
    public Page page(SyncedTable table, byte @Nullable [] after, long since, int looksMax) {
        byte[] prefix = keyOf(table.number(), new byte[0]);
        byte[] from = after == null ? prefix : keyOf(table.number(), after);
        List<Entry> entries = new ArrayList<>();
        Cursor<byte[], byte[]> cursor = versions.cursor(from);
        int looks = 0;
        while (cursor.hasNext()) {
            byte[] name = cursor.next();
            if (!startsWith(name, prefix)) {
                break;
            }
            if (after != null && Arrays.equals(name, from)) {
                continue;
            }
            byte[] key = Arrays.copyOfRange(name, prefix.length, name.length);
            Entry entry = entry(key, cursor.getValue(), since);
            if (entry != null) {
                entries.add(entry);
            }
            if (++looks == looksMax) {
                return new Page(entries, key);
            }
        }
        return new Page(entries, null);
    }

    /** The index as it is now, to be read later: for as long as a transaction lasts that the caller has begun. */
    public Cut cut() {
        return new Cut(versions.flushAndGetRoot());
    }

    /** The index as it was at one moment. Safe for use by several threads. */
    public final class Cut {
        private final RootReference<byte[], byte[]> root;

        private Cut(RootReference<byte[], byte[]> root) {
            this.root = root;
        }

        /** What was known of a row; null when nothing was. */
        public @Nullable RowState get(SyncedTable table, byte[] key) {
            byte[] known = versions.get(root.root, keyOf(table.number(), key));
            return known == null ? null : state(known);
        }

        /** Visits every row of a table that had a state. */
        public void forEach(SyncedTable table, BiConsumer<byte[], RowState> visitor) {
            byte[] prefix = keyOf(table.number(), new byte[0]);
            Cursor<byte[], byte[]> cursor = new Cursor<>(root, prefix, null);
            while (cursor.hasNext()) {
                byte[] name = cursor.next();
                if (!startsWith(name, prefix)) {
                    return;
                }
                visitor.accept(Arrays.copyOfRange(name, prefix.length, name.length), state(cursor.getValue()));
            }
        }
    }

    private RowState state(byte[] known) {
        RecordInput in = new RecordInput(known);
        in.readVarint();
        return decode(in.readBytes(known.length - in.position()));
    }

    private @Nullable Entry entry(byte[] key, byte[] known, long since) {
        RecordInput in = new RecordInput(known);
        long lsn = in.readVarint();
        return lsn < since ? null : new Entry(key, decode(in.readBytes(known.length - in.position())), lsn);
    }

    private static boolean startsWith(byte[] name, byte[] prefix) {
        return name.length >= prefix.length && Arrays.equals(name, 0, prefix.length, prefix, 0, prefix.length);
    }

    /** A row's state as a record of the log keeps it. */
    public RemoteRecord.StateBytes stateBytes(SyncedTable table, byte[] key, RowState state) {
        return new RemoteRecord.StateBytes(keyOf(table.number(), key), encode(state));
    }

    private byte[] encode(RowState state) {
        ByteWriter out = new ByteWriter(24);
        codec.write(out, state);
        return out.toByteArray();
    }

    private RowState decode(byte[] bytes) {
        try {
            return codec.read(new ByteReader(ByteBuffer.wrap(bytes)));
        } catch (MalformedException e) {
            throw new IllegalStateException("The versions of a row cannot be read: " + e.getMessage(), e);
        }
    }

    private static byte[] keyOf(int table, byte[] key) {
        RecordBuffer out = new RecordBuffer(key.length + 5);
        out.putVarint(table);
        out.putBytes(key, 0, key.length);
        return out.toByteArray();
    }

    private static byte[] keyOf(long lsn) {
        return ByteBuffer.allocate(Long.BYTES).putLong(lsn).array();
    }

    private static byte[] withLsn(long lsn, byte[] state) {
        RecordBuffer out = new RecordBuffer(state.length + 10);
        out.putVarint(lsn);
        out.putBytes(state, 0, state.length);
        return out.toByteArray();
    }

    /** Keeps what a later record has left; one look into the map for both. */
    private static final class NewerWins extends MVMap.DecisionMaker<byte[]> {
        @Override
        public MVMap.Decision decide(byte @Nullable [] known, byte @Nullable [] given) {
            boolean newer = known == null || given == null || lsnOf(known) <= lsnOf(given);
            return newer ? MVMap.Decision.PUT : MVMap.Decision.ABORT;
        }
    }

    private static long lsnOf(byte[] entry) {
        return new RecordInput(entry).readVarint();
    }

    private static byte[] bytesOf(ChangeSet changeSet) {
        ByteWriter out = new ByteWriter();
        ChangeSetCodec.write(out, changeSet);
        return out.toByteArray();
    }

    static ChangeSet read(byte[] bytes) {
        try {
            return ChangeSetCodec.read(ByteBuffer.wrap(bytes));
        } catch (MalformedException e) {
            throw new IllegalStateException("A change set of the log cannot be read: " + e.getMessage(), e);
        }
    }

    /** Forgets what was kept for records that the log does not have any more. */
    public void trim(long lsn) {
        for (byte[] key = authored.firstKey(); key != null; key = authored.firstKey()) {
            if (ByteBuffer.wrap(key).getLong() >= lsn) {
                return;
            }
            authored.remove(key);
        }
    }
}
