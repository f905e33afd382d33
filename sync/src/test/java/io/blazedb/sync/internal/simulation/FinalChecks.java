package io.blazedb.sync.internal.simulation;

import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.Role;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.internal.merge.ColumnVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What must be true of a world in which everything is repaired and all nodes have the same operations. */
final class FinalChecks {
    /** What one operation wrote to one column. */
    private record Write(Ledger.Entry entry, RowChange change, int position) {
        ColumnVersion version() {
            return new ColumnVersion(
                    change.versions().fence(position), change.versions().cause(position), stamp());
        }

        Stamp stamp() {
            return entry.changeSet().stamp();
        }

        boolean byServer() {
            return entry.changeSet().role() == Role.SERVER;
        }

        boolean hadSeen(Write other) {
            return entry.mark() != other.entry.mark() && entry.hadSeen(other.entry);
        }

        boolean isConcurrentWith(Write other) {
            return entry.mark() != other.entry.mark() && !hadSeen(other) && !other.hadSeen(this);
        }
    }

    private final World world;
    private final List<Ledger.Entry> entries = new ArrayList<>();

    FinalChecks(World world) {
        this.world = world;
        NodeStore first = world.up().get(0).store();
        for (ChangeSet operation : first.operations()) {
            long mark = first.of(operation.origin(), operation.seq());
            entries.add(world.ledger().entry(operation.origin(), operation.seq(), mark));
        }
    }

    void all() {
        rowsAreTheSame();
        nothingIsAppliedTwiceOrByHalves();
        for (int key = 0; key < SimulatedTable.KEYS; key++) {
            for (int column = 0; column < SimulatedTable.COLUMNS; column++) {
                List<Write> writes = writes(key, column);
                causesLose(writes);
                serversWin(key, column, writes);
                nothingIsLost(key, column, writes);
            }
        }
    }

    /** I1, I7: the same rows on every node, and the same of them shown. */
    private void rowsAreTheSame() {
        SimulatedTable first = world.up().get(0).store().table();
        for (SimulatedNode node : world.up()) {
            SimulatedTable table = node.store().table();
            for (int key = 0; key < SimulatedTable.KEYS; key++) {
                if (!table.row(key).sameAs(first.row(key))) {
                    throw new Violation("I1: row " + key + " is " + table.row(key) + " on node " + node.number()
                            + " and " + first.row(key) + " elsewhere");
                }
            }
            if (!table.shown().equals(first.shown())) {
                throw new Violation("I7: " + table.shown() + " show on node " + node.number() + " and " + first.shown()
                        + " elsewhere");
            }
        }
    }

    /** I3, I4: what every node has is what all operations, each once and whole, come to in another order. */
    private void nothingIsAppliedTwiceOrByHalves() {
        SimulatedTable expected = new SimulatedTable(world.faults(), world.ledger());
        List<Ledger.Entry> backwards = new ArrayList<>(entries);
        backwards.sort((one, other) ->
                other.changeSet().stamp().compareTo(one.changeSet().stamp()));
        backwards.forEach(entry -> expected.apply(entry.changeSet()));
        for (SimulatedNode node : world.up()) {
            SimulatedTable table = node.store().table();
            if (table.sum() != expected.sum()) {
                throw new Violation("I3: node " + node.number() + " has applied an operation not once");
            }
            for (int key = 0; key < SimulatedTable.KEYS; key++) {
                if (!table.row(key).sameAs(expected.row(key))) {
                    throw new Violation("I4: row " + key + " is " + table.row(key) + " on node " + node.number()
                            + " and should be " + expected.row(key));
                }
            }
        }
    }

    private List<Write> writes(int key, int column) {
        List<Write> writes = new ArrayList<>();
        for (Ledger.Entry entry : entries) {
            for (RowChange change : entry.changeSet().changes()) {
                for (int i = 0; i < change.size(); i++) {
                    if (change.key()[0] == key && change.column(i) == column) {
                        writes.add(new Write(entry, change, i));
                    }
                }
            }
        }
        return writes;
    }

    /** I5, Theorem 3: a write wins against those that its author had seen. */
    private static void causesLose(List<Write> writes) {
        for (Write one : writes) {
            for (Write other : writes) {
                if (one.hadSeen(other) && one.version().compareTo(other.version()) <= 0) {
                    throw new Violation("I5: " + one.version() + " had seen " + other.version() + " and loses");
                }
            }
        }
    }

    /** I6, Theorem 4: no client's value stands against a server's write that it had not seen. */
    private void serversWin(int key, int column, List<Write> writes) {
        Stamp stamp = world.up()
                .get(0)
                .store()
                .table()
                .row(key)
                .state()
                .version(column)
                .stamp();
        for (Write winner : writes) {
            if (winner.stamp().equals(stamp) && !winner.byServer()) {
                for (Write server : writes) {
                    if (server.byServer() && server.isConcurrentWith(winner) && !hadSeenNewer(winner, server, writes)) {
                        throw new Violation("I6: " + winner.version() + " of a client stands against "
                                + server.version() + " of a server");
                    }
                }
            }
        }
    }

    private static boolean hadSeenNewer(Write client, Write server, List<Write> writes) {
        return writes.stream()
                .anyMatch(newer -> newer.byServer()
                        && client.hadSeen(newer)
                        && newer.version().compareTo(server.version()) > 0);
    }

    /**
     * The promise: every value stands, was replaced by one who had seen it, or is in the conflicts of every node. Who
     * has replaced the same value of another writer has seen the value.
     */
    private void nothingIsLost(int key, int column, List<Write> writes) {
        for (Write write : writes) {
            byte[] value = write.change.value(write.position);
            boolean replaced = writes.stream()
                    .filter(same -> Arrays.equals(same.change.value(same.position), value))
                    .anyMatch(same -> writes.stream().anyMatch(other -> other.hadSeen(same)));
            if (!replaced) {
                for (SimulatedNode node : world.up()) {
                    SimulatedTable table = node.store().table();
                    boolean there = Arrays.equals(table.row(key).current().value(column), value)
                            || table.conflicts().stream()
                                    .anyMatch(conflict ->
                                            conflict.column() == column && Arrays.equals(conflict.loserValue(), value));
                    if (!there) {
                        throw new Violation("I2: the value of " + write.version() + " in column " + column + " of row "
                                + key + " is nowhere on node " + node.number());
                    }
                }
            }
        }
    }
}
