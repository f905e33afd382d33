package io.blazedb.internal.node;

import io.blazedb.internal.capture.OperationNumbers;
import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.Dependency;
import io.blazedb.sync.HybridClock;
import io.blazedb.sync.NodeId;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.Role;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.VersionVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.h2.mvstore.MVMap;

/**
 * Who this node is and how far it is: its origin's sequence number, its clock, and what it has applied of every origin.
 * All of it follows from the log; a checkpoint keeps a copy.
 *
 * <p>Written under the append lock of the log only, so the order of the numbers is the order of the log; read by any
 * thread.
 */
public final class NodeState implements OperationNumbers {
    private static final String PROGRESS = "progress";

    private final NodeId nodeId;
    private final OriginId origin;
    private final Role role;
    private final LongSupplier wallMillis;
    private final HybridClock clock;
    private final ClockHistory history;
    private final Map<OriginId, VersionVector> pasts = new ConcurrentHashMap<>();
    private volatile long seq;
    private volatile VersionVector applied = VersionVector.EMPTY;
    private VersionVector announced = VersionVector.EMPTY;

    NodeState(NodeId nodeId, OriginId origin, Role role, LongSupplier wallMillis) {
        this.nodeId = nodeId;
        this.origin = origin;
        this.role = role;
        this.wallMillis = wallMillis;
        this.clock = new HybridClock(0);
        this.history = new ClockHistory();
    }

    public NodeId nodeId() {
        return nodeId;
    }

    public OriginId origin() {
        return origin;
    }

    public Role role() {
        return role;
    }

    /** Number of the last operation of this node's own. */
    public long seq() {
        return seq;
    }

    /** The stamp of the first operation of this origin: rows that are older than the node count as written by it. */
    public Stamp baseStamp() {
        return new Stamp(history.base(origin), origin);
    }

    public ClockHistory history() {
        return history;
    }

    /** What is here of every origin, this node's own included. */
    public VersionVector vector() {
        return applied.with(origin, seq);
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // under the log's append lock
    public long nextSeq() {
        return ++seq;
    }

    @Override
    public long nextClock() {
        long hlc = clock.next(wallMillis.getAsLong());
        history.add(origin, seq, hlc);
        return hlc;
    }

    @Override
    public void writeDependencies(RecordBuffer out) {
        VersionVector now = applied;
        if (now.equals(announced)) {
            out.putByte(0);
            return;
        }
        List<Dependency> fresh = now.since(announced);
        out.putVarint(fresh.size());
        for (Dependency dependency : fresh) {
            out.putLong(dependency.origin().high());
            out.putLong(dependency.origin().low());
            out.putVarint(dependency.seq());
        }
        announced = now;
    }

    static List<Dependency> readDependencies(RecordInput in) {
        int count = in.readCount();
        List<Dependency> dependencies = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            dependencies.add(new Dependency(new OriginId(in.readLong(), in.readLong()), in.readVarint()));
        }
        return dependencies;
    }

    /** A peer's transaction stands in the log now. */
    public void applied(ChangeSet changeSet) {
        OriginId from = changeSet.origin();
        clock.observe(changeSet.hlc());
        pasts.put(from, pastOf(changeSet));
        if (changeSet.seq() > applied.seq(from)) {
            applied = applied.with(from, changeSet.seq());
        }
        history.add(from, changeSet.seq(), changeSet.hlc());
    }

    /** Everything that the author of a change set had applied before, as far as is known here. */
    public VersionVector pastOf(ChangeSet changeSet) {
        VersionVector past = pasts.getOrDefault(changeSet.origin(), VersionVector.EMPTY);
        return changeSet.dependencies().isEmpty()
                ? past
                : past.join(VersionVector.of(changeSet.dependencies()));
    }

    /** Whether a vector covers the transaction with this stamp. Never says so wrongly. */
    public boolean covers(VersionVector vector, Stamp stamp) {
        long seen = vector.seq(stamp.origin());
        return seen > 0 && Long.compareUnsigned(history.floor(stamp.origin(), seen), stamp.hlc()) >= 0;
    }

    /** What a peer had when a copy of its rows was complete. */
    public void joined(VersionVector vector) {
        VersionVector joined = applied.join(vector);
        applied = joined.seq(origin) > 0 ? without(joined) : joined;
    }

    private VersionVector without(VersionVector vector) {
        return VersionVector.of(vector.entries().stream()
                .filter(entry -> !entry.origin().equals(origin))
                .toList());
    }

    /** An operation of this node's own was found in the log at recovery. */
    void replayedOwn(long foundSeq, long hlc) {
        seq = Math.max(seq, foundSeq);
        clock.observe(hlc);
        history.add(origin, foundSeq, hlc);
        announced = applied;
    }

    /** Keeps a copy in what a checkpoint saves. */
    void save(MVMap<String, byte[]> state) {
        RecordBuffer out = new RecordBuffer(256);
        out.putLong(origin.high());
        out.putLong(origin.low());
        out.putVarint(seq);
        out.putLong(clock.last());
        writeVector(applied, out);
        writeVector(announced, out);
        history.write(out);
        out.putVarint(pasts.size());
        pasts.forEach((from, past) -> {
            out.putLong(from.high());
            out.putLong(from.low());
            writeVector(past, out);
        });
        state.put(PROGRESS, out.toByteArray());
    }

    void load(MVMap<String, byte[]> state) {
        byte[] bytes = state.get(PROGRESS);
        if (bytes == null) {
            return;
        }
        RecordInput in = new RecordInput(bytes);
        boolean mine = new OriginId(in.readLong(), in.readLong()).equals(origin);
        long savedSeq = in.readVarint();
        clock.observe(in.readLong());
        applied = readVector(in);
        announced = readVector(in);
        history.read(in);
        for (int count = in.readCount(); count > 0; count--) {
            pasts.put(new OriginId(in.readLong(), in.readLong()), readVector(in));
        }
        if (mine) {
            seq = savedSeq;
        }
    }

    static void writeVector(VersionVector vector, RecordBuffer out) {
        out.putVarint(vector.size());
        for (Dependency entry : vector.entries()) {
            out.putLong(entry.origin().high());
            out.putLong(entry.origin().low());
            out.putVarint(entry.seq());
        }
    }

    static VersionVector readVector(RecordInput in) {
        return VersionVector.of(readDependencies(in));
    }
}
