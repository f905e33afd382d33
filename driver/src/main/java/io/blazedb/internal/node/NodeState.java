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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
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
    /** Begins the names of facts about operations whose statement did not end, by position in the log. */
    public static final String VOID = "void.";

    private static final String PROGRESS = "progress";

    private final NodeId nodeId;
    private final ConcurrentSkipListMap<Long, Origin> origins = new ConcurrentSkipListMap<>();
    private volatile Origin current;
    private final LongSupplier wallMillis;
    private final HybridClock clock;
    private final ClockHistory history;
    private final Map<OriginId, VersionVector> pasts = new ConcurrentHashMap<>();
    private final Set<Long> voids = ConcurrentHashMap.newKeySet();
    private final Map<OriginId, Long> cuts = new ConcurrentHashMap<>();
    private volatile long seq;
    private volatile VersionVector applied = VersionVector.EMPTY;
    private VersionVector announced = VersionVector.EMPTY;

    /** A stream of operations: this node writes one at a time, each with one role for life. */
    public record Origin(OriginId id, Role role) {}

    /** @param origins by the log position that each begins at; at least one */
    public NodeState(NodeId nodeId, Map<Long, Origin> origins, LongSupplier wallMillis) {
        this.nodeId = nodeId;
        this.origins.putAll(origins);
        this.current = this.origins.lastEntry().getValue();
        this.wallMillis = wallMillis;
        this.clock = new HybridClock(0);
        this.history = new ClockHistory();
    }

    public NodeId nodeId() {
        return nodeId;
    }

    public OriginId origin() {
        return current.id();
    }

    public Role role() {
        return current.role();
    }

    /** The origin that a record of this node's own belongs to. */
    public Origin originAt(long lsn) {
        return origins.floorEntry(lsn).getValue();
    }

    /** The operation at this position changed nothing: a crash came before its statement ended. */
    public void isVoid(long lsn) {
        voids.add(lsn);
    }

    boolean hasHappened(long lsn) {
        return !voids.contains(lsn);
    }

    /** Where the log of this node's operations begins. */
    public long firstPosition() {
        return origins.firstKey();
    }

    /** Every origin that this node has written under. */
    public List<OriginId> ownOrigins() {
        return origins.values().stream().map(Origin::id).toList();
    }

    /**
     * Those whose operations are all in the log here. Of one that was cut, others have operations that this node lost,
     * so it is another's as well.
     */
    public List<OriginId> wholeOrigins() {
        return ownOrigins().stream().filter(own -> !cuts.containsKey(own)).toList();
    }

    /**
     * Goes on under another origin from a position of the log on. Its first operation names everything that this node
     * has, since there is none before it. Call under the append lock.
     */
    public void begin(Origin next, long lsn) {
        applied = vector();
        announced = VersionVector.EMPTY;
        origins.put(lsn, next);
        current = next;
        seq = 0;
    }

    /**
     * The operations of an ended origin of this node's own after this one never reach anybody under its name: others
     * have other ones, written before the files here were put back. Call under the append lock.
     */
    public void cut(OriginId origin, long last) {
        cuts.put(origin, last);
        lower(origin, last);
    }

    /** The vector of the last checkpoint, or a fact, is older than the cut. */
    public void lower(OriginId origin, long last) {
        applied = lowered(applied, origin, last);
        announced = lowered(announced, origin, last);
        history.cut(origin, last);
    }

    /** A cut that the facts tell of; whether it is in what was loaded too is for the caller to know. */
    public void wasCut(OriginId origin, long last) {
        cuts.put(origin, last);
    }

    /** Whether an operation of this node's own is one that was written again under another origin. */
    public boolean isCut(OriginId origin, long ofSeq) {
        Long last = cuts.get(origin);
        return last != null && ofSeq > last;
    }

    /** A vector without the operations of an origin after one. */
    public static VersionVector lowered(VersionVector vector, OriginId origin, long last) {
        if (vector.seq(origin) <= last) {
            return vector;
        }
        List<Dependency> entries = new ArrayList<>();
        for (Dependency entry : vector.entries()) {
            if (!entry.origin().equals(origin)) {
                entries.add(entry);
            } else if (last > 0) {
                entries.add(new Dependency(origin, last));
            }
        }
        return VersionVector.of(entries);
    }

    /** Number of the last operation of this node's own. */
    public long seq() {
        return seq;
    }

    /** The stamp of the first operation of this origin: rows that are older than the node count as written by it. */
    public Stamp baseStamp() {
        OriginId first = origins.firstEntry().getValue().id();
        return new Stamp(history.base(first), first);
    }

    public ClockHistory history() {
        return history;
    }

    /** What is here of every origin, this node's own included. */
    public VersionVector vector() {
        return seq == 0 ? applied : applied.with(current.id(), seq);
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // under the log's append lock
    public long nextSeq() {
        return ++seq;
    }

    @Override
    public long nextClock() {
        long hlc = clock.next(wallMillis.getAsLong());
        history.add(current.id(), seq, hlc);
        return hlc;
    }

    @Override
    public void writeDependencies(RecordBuffer out) {
        List<Dependency> fresh = takeDependencies();
        out.putVarint(fresh.size());
        for (Dependency dependency : fresh) {
            out.putLong(dependency.origin().high());
            out.putLong(dependency.origin().low());
            out.putVarint(dependency.seq());
        }
    }

    /** What was applied of others since this node's operation before. Call under the append lock, with its number. */
    public List<Dependency> takeDependencies() {
        VersionVector now = applied;
        if (now.equals(announced)) {
            return List.of();
        }
        List<Dependency> fresh = now.since(announced);
        announced = now;
        return fresh;
    }

    /** A stamp larger than that one, too, which need not be an operation's. Call under the append lock. */
    public Stamp stampAfter(Stamp other) {
        clock.observe(other.hlc());
        return stampAhead();
    }

    /** A stamp larger than all that this node has seen or given. Call under the append lock. */
    public Stamp stampAhead() {
        return new Stamp(clock.next(wallMillis.getAsLong()), current.id());
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
        pasts.put(from, pastOf(changeSet, pasts.getOrDefault(from, VersionVector.EMPTY)));
        if (changeSet.seq() > applied.seq(from)) {
            applied = applied.with(from, changeSet.seq());
        }
        history.add(from, changeSet.seq(), changeSet.hlc());
    }

    /** What the author of the last applied change set of an origin had applied before, as far as is known here. */
    public VersionVector pastOf(OriginId origin) {
        return pasts.getOrDefault(origin, VersionVector.EMPTY);
    }

    /**
     * Everything that the author of a change set had applied before.
     *
     * @param past the same of the author's change set before this one
     */
    public VersionVector pastOf(ChangeSet changeSet, VersionVector past) {
        return changeSet.dependencies().isEmpty() ? past : past.join(VersionVector.of(changeSet.dependencies()));
    }

    /** A peer's transaction is about to be applied: those after it in the same batch may have seen it. */
    public void applying(ChangeSet changeSet) {
        history.add(changeSet.origin(), changeSet.seq(), changeSet.hlc());
    }

    /** Whether a vector covers the transaction with this stamp. Never says so wrongly. */
    public boolean covers(VersionVector vector, Stamp stamp) {
        long seen = vector.seq(stamp.origin());
        return seen > 0 && Long.compareUnsigned(history.floor(stamp.origin(), seen), stamp.hlc()) >= 0;
    }

    /** What a peer had when a copy of its rows was complete. */
    public void joined(VersionVector vector) {
        VersionVector joined = applied.join(vector);
        applied = VersionVector.of(joined.entries().stream()
                .filter(entry -> !entry.origin().equals(current.id()))
                .toList());
    }

    /** What is known of an origin's past, taken over from a peer together with a copy of its rows. */
    public void learnPasts(Map<OriginId, VersionVector> others) {
        others.forEach((from, past) -> pasts.merge(from, past, VersionVector::join));
    }

    /** The clock of an operation is this or later. */
    public void learnClock(OriginId origin, long learnedSeq, long floor, boolean exact) {
        clock.observe(floor);
        if (!origin.equals(current.id())) {
            history.learn(origin, learnedSeq, floor, exact);
        }
    }

    public Map<OriginId, VersionVector> pasts() {
        return Map.copyOf(pasts);
    }

    /** Change sets were found in the log at recovery; those that this node wrote itself count as its own. */
    public void replayed(long lsn, RemoteRecord record) {
        for (ChangeSet changeSet : record.changeSets()) {
            if (record.from().equals(nodeId)) {
                replayedOwn(lsn, changeSet.seq(), changeSet.hlc());
            } else {
                applied(changeSet);
            }
        }
    }

    /** An operation of this node's own was found in the log at recovery. */
    public void replayedOwn(long lsn, long foundSeq, long hlc) {
        OriginId author = originAt(lsn).id();
        clock.observe(hlc);
        if (isCut(author, foundSeq)) {
            return;
        }
        if (author.equals(current.id())) {
            seq = Math.max(seq, foundSeq);
        } else if (foundSeq > applied.seq(author)) {
            applied = applied.with(author, foundSeq);
        }
        history.add(author, foundSeq, hlc);
        announced = applied;
    }

    /** Keeps a copy in what a checkpoint saves. */
    public void save(MVMap<String, byte[]> state) {
        RecordBuffer out = new RecordBuffer(256);
        out.putLong(current.id().high());
        out.putLong(current.id().low());
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

    public void load(MVMap<String, byte[]> state) {
        byte[] bytes = state.get(PROGRESS);
        if (bytes == null) {
            return;
        }
        RecordInput in = new RecordInput(bytes);
        OriginId saved = new OriginId(in.readLong(), in.readLong());
        long savedSeq = in.readVarint();
        clock.observe(in.readLong());
        applied = readVector(in);
        announced = readVector(in);
        history.read(in);
        for (int count = in.readCount(); count > 0; count--) {
            pasts.put(new OriginId(in.readLong(), in.readLong()), readVector(in));
        }
        if (saved.equals(current.id())) {
            seq = savedSeq;
        } else if (savedSeq > applied.seq(saved)) {
            applied = applied.with(saved, savedSeq);
        }
    }

    public static void writeVector(VersionVector vector, RecordBuffer out) {
        out.putVarint(vector.size());
        for (Dependency entry : vector.entries()) {
            out.putLong(entry.origin().high());
            out.putLong(entry.origin().low());
            out.putVarint(entry.seq());
        }
    }

    public static VersionVector readVector(RecordInput in) {
        return VersionVector.of(readDependencies(in));
    }
}
