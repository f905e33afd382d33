package io.blazedb.sync.internal.simulation;

import io.blazedb.sync.VersionVector;
import io.blazedb.sync.internal.session.SessionLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;

/**
 * Some nodes that write and exchange what they wrote, while disks, clocks, network and power fail; then everything is
 * repaired, and they must agree. One thread, one seed, no other source of chance.
 */
final class World {
    /** How long things fail. */
    static final int STORM_MILLIS = 60_000;

    /** More than clocks are ever apart: what was parked for its time is due after the repair. */
    private static final long REPAIR_MILLIS = 2 * 3_600_000L + 600_000;

    private static final long EPOCH_MILLIS = 1_700_000_000_000L;

    /** How long the repaired world may take until all nodes agree. */
    private static final int AGREEMENT_TICKS_MAX = 60;

    private record Event(long at, long order, Runnable task) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    private final Dice dice;
    private final Faults faults;
    private final boolean tracing;
    private final boolean forks;
    private final Ledger ledger;
    private final SessionLimits limits;
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final List<String> trace = new ArrayList<>();
    private final Wires wires;
    private final Weather weather;
    private long now;
    private long order;
    private long shiftMillis;
    private long values;

    World(long seed, Faults faults, boolean tracing) {
        this(seed, faults, tracing, false);
    }

    /** @param forks whether a node whose files were put back may tell others new operations with old numbers */
    World(long seed, Faults faults, boolean tracing, boolean forks) {
        this.forks = forks;
        this.dice = new Dice(seed);
        this.faults = faults;
        this.tracing = tracing;
        int count = dice.percent(60) ? 3 : dice.between(3, 7);
        this.ledger = new Ledger(count, forks);
        this.limits = rolledLimits();
        for (int i = 0; i < count; i++) {
            nodes.add(new SimulatedNode(i, this));
        }
        this.wires = new Wires(this);
        this.weather = new Weather(this);
    }

    private SessionLimits rolledLimits() {
        if (dice.percent(50)) {
            return SessionLimits.defaults();
        }
        int window = dice.between(1, 8);
        return new SessionLimits(
                window, dice.between(100, 5_000), dice.between(1, 8), 2_000, dice.between(1, 4), 500, 60_000, 3);
    }

    /** The whole life of the world. */
    void run() {
        nodes.forEach(node -> node.start(true));
        for (SimulatedNode node : nodes) {
            at(dice.roll(SimulatedNode.TICK_MILLIS), () -> tick(node));
        }
        weather.plan();
        while (now < STORM_MILLIS && !events.isEmpty()) {
            step();
        }
        weather.heal();
        shiftMillis = REPAIR_MILLIS;
        trace(() -> "everything is repaired");
        if (forks) {
            runTicks(AGREEMENT_TICKS_MAX / 3);
            ForkCheck.all(this);
        } else {
            awaitAgreement();
            new FinalChecks(this).all();
        }
    }

    private void awaitAgreement() {
        for (int tick = 0; tick < AGREEMENT_TICKS_MAX; tick++) {
            runTicks(1);
            if (agree()) {
                return;
            }
        }
        StringBuilder state = new StringBuilder("I1: the nodes do not agree:");
        for (SimulatedNode node : up()) {
            state.append("\n  ")
                    .append(node.number())
                    .append(": ")
                    .append(node.store().applied());
        }
        throw new Violation(state + "\n  promised: " + promised());
    }

    private void runTicks(int ticks) {
        long until = now + (long) ticks * SimulatedNode.TICK_MILLIS;
        while (!events.isEmpty() && events.element().at <= until) {
            step();
        }
    }

    /** While the last ones that lost their power start again, nobody does. */
    private boolean agree() {
        if (up().isEmpty()) {
            return false;
        }
        VersionVector promised = promised();
        VersionVector first = up().get(0).store().applied();
        return first.covers(promised)
                && up().stream()
                        .allMatch(node -> node.store().applied().equals(first)
                                && node.store().durable().equals(first));
    }

    VersionVector promised() {
        VersionVector promised = VersionVector.EMPTY;
        for (SimulatedNode node : up()) {
            promised = promised.join(ledger.durable(node.number()));
        }
        return promised;
    }

    private void step() {
        Event event = events.remove();
        now = event.at;
        event.task.run();
    }

    private void tick(SimulatedNode node) {
        if (node.isUp()) {
            wires.connect(node);
            node.tick();
        }
        at(now + SimulatedNode.TICK_MILLIS, () -> tick(node));
    }

    void at(long millis, Runnable task) {
        events.add(new Event(Math.max(now, millis), order++, task));
    }

    void trace(Supplier<String> line) {
        if (tracing) {
            trace.add(now + " " + line.get());
        }
    }

    List<String> traced() {
        return trace;
    }

    /** That node has begun a new origin because its files had been put back. */
    void rotated(int node) {
        weather.rotated(node);
    }

    boolean mayLose(int node) {
        return weather.mayLose(node);
    }

    boolean hasForks() {
        return forks;
    }

    long now() {
        return now;
    }

    long wallMillis() {
        return EPOCH_MILLIS + now + shiftMillis;
    }

    long nextValue() {
        values += SimulatedTable.COLUMNS;
        return values;
    }

    Dice dice() {
        return dice;
    }

    Faults faults() {
        return faults;
    }

    Ledger ledger() {
        return ledger;
    }

    SessionLimits limits() {
        return limits;
    }

    Wires wires() {
        return wires;
    }

    List<SimulatedNode> nodes() {
        return nodes;
    }

    List<SimulatedNode> up() {
        return nodes.stream().filter(SimulatedNode::isUp).toList();
    }

    SimulatedNode node(int number) {
        return nodes.get(number);
    }
}
