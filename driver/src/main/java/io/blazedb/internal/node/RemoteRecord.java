package io.blazedb.internal.node;

import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.NodeId;
import io.blazedb.sync.internal.wire.ByteWriter;
import io.blazedb.sync.internal.wire.ChangeSetCodec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind the body of a record that applies what came from a peer.
 *
 * <pre>
 * trailer := from u64 u64 | change sets varint | { length varint | bytes } | states varint | { row block | state block
 * } row     := table number varint | row key
 * </pre>
 *
 * @param from the node that it came from directly
 * @param changeSets in the order in which they were applied
 * @param states of all rows that they touched, as they are after it
 */
public record RemoteRecord(NodeId from, List<ChangeSet> changeSets, List<StateBytes> states) {
    /** One row's state; both arrays must not be written to. */
    public static final class StateBytes {
        private final byte[] key;
        private final byte[] state;

        StateBytes(byte[] key, byte[] state) {
            this.key = key;
            this.state = state;
        }

        /** Table number and row key. */
        public byte[] key() {
            return key;
        }

        public byte[] state() {
            return state;
        }
    }

    public RecordBuffer toBytes() {
        RecordBuffer out = new RecordBuffer(256);
        out.putLong(from.high());
        out.putLong(from.low());
        out.putVarint(changeSets.size());
        ByteWriter writer = new ByteWriter();
        for (ChangeSet changeSet : changeSets) {
            writer.clear();
            ChangeSetCodec.write(writer, changeSet);
            out.putVarint(writer.size());
            out.putBytes(writer.toBuffer().array(), 0, writer.size());
        }
        out.putVarint(states.size());
        for (StateBytes state : states) {
            out.putBlock(state.key());
            out.putBlock(state.state());
        }
        return out;
    }

    public static RemoteRecord read(LogEntry entry) {
        return read(entry, null);
    }

    /** Reads a record; of one that came directly from the peer, no more than that. */
    public static RemoteRecord read(LogEntry entry, @Nullable NodeId peer) {
        RecordInput in = entry.transaction().trailer();
        NodeId from = new NodeId(in.readLong(), in.readLong());
        if (from.equals(peer)) {
            return new RemoteRecord(from, List.of(), List.of());
        }
        int count = in.readCount();
        List<ChangeSet> changeSets = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            changeSets.add(VersionIndex.read(in.readBlock()));
        }
        return new RemoteRecord(from, changeSets, readStates(in));
    }

    /** The states in a record, without a look at its change sets. */
    static List<StateBytes> states(LogEntry entry) {
        RecordInput in = entry.transaction().trailer();
        in.skip(2 * Long.BYTES);
        for (int count = in.readCount(); count > 0; count--) {
            in.skip(in.readCount());
        }
        return readStates(in);
    }

    private static List<StateBytes> readStates(RecordInput in) {
        int rows = in.readCount();
        List<StateBytes> states = new ArrayList<>(rows);
        for (int i = 0; i < rows; i++) {
            states.add(new StateBytes(in.readBlock(), in.readBlock()));
        }
        return states;
    }
}
