package io.blazedb.internal.link;

import io.blazedb.internal.node.SyncedTable;
import io.blazedb.sync.internal.merge.ColumnVersion;
import io.blazedb.sync.internal.merge.Merged;
import io.blazedb.sync.internal.merge.RowMerge;
import io.blazedb.sync.internal.merge.RowState;
import io.blazedb.sync.internal.merge.RowValues;
import io.blazedb.sync.internal.session.Fingerprint;
import io.blazedb.sync.internal.session.RowFingerprints;
import io.blazedb.sync.internal.session.TableDigest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * Two nodes at a moment at which they had seen the same, compared table by table while they go on. Reads each table
 * once, and a second time only the parts whose digests differ. For one thread.
 */
final class NodeComparison implements AutoCloseable {
    private static final long RETRY_MILLIS = 10;

    private final NodeCut here;
    private final NodeCut there;
    private final Scope scope;

    private NodeComparison(NodeCut here, NodeCut there, Scope scope) {
        this.here = here;
        this.there = there;
        this.scope = scope;
    }

    /**
     * Which directions are compared, and how.
     *
     * @param toThere what is here has to be there
     * @param toHere what is there has to be here
     * @param digestKey the key of the fingerprints
     * @param pace called every few rows: may wait, or end the comparison with an exception
     */
    @SuppressWarnings("ArrayRecordComponent") // never written to
    record Scope(boolean toThere, boolean toHere, byte[] digestKey, Runnable pace) {}

    /** Takes both as soon as they have seen the same; null when they have not until the time is over. */
    static @Nullable NodeComparison open(LinkedNode here, LinkedNode there, Scope scope, long waitMillis)
            throws SQLException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
        NodeComparison comparison = tryOpen(here, there, scope);
        while (comparison == null && System.nanoTime() < end) {
            Thread.sleep(RETRY_MILLIS);
            comparison = tryOpen(here, there, scope);
        }
        return comparison;
    }

    private static @Nullable NodeComparison tryOpen(LinkedNode here, LinkedNode there, Scope scope)
            throws SQLException {
        if (!isLevel(here, there, scope)) {
            return null;
        }
        boolean inOrder = here.state().nodeId().compareTo(there.state().nodeId()) < 0;
        Lock first = (inOrder ? here : there).host().commits().cutAlone();
        Lock second = (inOrder ? there : here).host().commits().cutAlone();
        first.lock();
        second.lock();
        try {
            if (!isLevel(here, there, scope)) {
                return null;
            }
            NodeCut ours = new NodeCut(here);
            boolean open = false;
            try {
                NodeComparison comparison = new NodeComparison(ours, new NodeCut(there), scope);
                open = true;
                return comparison;
            } finally {
                if (!open) {
                    ours.close();
                }
            }
        } finally {
            second.unlock();
            first.unlock();
        }
    }

    /** Everything that the directions have to bring has been brought. */
    private static boolean isLevel(LinkedNode here, LinkedNode there, Scope scope) {
        return (!scope.toThere() || there.state().vector().covers(here.state().vector()))
                && (!scope.toHere()
                        || here.state().vector().covers(there.state().vector()));
    }

    /** Every table that is synced at either node, by schema and name. */
    Set<TableDifference.Name> tables() {
        Set<TableDifference.Name> names = new HashSet<>();
        for (NodeCut cut : List.of(here, there)) {
            for (SyncedTable table : cut.node().tables().all()) {
                if (table.layout() != null) {
                    names.add(new TableDifference.Name(table.schema(), table.name()));
                }
            }
        }
        return names;
    }

    TableDifference compare(TableDifference.Name name) {
        SyncedTable ours = here.node().tables().byName(name.schema(), name.table());
        SyncedTable theirs = there.node().tables().byName(name.schema(), name.table());
        SyncedTable.Layout layout = ours == null ? null : ours.layout();
        SyncedTable.Layout otherLayout = theirs == null ? null : theirs.layout();
        if (ours == null || layout == null || theirs == null || otherLayout == null) {
            long rowsHere = ours == null ? 0 : count(here, ours);
            long rowsThere = theirs == null ? 0 : count(there, theirs);
            return new TableDifference(name, rowsHere, rowsThere, rowsHere + rowsThere, List.of());
        }
        Side left = new Side(here, ours, layout, SharedColumns.of(ours, layout, theirs, otherLayout));
        Side right = new Side(there, theirs, otherLayout, SharedColumns.of(theirs, otherLayout, ours, layout));
        left.digest();
        right.digest();
        BitSet leaves = TableDigest.differing(left.digest, right.digest);
        List<byte[]> keys = leaves.isEmpty() ? new ArrayList<>() : differing(left.rows(leaves), right.rows(leaves));
        if (!(scope.toThere() && scope.toHere())) {
            keys.removeIf(key -> scope.toThere() ? !isChangedBy(right, left, key) : !isChangedBy(left, right, key));
        }
        return new TableDifference(name, left.shown, right.shown, keys.size(), keys);
    }

    /** What one side has of a row would change it at the other: where one direction is closed that is a difference. */
    private static boolean isChangedBy(Side target, Side source, byte[] key) {
        SharedRow theirs = source.row(key);
        SharedRow ours = target.row(key);
        Merged merged = target.merge.join(
                ours.state(), ours.values(), theirs.state(), theirs.values(), (winner, loser) -> true);
        return ours.isStray() || !merged.after().equals(ours.state()) || merged.won().length > 0;
    }

    /** A row in the numbers and values of the columns that are shared. */
    private record SharedRow(RowState state, RowValues values, boolean isStray) {
        static final SharedRow NONE = new SharedRow(RowState.ABSENT, RowValues.NONE, false);
    }

    private static long count(NodeCut cut, SyncedTable table) {
        long[] shown = new long[1];
        cut.forEach(table, (key, state, row, hidden) -> shown[0] += row == null ? 0 : 1);
        return shown[0];
    }

    private static List<byte[]> differing(Map<byte[], Fingerprint> ours, Map<byte[], Fingerprint> theirs) {
        List<byte[]> keys = new ArrayList<>();
        ours.forEach((key, row) -> {
            if (!row.equals(theirs.get(key))) {
                keys.add(key);
            }
        });
        theirs.keySet().stream().filter(key -> !ours.containsKey(key)).forEach(keys::add);
        return keys;
    }

    /** A table at one of the nodes. */
    private final class Side {
        private final NodeCut cut;
        private final SyncedTable table;
        private final SharedColumns columns;
        private final int[] numbers;
        private final ComparableValues comparable;
        private final ComparableTypes types;
        private final RowMerge merge;
        private final RowFingerprints fingerprints = new RowFingerprints(scope.digestKey());
        private final TableDigest digest = new TableDigest();
        private long shown;

        Side(NodeCut cut, SyncedTable table, SyncedTable.Layout layout, SharedColumns columns) {
            this.cut = cut;
            this.table = table;
            this.columns = columns;
            this.numbers = columns.numbers();
            this.comparable =
                    new ComparableValues(cut.node().codec(), cut.node().host().blobs()::read);
            this.types = new ComparableTypes(cut.node().keys().types(layout), comparable, layout, numbers);
            this.merge = RowMerge.of(types);
        }

        void digest() {
            forEach(null, (key, fingerprint) -> digest.add(key, fingerprint));
        }

        Map<byte[], Fingerprint> rows(BitSet leaves) {
            long known = shown;
            Map<byte[], Fingerprint> rows = new TreeMap<>(Arrays::compareUnsigned);
            forEach(leaves, (key, fingerprint) -> rows.put(key, fingerprint));
            shown = known;
            return rows;
        }

        SharedRow row(byte[] key) {
            SharedRow[] found = {SharedRow.NONE};
            cut.visit(table, key, (same, state, row, hidden) -> {
                RowValues values = columns.values(comparable, state, row, hidden);
                ColumnVersion[] versions = new ColumnVersion[numbers.length];
                Arrays.setAll(versions, i -> state.version(numbers[i]));
                RowState shared = RowState.of(state.life(), state.highestCause(), versions, values)
                        .withCounters(types.counters(state));
                found[0] = new SharedRow(shared, values, row != null && !state.alive());
            });
            return found[0];
        }

        private void forEach(@Nullable BitSet leaves, RowWork work) {
            cut.forEach(table, (key, state, row, hidden) -> {
                shown += row == null ? 0 : 1;
                if (leaves == null || leaves.get(TableDigest.leafOf(key))) {
                    work.row(
                            key,
                            fingerprints.of(
                                    table.toString(),
                                    key,
                                    state,
                                    columns.names(),
                                    numbers,
                                    columns.values(comparable, state, row, hidden),
                                    row != null));
                }
                scope.pace().run();
            });
        }
    }

    /** What is done with each row's fingerprint. */
    private interface RowWork {
        void row(byte[] key, Fingerprint fingerprint);
    }

    @Override
    public void close() {
        here.close();
        there.close();
    }
}
