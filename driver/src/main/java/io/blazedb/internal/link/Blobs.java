package io.blazedb.internal.link;

import io.blazedb.internal.apply.StateRow;
import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.internal.capture.ValueCodec;
import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.internal.merge.RowState;
import io.blazedb.sync.internal.merge.RowValues;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.h2.message.DbException;

/** Moves large objects that stand beside a peer's log beside a node's own. For one thread. */
final class Blobs {
    private final Peer source;
    private final LinkedNode target;

    Blobs(Peer source, LinkedNode target) {
        this.source = source;
        this.target = target;
    }

    List<ChangeSet> movedAll(List<ChangeSet> changeSets) {
        List<ChangeSet> moved = new ArrayList<>(changeSets.size());
        for (ChangeSet changeSet : changeSets) {
            moved.add(hasBlob(changeSet) ? moved(changeSet) : changeSet);
        }
        return moved;
    }

    private ChangeSet moved(ChangeSet changeSet) {
        return new ChangeSet(
                changeSet.origin(),
                changeSet.seq(),
                changeSet.hlc(),
                changeSet.role(),
                changeSet.dependencies(),
                changeSet.definitions(),
                changeSet.changes().stream().map(this::moved).toList());
    }

    private static boolean hasBlob(ChangeSet changeSet) {
        for (RowChange change : changeSet.changes()) {
            if (hasBlob(change)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasBlob(RowChange change) {
        for (int i = 0; i < change.size(); i++) {
            if (ValueCodec.isApart(change.value(i))) {
                return true;
            }
        }
        return false;
    }

    private RowChange moved(RowChange change) {
        if (!hasBlob(change)) {
            return change;
        }
        int[] columns = new int[change.size()];
        byte[][] values = new byte[change.size()][];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = change.column(i);
            values[i] = moved(change.value(i));
        }
        return new RowChange(
                change.tableId(), change.key(), change.kind(), change.life(), columns, change.versions(), values);
    }

    List<StateRow> moved(List<StateRow> rows) {
        List<StateRow> moved = new ArrayList<>(rows.size());
        for (StateRow row : rows) {
            moved.add(new StateRow(row.table(), row.rowKey(), moved(row.state()), moved(row.values())));
        }
        return moved;
    }

    /** The last values of a dead row can be large objects, too. */
    private RowState moved(RowState state) {
        RowValues image = state.image();
        boolean any = false;
        for (int i = 0; i < image.size(); i++) {
            any |= ValueCodec.isApart(image.value(i));
        }
        return any ? state.withImage(moved(image)) : state;
    }

    private RowValues moved(RowValues values) {
        byte[][] all = null;
        for (int i = 0; i < values.size(); i++) {
            if (ValueCodec.isApart(values.value(i))) {
                all = all == null ? values.toArray(values.size()) : all;
                all[i] = moved(values.value(i));
            }
        }
        return all == null ? values : RowValues.of(all);
    }

    private byte[] moved(byte[] value) {
        if (!ValueCodec.isApart(value)) {
            return value;
        }
        RecordInput in = new RecordInput(value);
        int tag = in.readByte();
        try (InputStream content = source.blob(in.readBlock())) {
            RecordBuffer out = new RecordBuffer(64);
            out.putByte(tag);
            out.putBlock(target.host().blobs().write(content));
            return out.toByteArray();
        } catch (IOException e) {
            throw DbException.convertIOException(e, "large object of a peer");
        }
    }
}
