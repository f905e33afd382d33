package io.blazedb.internal.link;

import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.internal.node.Facts;
import io.blazedb.internal.node.NodeState;
import io.blazedb.sync.VersionVector;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Columns of a table that were dropped here and are here again, without the values that the others have: a fact of this
 * node, until each peer has been asked for them.
 *
 * @param table number of the table
 * @param epoch grows whenever more has returned
 * @param vector what this node had when the last of them returned
 * @param columns their numbers; empty for all columns, when the table itself was dropped
 */
record Returned(int table, long epoch, VersionVector vector, List<Integer> columns) {
    private static final String RETURNED = "returned.";

    static List<Returned> all(Facts facts) {
        List<Returned> all = new ArrayList<>();
        facts.startingWith(RETURNED).forEach((table, bytes) -> all.add(read(Integer.parseInt(table), bytes)));
        return all;
    }

    private static Returned read(int table, byte[] bytes) {
        RecordInput in = new RecordInput(bytes);
        long epoch = in.readVarint();
        VersionVector vector = NodeState.readVector(in);
        List<Integer> columns = new ArrayList<>();
        for (int count = in.readCount(); count > 0; count--) {
            columns.add((int) in.readVarint());
        }
        return new Returned(table, epoch, vector, columns);
    }

    /** Remembers that these columns have returned, too; none stands for all. */
    static void add(Facts facts, int table, VersionVector vector, List<Integer> columns) {
        byte[] bytes = facts.get(RETURNED + table);
        Returned before = bytes == null ? null : read(table, bytes);
        List<Integer> all = new ArrayList<>(columns);
        if (before != null && !before.columns().isEmpty() && !columns.isEmpty()) {
            TreeSet<Integer> both = new TreeSet<>(columns);
            both.addAll(before.columns());
            all = new ArrayList<>(both);
        } else if (before != null && before.columns().isEmpty()) {
            all.clear();
        }
        RecordBuffer out = new RecordBuffer(64);
        out.putVarint(before == null ? 1 : before.epoch() + 1);
        NodeState.writeVector(vector, out);
        out.putVarint(all.size());
        all.forEach(out::putVarint);
        facts.put(RETURNED + table, out.toByteArray());
    }

    boolean has(int column) {
        return columns.isEmpty() || columns.contains(column);
    }
}
