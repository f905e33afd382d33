package io.blazedb.sync.internal.simulation;

import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.Dependency;
import io.blazedb.sync.HybridClock;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.VersionVector;
import io.blazedb.sync.internal.log.LogOptions;
import io.blazedb.sync.internal.log.LogReader;
import io.blazedb.sync.internal.log.LogRecord;
import io.blazedb.sync.internal.log.OperationLog;
import io.blazedb.sync.internal.log.RecordType;
import io.blazedb.sync.internal.session.Effect;
import io.blazedb.sync.internal.session.Marks;
import io.blazedb.sync.internal.session.Operation;
import io.blazedb.sync.internal.wire.ByteWriter;
import io.blazedb.sync.internal.wire.ChangeSetCodec;
import io.blazedb.sync.internal.wire.MalformedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one node keeps: the real log on a simulated disk, and in memory what follows from it. Everything but the log is
 * made from the log when the node starts.
 */
final class NodeStore implements Marks, AutoCloseable {
    private static final LogOptions OPTIONS = new LogOptions(1 << 14, 1 << 15);

    /** One operation in the log. */
    private record Logged(long lsn, ChangeSet changeSet) {}

    /** What was read, and where reading ended. */
    record Loaded(List<Operation> operations, long end) {}

    private final Faults faults;
    private final Ledger ledger;
    private final OperationLog log;
    private final List<Logged> history = new ArrayList<>();
    private final Set<Long> givenUp = new HashSet<>();
    private final Set<OriginId> frozen = new HashSet<>();
    private final Map<OriginId, List<Long>> marks = new HashMap<>();
    private final List<Logged> unforced = new ArrayList<>();
    private final Map<OriginId, VersionVector> missing = new HashMap<>();
    private SimulatedTable table;
    private HybridClock clock = new HybridClock(0);
    private VersionVector applied = VersionVector.EMPTY;
    private VersionVector durable = VersionVector.EMPTY;
    private OriginId own = OriginId.NONE;

    NodeStore(SimulatedDisk disk, Faults faults, Ledger ledger) throws IOException {
        this.faults = faults;
        this.ledger = ledger;
        this.table = new SimulatedTable(faults, ledger);
        this.log = OperationLog.open(disk, OPTIONS);
        recover();
    }

    private void recover() {
        try (LogReader reader = log.reader(log.firstLsn())) {
            for (LogRecord record = reader.next(); record != null; record = reader.next()) {
                switch (record.type()) {
                    case TXN_LOCAL, TXN_REMOTE -> history.add(new Logged(record.lsn(), changeSet(record.payload())));
                    case ORIGIN -> originBegun(record.payload());
                    case FACT -> frozen.add(origin(record.payload(), 0));
                    default -> throw new IllegalStateException("a record " + record.type() + " that nobody wrote");
                }
            }
        }
        replay();
        if (log.endLsn() > log.durableEnd()) {
            log.force(log.endLsn() - 1);
        }
        durable = applied;
    }

    private void replay() {
        history.forEach(logged -> remember(logged.changeSet));
        history.forEach(logged -> table.apply(logged.changeSet));
        history.forEach(logged -> lookForCauses(logged.changeSet));
    }

    private void originBegun(ByteBuffer payload) {
        own = origin(payload, 0);
        OriginId previous = origin(payload, OriginId.BYTES);
        long common = payload.getLong(payload.position() + 2 * OriginId.BYTES);
        giveUp(previous, common);
    }

    private List<ChangeSet> giveUp(OriginId origin, long common) {
        List<ChangeSet> dropped = new ArrayList<>();
        history.removeIf(logged -> {
            boolean drop = logged.changeSet.origin().equals(origin) && logged.changeSet.seq() > common;
            if (drop) {
                dropped.add(logged.changeSet);
                givenUp.add(logged.lsn);
            }
            return drop;
        });
        return dropped;
    }

    /** Begins a new origin that nothing came before. */
    void begin(OriginId origin) {
        begin(origin, origin, Long.MAX_VALUE);
    }

    /** Begins a new origin; what the previous one wrote after {@code common} is given up, and returned. */
    List<ChangeSet> begin(OriginId origin, OriginId previous, long common) {
        ByteWriter out = new ByteWriter();
        out.raw(origin.toBytes()).raw(previous.toBytes()).u64(common);
        append(RecordType.ORIGIN, out);
        own = origin;
        List<ChangeSet> dropped = giveUp(previous, common);
        if (!dropped.isEmpty()) {
            table = new SimulatedTable(faults, ledger);
            applied = VersionVector.EMPTY;
            marks.clear();
            missing.clear();
            replay();
        }
        log.force(log.endLsn() - 1);
        unforced.clear();
        durable = applied;
        return dropped;
    }

    /** Logs an operation, the node's own or another's; the table is the caller's. */
    void append(ChangeSet changeSet) {
        ByteWriter out = new ByteWriter();
        ChangeSetCodec.write(out, changeSet);
        boolean local = changeSet.origin().equals(own);
        Logged logged = new Logged(append(local ? RecordType.TXN_LOCAL : RecordType.TXN_REMOTE, out), changeSet);
        history.add(logged);
        unforced.add(logged);
        remember(changeSet);
    }

    private void remember(ChangeSet changeSet) {
        List<Long> known = marks.computeIfAbsent(changeSet.origin(), absent -> new ArrayList<>());
        known.add(after(known.isEmpty() ? START : known.get(known.size() - 1), changeSet));
        if (changeSet.seq() > applied.seq(changeSet.origin())) {
            applied = applied.with(changeSet.origin(), changeSet.seq());
        }
        clock.observe(changeSet.hlc());
    }

    /** What the operation follows on may have been given up. */
    private void lookForCauses(ChangeSet changeSet) {
        for (Dependency cause : changeSet.dependencies()) {
            if (!applied.covers(cause)) {
                missing.merge(changeSet.origin(), VersionVector.of(List.of(cause)), VersionVector::join);
            }
        }
    }

    private long append(RecordType type, ByteWriter payload) {
        log.appendLock().lock();
        try {
            long lsn = log.append(type, payload.toByteArray(), 0, payload.size());
            log.publish(lsn);
            return lsn;
        } finally {
            log.appendLock().unlock();
        }
    }

    void freeze(OriginId origin) {
        append(RecordType.FACT, new ByteWriter().raw(origin.toBytes()));
        frozen.add(origin);
    }

    boolean hasUnforced() {
        return !unforced.isEmpty();
    }

    void force() {
        log.force(log.endLsn() - 1);
        for (Logged logged : unforced) {
            durable = durable.with(logged.changeSet.origin(), logged.changeSet.seq());
        }
        unforced.clear();
    }

    Loaded read(Effect.Read wanted) {
        List<Operation> operations = new ArrayList<>();
        long bytes = 0;
        long end = Math.max(wanted.position(), log.firstLsn());
        try (LogReader reader = log.reader(end)) {
            for (LogRecord record = reader.next(); record != null; record = reader.next()) {
                if (isOperation(record)) {
                    OriginId origin = origin(record.payload(), 1);
                    long seq = record.payload().getLong(record.payload().position() + 1 + OriginId.BYTES);
                    if (!wanted.upTo().covers(origin, seq)) {
                        break;
                    }
                    if (!wanted.known().covers(origin, seq)) {
                        operations.add(new Operation(
                                changeSet(record.payload()), record.payload().remaining()));
                        bytes += record.payload().remaining();
                    }
                }
                end = record.nextLsn();
                if (operations.size() == wanted.operationsMax() || bytes >= wanted.bytesMax()) {
                    break;
                }
            }
        }
        return new Loaded(operations, end);
    }

    private boolean isOperation(LogRecord record) {
        return (record.type() == RecordType.TXN_LOCAL || record.type() == RecordType.TXN_REMOTE)
                && !givenUp.contains(record.lsn());
    }

    private static ChangeSet changeSet(ByteBuffer payload) {
        try {
            return ChangeSetCodec.read(payload);
        } catch (MalformedException e) {
            throw new IllegalStateException("A record that was written here", e);
        }
    }

    private static OriginId origin(ByteBuffer payload, int offset) {
        byte[] bytes = new byte[OriginId.BYTES];
        payload.get(payload.position() + offset, bytes);
        return OriginId.of(bytes);
    }

    @Override
    public long of(OriginId origin, long seq) {
        return seq == 0 ? START : marks.getOrDefault(origin, List.of()).get((int) seq - 1);
    }

    /** Every byte counts: two operations may differ in nothing but the life that they end, or in who wrote them. */
    @Override
    public long after(long previous, ChangeSet operation) {
        ByteWriter out = new ByteWriter();
        ChangeSetCodec.write(out, operation);
        ByteBuffer bytes = out.toBuffer();
        long mark = Dice.mixed(previous ^ Dice.mixed(bytes.remaining()));
        while (bytes.remaining() >= Long.BYTES) {
            mark = Dice.mixed(mark ^ bytes.getLong());
        }
        while (bytes.hasRemaining()) {
            mark = Dice.mixed(mark ^ bytes.get());
        }
        return mark;
    }

    SimulatedTable table() {
        return table;
    }

    HybridClock clock() {
        return clock;
    }

    VersionVector applied() {
        return applied;
    }

    VersionVector durable() {
        return durable;
    }

    OriginId own() {
        return own;
    }

    Set<OriginId> frozen() {
        return frozen;
    }

    /** For each origin, what its operations follow on and was given up; some of it may have come back. */
    Map<OriginId, VersionVector> missing() {
        return missing;
    }

    /** The operations that count here, in the order in which they were applied. */
    List<ChangeSet> operations() {
        return history.stream().map(Logged::changeSet).toList();
    }

    @Override
    public void close() {
        log.close();
    }
}
