package io.blazedb.sync.internal.simulation;

import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.HybridClock;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.Role;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.VersionVector;
import io.blazedb.sync.internal.log.LogCorruptedException;
import io.blazedb.sync.internal.merge.RowAuthor;
import io.blazedb.sync.internal.session.Arrival;
import io.blazedb.sync.internal.session.Effect;
import io.blazedb.sync.internal.session.Fingerprint;
import io.blazedb.sync.internal.session.Head;
import io.blazedb.sync.internal.session.Message;
import io.blazedb.sync.internal.session.Session;
import io.blazedb.sync.internal.session.Standing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One node of a world: the real log, merge and sessions, and what a driver would do around them. */
final class SimulatedNode {
    static final int TICK_MILLIS = 5_000;

    private record Work(Connection connection, Effect effect) {}

    private final int number;
    private final World world;
    private final Role role;
    private final Map<Connection, Session> sessions = new TreeMap<>();
    private final Deque<Work> work = new ArrayDeque<>();
    private boolean working;
    private SimulatedDisk disk = new SimulatedDisk();
    private @Nullable NodeStore store;
    private VersionVector told = VersionVector.EMPTY;
    private long skewMillis;
    private long clampMillis;
    private long forceAt = -1;
    private boolean gone;

    SimulatedNode(int number, World world) {
        this.number = number;
        this.world = world;
        this.role = world.dice().roll(3) == 0 ? Role.SERVER : Role.CLIENT;
    }

    int number() {
        return number;
    }

    boolean isUp() {
        return store != null;
    }

    boolean isGone() {
        return gone;
    }

    NodeStore store() {
        if (store == null) {
            throw new IllegalStateException("node " + number + " is down");
        }
        return store;
    }

    SimulatedDisk disk() {
        return disk;
    }

    Map<Connection, Session> sessions() {
        return sessions;
    }

    void skew(long millis) {
        skewMillis = millis;
    }

    /** What the machine's clock shows. */
    private long wallMillis() {
        return world.wallMillis() + skewMillis;
    }

    /** Opens the files as they are. N1: unless the same process could have gone on with them, under a new origin. */
    void start(boolean freshOrigin) {
        try {
            NodeStore opened = open();
            store = opened;
            if (freshOrigin || opened.own().equals(OriginId.NONE)) {
                opened.begin(newOrigin());
            }
            told = VersionVector.EMPTY;
            clampMillis = 0;
            publishDurable();
            world.trace(() -> "node " + number + " starts as " + name(opened.own()) + " with " + opened.applied());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files that are refused, as only a disk that lied leaves them, are lost: the node begins with empty ones. */
    private NodeStore open() throws IOException {
        try {
            NodeStore opened = new NodeStore(disk, world.faults(), world.ledger());
            VersionVector safe = world.ledger().durable(number);
            if (!opened.applied().covers(safe)) {
                throw new Violation("I2: node " + number + " had " + safe + " on its disk and finds " + opened.applied()
                        + " after its start");
            }
            return opened;
        } catch (LogCorruptedException e) {
            if (!world.mayLose(number)) {
                throw new Violation("I2: the disk of node " + number + " did not lie, and " + e.getMessage());
            }
            world.trace(() -> "node " + number + " lost its files: " + e.damage());
            disk = new SimulatedDisk();
            world.ledger().durable(number, VersionVector.EMPTY);
            return new NodeStore(disk, world.faults(), world.ledger());
        }
    }

    private OriginId newOrigin() {
        return new OriginId(world.dice().any(), number + 1);
    }

    /** The process ends. What is on the disk then is {@code left}. */
    void stop(Function<SimulatedDisk, SimulatedDisk> left) {
        List.copyOf(sessions.keySet()).forEach(world.wires()::close);
        NodeStore stopped = store();
        disk = left.apply(disk);
        stopped.close();
        store = null;
        forceAt = -1;
    }

    /** Never to come back. */
    void leave() {
        gone = true;
    }

    /** A transaction of the application. */
    void commit() {
        Dice dice = world.dice();
        write(author -> {
            List<RowChange> changes = new ArrayList<>();
            int first = dice.roll(SimulatedTable.KEYS);
            int count = dice.between(1, 3);
            for (int i = 0; i < count; i++) {
                int key = (first + i) % SimulatedTable.KEYS;
                changes.add(store().table().write(key, author, dice, world.nextValue()));
            }
            return changes;
        });
    }

    private void write(Function<RowAuthor, List<RowChange>> changes) {
        NodeStore open = store();
        VersionVector past = open.applied();
        Stamp stamp = new Stamp(open.clock().next(wallMillis() + clampMillis), open.own());
        List<RowChange> written = changes.apply(new RowAuthor(role, stamp));
        if (written.isEmpty()) {
            return;
        }
        long seq = past.seq(open.own()) + 1;
        ChangeSet changeSet = new ChangeSet(open.own(), seq, stamp.hlc(), role, past.since(told), List.of(), written);
        open.table().count(changeSet);
        open.append(changeSet);
        told = open.applied();
        world.ledger().committed(changeSet, past, open.of(open.own(), seq));
        world.trace(() -> "node " + number + " commits " + name(changeSet));
        forceSoon();
        advanced();
    }

    private void forceSoon() {
        if (forceAt < 0) {
            forceAt = world.now() + world.dice().between(1, world.dice().percent(5) ? 3_000 : 20);
            long planned = forceAt;
            world.at(planned, () -> {
                if (forceAt == planned && isUp()) {
                    forceAt = -1;
                    force();
                }
            });
        }
    }

    private void force() {
        if (store().hasUnforced()) {
            store().force();
            publishDurable();
            advanced();
        }
    }

    private void publishDurable() {
        if (!disk.isLying()) {
            world.ledger().durable(number, store().durable());
        }
    }

    private Standing standing() {
        NodeStore open = store();
        return new Standing(open.own(), open.applied(), open.durable(), open.frozen(), open.missing());
    }

    private void advanced() {
        Standing now = standing();
        sessions.forEach((connection, session) -> plan(connection, session.advanced(now, wallMillis())));
        workOff();
    }

    void connect(Connection connection) {
        Session session = world.faults().session(standing(), world.limits(), store());
        sessions.put(connection, session);
        plan(connection, session.start(wallMillis()));
        workOff();
    }

    void disconnect(Connection connection) {
        sessions.remove(connection);
    }

    void receive(Connection connection, Message message) {
        Session session = sessions.get(connection);
        if (session != null) {
            plan(connection, session.receive(message, wallMillis()));
            workOff();
        }
    }

    void tick() {
        Fingerprint rows = new Fingerprint(1, store().table().fingerprint());
        sessions.forEach((connection, session) -> plan(connection, session.tick(wallMillis(), rows)));
        workOff();
    }

    private void plan(Connection connection, List<Effect> effects) {
        effects.forEach(effect -> work.add(new Work(connection, effect)));
    }

    private void workOff() {
        if (working) {
            return;
        }
        working = true;
        for (Work next = work.poll(); next != null; next = work.poll()) {
            Session session = sessions.get(next.connection);
            if (session != null) {
                perform(next.connection, session, next.effect);
            }
        }
        working = false;
    }

    private void perform(Connection connection, Session session, Effect effect) {
        if (effect instanceof Effect.Send send) {
            checkSent(send.message());
            world.wires().send(connection, number, send.message());
        } else if (effect instanceof Effect.Read read) {
            NodeStore.Loaded loaded = store().read(read);
            plan(connection, session.loaded(loaded.operations(), loaded.end()));
        } else if (effect instanceof Effect.Apply apply) {
            if (!apply.arrivals().stream().allMatch(this::apply)) {
                world.trace(() -> "node " + number + " was brought another history on " + connection);
                world.wires().close(connection);
            }
            advanced();
        } else if (effect instanceof Effect.Regressed regressed) {
            regressed(regressed);
        } else if (effect instanceof Effect.Freeze freeze && world.hasForks()) {
            world.trace(() -> "node " + number + " freezes " + name(freeze.origin()));
            store().freeze(freeze.origin());
            if (freeze.origin().equals(store().own())) {
                store().begin(newOrigin());
                told = VersionVector.EMPTY;
                publishDurable();
            }
            advanced();
        } else if (effect instanceof Effect.CompareRows && world.hasForks()) {
            world.trace(() -> "node " + number + " has other rows than its peer on " + connection);
        } else if (effect instanceof Effect.ClampClock clamp) {
            clampMillis = Math.min(0, clamp.wallMillisMax() - wallMillis());
        } else if (effect instanceof Effect.Close close) {
            world.trace(() -> "node " + number + " closes " + connection + ": " + close.reason());
            world.wires().close(connection);
        } else {
            throw new Violation("I1: node " + number + " is asked for " + effect);
        }
    }

    /** D1, D2. */
    private void checkSent(Message message) {
        if (message instanceof Message.Batch batch) {
            for (long seq = batch.from(); seq <= batch.to(); seq++) {
                if (!store().durable().covers(batch.origin(), seq)) {
                    throw new Violation("D1: node " + number + " sends operation " + seq + " of " + name(batch.origin())
                            + " before it is durable");
                }
            }
        } else if (message instanceof Message.Ack ack && !store().durable().covers(ack.durable())) {
            throw new Violation("D2: node " + number + " acknowledges "
                    + ack.durable().since(store().durable()) + " before it is durable");
        } else if (message instanceof Message.Hello hello) {
            checkHeads(hello.heads());
        } else if (message instanceof Message.Heads heads) {
            checkHeads(heads.heads());
        }
    }

    private void checkHeads(List<Head> heads) {
        for (Head head : heads) {
            if (!store().durable().covers(head.origin(), head.seq())) {
                throw new Violation("D2: node " + number + " names operation " + head.seq() + " of "
                        + name(head.origin()) + " before it is durable");
            }
        }
    }

    /** False if another session has brought another history of that origin. */
    private boolean apply(Arrival arrival) {
        ChangeSet changeSet = arrival.operation().changeSet();
        NodeStore open = store();
        if (!arrival.continues(open.applied(), open)) {
            return false;
        }
        if (world.faults().deduplicates() && open.applied().covers(changeSet.origin(), changeSet.seq())) {
            return true;
        }
        if (HybridClock.isAhead(changeSet.hlc(), wallMillis(), world.limits().driftMillisMax())) {
            throw new Violation("K1: node " + number + " applies " + name(changeSet) + " before its time");
        }
        VersionVector before = open.applied();
        long previous = before.seq(changeSet.origin());
        long mark = open.after(open.of(changeSet.origin(), Math.min(previous, changeSet.seq() - 1)), changeSet);
        world.ledger().applied(mark, before);
        open.append(changeSet);
        open.table().apply(changeSet);
        world.trace(() -> "node " + number + " applies " + name(changeSet));
        forceSoon();
        return true;
    }

    /** 2.8: the old origin ends where it is common with the peer; what came after is written again under a new one. */
    private void regressed(Effect.Regressed regressed) {
        world.trace(() -> "node " + number + " is behind itself after " + regressed.commonSeq());
        if (!world.faults().rotates()) {
            return;
        }
        List.copyOf(sessions.keySet()).forEach(world.wires()::close);
        List<ChangeSet> dropped = store().begin(newOrigin(), regressed.origin(), regressed.commonSeq());
        told = VersionVector.EMPTY;
        publishDurable();
        world.rotated(number);
        for (ChangeSet changeSet : dropped) {
            write(author -> {
                List<RowChange> changes = new ArrayList<>();
                changeSet.changes().forEach(change -> store().table().rewrite(change, author, changes));
                return changes;
            });
        }
    }

    private static String name(OriginId origin) {
        return "O" + origin.low() + "/" + Long.toHexString(origin.high() >>> 48);
    }

    private static String name(ChangeSet changeSet) {
        return name(changeSet.origin()) + ":" + changeSet.seq() + " " + changeSet.stamp();
    }
}
