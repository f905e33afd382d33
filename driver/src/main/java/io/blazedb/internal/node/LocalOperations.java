package io.blazedb.internal.node;

import io.blazedb.internal.capture.EffectReader;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.ColumnDefinition;
import io.blazedb.sync.CounterDeltas;
import io.blazedb.sync.Dependency;
import io.blazedb.sync.Life;
import io.blazedb.sync.Role;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.WrittenVersions;
import io.blazedb.sync.internal.merge.ColumnTypes;
import io.blazedb.sync.internal.merge.RowAuthor;
import io.blazedb.sync.internal.merge.RowAuthor.Authored;
import io.blazedb.sync.internal.merge.RowState;
import io.blazedb.sync.internal.merge.RowValues;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the record of a local transaction into the operation that peers get. Safe for use by several threads. */
public final class LocalOperations {
    private final NodeState node;
    private final Tables tables;
    private final RowKeys keys;

    public LocalOperations(NodeState node, Tables tables, RowKeys keys) {
        this.node = node;
        this.tables = tables;
        this.keys = keys;
    }

    /**
     * An operation, and whether it says no more than what follows from its record alone: rows that live their first
     * life, no server's write seen.
     */
    record Authoring(@Nullable ChangeSet changeSet, boolean usual) {}

    /** Where the versions of rows come from and go to while an operation is made. */
    private interface States {
        @Nullable
        RowState get(SyncedTable table, byte[] key);

        void put(SyncedTable table, byte[] key, RowState state);

        /** What a row is that nothing is known of. */
        RowState absent(SyncedTable table, byte[] key);
    }

    /** Makes the operation from the versions before it, and puts those after it into the index. */
    Authoring author(LogEntry entry, VersionIndex index) {
        States states = new IndexedStates(entry.lsn(), index);
        boolean mayBeTaken = index.mayHaveTaken(entry.lsn());
        return new Pass(entry, mayBeTaken ? new TakenStates(entry.lsn(), index, states) : states).run();
    }

    /** Those of the index. */
    private record IndexedStates(long lsn, VersionIndex index) implements States {
        @Override
        public @Nullable RowState get(SyncedTable table, byte[] key) {
            return index.get(table, key);
        }

        @Override
        public void put(SyncedTable table, byte[] key, RowState state) {
            index.put(lsn, table, key, state);
        }

        @Override
        public RowState absent(SyncedTable table, byte[] key) {
            return table.absent();
        }
    }

    /** Before an operation of the usual kind. */
    private static final class UsualStates implements States {
        private final Map<RowName, RowState> rows = new HashMap<>();

        @Override
        public @Nullable RowState get(SyncedTable table, byte[] key) {
            return rows.get(new RowName(table, key));
        }

        @Override
        public void put(SyncedTable table, byte[] key, RowState state) {
            rows.put(new RowName(table, key), state);
        }

        /** Of the usual kind are only those of rows that were never forgotten. */
        @Override
        public RowState absent(SyncedTable table, byte[] key) {
            return RowState.ABSENT;
        }
    }

    /**
     * Those of an index that may have taken the operation, or later ones, for some of its rows, as a crash can leave
     * it: of these the operation is made again as one of the usual kind, and the index keeps what it has.
     */
    private static final class TakenStates implements States {
        private final long lsn;
        private final VersionIndex index;
        private final States indexed;
        private final States usual = new UsualStates();
        private final Map<RowName, States> ofRows = new HashMap<>();

        TakenStates(long lsn, VersionIndex index, States indexed) {
            this.lsn = lsn;
            this.index = index;
            this.indexed = indexed;
        }

        /** Decided before the operation itself puts the row into the index. */
        private States of(SyncedTable table, byte[] key) {
            return ofRows.computeIfAbsent(
                    new RowName(table, key), name -> index.hasTaken(lsn, table, key) ? usual : indexed);
        }

        @Override
        public @Nullable RowState get(SyncedTable table, byte[] key) {
            return of(table, key).get(table, key);
        }

        @Override
        public void put(SyncedTable table, byte[] key, RowState state) {
            of(table, key).put(table, key, state);
        }

        @Override
        public RowState absent(SyncedTable table, byte[] key) {
            return of(table, key).absent(table, key);
        }
    }

    /** Makes an operation of the usual kind again. */
    @Nullable
    ChangeSet usual(LogEntry entry) {
        return new Pass(entry, new UsualStates()).run().changeSet();
    }

    /** What is done with each row of a transaction; it moves the reader past the row. */
    private interface RowWork {
        void on(Tables.Described described, EffectReader row, RowSlices slices);
    }

    /** One operation under way. */
    private final class Pass {
        private final States states;
        private final List<RowChange> changes = new ArrayList<>();
        private final long lsn;
        private final Role role;
        private final Stamp stamp;
        private final LogEntry.Transaction transaction;
        private final RowAuthor author;
        private boolean usual = true;

        Pass(LogEntry entry, States states) {
            this.states = states;
            this.transaction = entry.transaction();
            this.lsn = entry.lsn();
            NodeState.Origin origin = node.originAt(entry.lsn());
            this.role = origin.role();
            this.stamp = new Stamp(transaction.head().hlc(), origin.id());
            this.author = new RowAuthor(role, stamp);
        }

        Authoring run() {
            forEachRow(this::leave);
            forEachRow(this::arrive);
            List<Dependency> dependencies = NodeState.readDependencies(transaction.trailer());
            return new Authoring(
                    new ChangeSet(
                            stamp.origin(),
                            transaction.head().seq(),
                            stamp.hlc(),
                            role,
                            dependencies,
                            List.of(),
                            changes),
                    usual);
        }

        private void forEachRow(RowWork work) {
            RowSlices slices = new RowSlices();
            for (RecordInput body : node.hasHappened(lsn) ? transaction.bodies() : List.<RecordInput>of()) {
                int start = body.position();
                EffectReader rows = new EffectReader(body);
                while (rows.nextBlock()) {
                    Tables.@Nullable Described described =
                            rows.definition() == 0 ? null : tables.own(rows.definition());
                    while (rows.nextRow()) {
                        if (described == null) {
                            skip(rows);
                        } else {
                            work.on(described, rows, slices);
                        }
                    }
                }
                body.position(start);
            }
        }

        private static void skip(EffectReader row) {
            row.skipOldValues();
            row.skipImage();
        }

        /** Keys that rows give up come first: another row of the transaction may have taken them. */
        private void leave(Tables.Described described, EffectReader row, RowSlices slices) {
            List<Integer> keyColumns = described.definition().primaryKey();
            boolean gone = row.isGone();
            if (!gone && (row.isInsert() || !changes(row, keyColumns))) {
                skip(row);
                return;
            }
            slices.read(row);
            if (gone || moves(described, row, slices)) {
                delete(described, keyOf(described, row, slices, !gone), slices, !gone);
            }
        }

        private void arrive(Tables.Described described, EffectReader row, RowSlices slices) {
            if (row.isGone()) {
                skip(row);
                return;
            }
            List<Integer> keyColumns = described.definition().primaryKey();
            boolean isInsert = row.isInsert();
            boolean mayMove = !isInsert && changes(row, keyColumns);
            slices.read(row);
            byte[] key = keyOf(described, row, slices, false);
            if (isInsert || (mayMove && moves(described, row, slices))) {
                insert(described, key, slices);
            } else {
                update(described, key, slices);
            }
        }

        /** Whether the row has another key now, and not the same one in another spelling. */
        private boolean moves(Tables.Described described, EffectReader row, RowSlices slices) {
            return !Arrays.equals(keyOf(described, row, slices, true), keyOf(described, row, slices, false));
        }

        private byte[] keyOf(Tables.Described described, EffectReader row, RowSlices slices, boolean before) {
            return keys.ofSlices(described.definition(), row.key(), slices, before);
        }

        private static boolean changes(EffectReader row, List<Integer> columns) {
            for (int column : columns) {
                if (row.isChanged(column)) {
                    return true;
                }
            }
            return false;
        }

        private void insert(Tables.Described described, byte[] key, RowSlices slices) {
            RowState known = states.get(described.table(), key);
            BitSet all = new BitSet();
            all.set(0, described.definition().columns().size());
            Written written = written(described, all, slices);
            RowState before = known == null ? states.absent(described.table(), key) : known;
            Authored authored = author(described).insert(before, 0, key, written.numbers(), written.values());
            usual &= authored.change().kind() == RowChange.Kind.INSERT; // over a hidden row it is an update
            emit(described, key, authored);
        }

        private RowAuthor author(Tables.Described described) {
            return described.rules().isNone() ? author : author.under(described.rules(), keys.types(null));
        }

        private void update(Tables.Described described, byte[] key, RowSlices slices) {
            RowState known = known(described, key);
            if (!known.alive()) {
                insert(described, key, slices);
                return;
            }
            BitSet changed = (BitSet) slices.changed().clone();
            groups(described).expand(changed);
            Written written = written(described, changed, slices);
            if (written.numbers().length > 0) {
                RowValues before = before(described, slices);
                Authored authored =
                        author(described).update(known, 0, key, written.numbers(), written.values(), before);
                usual &= addsWhatChanged(authored.change().counters(), before, written);
                emit(described, key, authored);
            }
        }

        /** The values before, where a counter may have to know them. */
        private RowValues before(Tables.Described described, RowSlices slices) {
            if (described.rules().isNone()) {
                return RowValues.NONE;
            }
            byte[][] before = new byte[described.table().columnCount()][];
            Arrays.fill(before, RowValues.UNKNOWN);
            for (int i = 0; i < described.numbers().size(); i++) {
                before[described.numbers().get(i)] = slices.before(i);
            }
            return RowValues.of(before);
        }

        /** A count that did not fit its type grows by another number than its value shows. */
        private boolean addsWhatChanged(CounterDeltas deltas, RowValues before, Written written) {
            if (deltas.size() == 0) {
                return true;
            }
            ColumnTypes types = keys.types(null);
            for (int i = 0; i < deltas.size(); i++) {
                int position = Arrays.binarySearch(written.numbers(), deltas.column(i));
                BigDecimal now = types.number(written.values()[position]);
                BigDecimal shown = now.subtract(types.number(before.value(deltas.column(i))));
                if (shown.compareTo(deltas.delta(i)) != 0) {
                    return false;
                }
            }
            return true;
        }

        private void delete(Tables.Described described, byte[] key, RowSlices slices, boolean before) {
            RowState known = known(described, key);
            if (!known.alive()) {
                return;
            }
            byte[][] last = new byte[described.table().columnCount()][];
            Arrays.fill(last, RowValues.UNKNOWN);
            for (int i = 0; i < described.numbers().size(); i++) {
                last[described.numbers().get(i)] = before ? slices.before(i) : slices.now(i);
            }
            emit(described, key, author.delete(known, 0, key, RowValues.of(last)));
        }

        private RowState known(Tables.Described described, byte[] key) {
            RowState known = states.get(described.table(), key);
            return known != null ? known : described.table().baseState(node.baseStamp());
        }

        private void emit(Tables.Described described, byte[] key, Authored authored) {
            states.put(described.table(), key, authored.after());
            RowChange change = authored.change();
            usual &= isUsual(change);
            SyncedTable.Ordinals numbers = described.numbers();
            changes.add(change.mapped(described.definition().id(), numbers::indexOf));
        }

        private boolean isUsual(RowChange change) {
            Stamp fence = role == Role.SERVER ? stamp : Stamp.ZERO;
            long cause = change.kind() == RowChange.Kind.DELETE ? 2 : 1;
            return change.life().equals(new Life(fence, cause))
                    && (change.size() == 0 || change.versions().equals(WrittenVersions.uniform(fence, 1)));
        }

        /** The written columns in the order of their numbers. */
        private Written written(Tables.Described described, BitSet columns, RowSlices slices) {
            SyncedTable.Ordinals numbers = described.numbers();
            int[] written = new int[columns.cardinality()];
            int count = 0;
            for (int i = columns.nextSetBit(0); i >= 0; i = columns.nextSetBit(i + 1)) {
                if (isSent(described, i)) {
                    written[count++] = numbers.get(i);
                }
            }
            written = count == written.length ? written : Arrays.copyOf(written, count);
            Arrays.sort(written);
            byte[][] values = new byte[count][];
            for (int i = 0; i < count; i++) {
                values[i] = slices.now(numbers.indexOf(written[i]));
            }
            return new Written(written, values);
        }

        private boolean isSent(Tables.Described described, int column) {
            return described.definition().columns().get(column).source() != ColumnDefinition.Source.GENERATED;
        }
    }

    private static Groups groups(Tables.Described described) {
        SyncedTable.Layout layout = described.table().layout();
        return layout != null && layout.definition().equals(described.definition())
                ? layout.groups()
                : Groups.of(described.definition());
    }

    /** Column numbers and their values. */
    @SuppressWarnings("ArrayRecordComponent") // lives for one call
    private record Written(int[] numbers, byte[][] values) {}
}
