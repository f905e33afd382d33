package io.blazedb.sync.internal.simulation;

import io.blazedb.sync.OriginId;
import io.blazedb.sync.VersionVector;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What happens to a world: who is linked to whom, who writes when, and what fails. */
final class Weather {
    private static final int HOUR_MILLIS = 3_600_000;

    private enum Event {
        KILL,
        POWER_CUT,
        LYING_DISK,
        ROLLBACK,
        PARTITION,
        ONE_WAY_PARTITION,
        CLOCK_JUMP,
        UNLINK,
        LEAVE
    }

    private final World world;
    private final Dice dice;
    private final Map<Integer, Boolean> down = new HashMap<>();
    private final Set<Integer> untrusted = new HashSet<>();
    private int rolledBack = -1;
    private boolean mayRollBack = true;

    Weather(World world) {
        this.world = world;
        this.dice = world.dice();
        link();
    }

    /** Star, chain, mesh, or a tree at random. */
    private void link() {
        int form = dice.roll(4);
        int count = world.nodes().size();
        for (int i = 1; i < count; i++) {
            for (int j = 0; j < i; j++) {
                boolean linked = switch (form) {
                    case 0 -> j == 0;
                    case 1 -> j == i - 1;
                    case 2 -> true;
                    default -> false;
                };
                if (linked) {
                    world.wires().link(i, j);
                }
            }
            if (form == 3) {
                world.wires().link(i, dice.roll(i));
            }
        }
    }

    void plan() {
        int commits = dice.between(10, 50);
        for (int i = 0; i < commits; i++) {
            SimulatedNode node = dice.pick(world.nodes());
            world.at(dice.roll(World.STORM_MILLIS), () -> {
                if (node.isUp()) {
                    node.commit();
                }
            });
        }
        for (SimulatedNode node : world.nodes()) {
            node.skew(dice.percent(30) ? dice.between(-HOUR_MILLIS, HOUR_MILLIS) : 0);
        }
        int events = dice.percent(20) ? 0 : dice.roll(9);
        for (int i = 0; i < events; i++) {
            Event event = dice.pick(List.of(Event.values()));
            SimulatedNode node = dice.pick(world.nodes());
            world.at(dice.roll(World.STORM_MILLIS), () -> happen(event, node));
        }
    }

    private void happen(Event event, SimulatedNode node) {
        if (!node.isUp()) {
            return;
        }
        switch (event) {
            case KILL -> kill(node);
            case POWER_CUT -> powerCut(node);
            case LYING_DISK -> lie(node);
            case ROLLBACK -> picture(node);
            case PARTITION -> partition(node, true);
            case ONE_WAY_PARTITION -> partition(node, false);
            case CLOCK_JUMP -> node.skew(dice.between(-HOUR_MILLIS, HOUR_MILLIS));
            case UNLINK -> unlink(node);
            case LEAVE -> leave(node);
        }
    }

    private void kill(SimulatedNode node) {
        world.trace(() -> "node " + node.number() + " is killed");
        node.stop(SimulatedDisk::image);
        restartLater(node, false);
    }

    /** Not while the node has files that were put back: what it wrote since is then no longer its own (N1). */
    private void powerCut(SimulatedNode node) {
        if (rolledBack == node.number()) {
            return;
        }
        world.trace(
                () -> "node " + node.number() + " loses power" + (node.disk().isLying() ? ", its disk lied" : ""));
        if (node.disk().isLying()) {
            untrusted.add(node.number());
            mayRollBack = false;
        }
        long seed = dice.any();
        node.stop(disk -> disk.afterPowerCut(seed));
        restartLater(node, true);
    }

    private void restartLater(SimulatedNode node, boolean freshOrigin) {
        down.put(node.number(), freshOrigin);
        world.at(world.now() + dice.between(50, 15_000), () -> restart(node));
    }

    private void restart(SimulatedNode node) {
        Boolean freshOrigin = down.remove(node.number());
        if (freshOrigin != null) {
            node.start(freshOrigin);
            untrusted.remove(node.number());
        }
    }

    private void lie(SimulatedNode node) {
        if (rolledBack >= 0) {
            return;
        }
        node.disk().lie();
        mayRollBack = false;
        SimulatedDisk disk = node.disk();
        world.at(world.now() + dice.between(500, 10_000), () -> {
            if (node.isUp() && node.disk() == disk) {
                powerCut(node);
            }
        });
    }

    /** Takes a picture of the disk, and puts it back later: the machine goes on as if nothing had been since. */
    private void picture(SimulatedNode node) {
        if (!mayRollBack || rolledBack >= 0) {
            return;
        }
        SimulatedDisk picture = node.disk().image();
        OriginId own = node.store().own();
        long seq = node.store().applied().seq(own);
        world.at(world.now() + dice.between(1_000, 20_000), () -> {
            if (node.isUp() && mayRollBack && rolledBack < 0 && (world.hasForks() || isFair(node, own, seq))) {
                rollBack(node, picture);
            }
        });
    }

    /**
     * Whether all others have on their disks what the node is about to forget of its own, or nobody has any of it.
     * Otherwise it could write the same numbers again and give them to somebody before it meets one who knows better:
     * a fork, which freezes the origin and leaves rows to be compared.
     */
    private boolean isFair(SimulatedNode node, OriginId own, long seq) {
        if (!node.store().own().equals(own)) {
            return false;
        }
        long last = node.store().applied().seq(own);
        boolean everyone = true;
        boolean nobody = true;
        for (SimulatedNode other : world.nodes()) {
            if (other != node) {
                VersionVector there = world.ledger().durable(other.number());
                everyone &= there.seq(own) == last;
                nobody &= other.isUp() && other.store().applied().seq(own) <= seq && there.seq(own) <= seq;
            }
        }
        return everyone || nobody;
    }

    private void rollBack(SimulatedNode node, SimulatedDisk picture) {
        world.trace(() -> "the files of node " + node.number() + " are put back");
        rolledBack = node.number();
        mayRollBack = false;
        node.stop(disk -> picture);
        world.ledger().durable(node.number(), VersionVector.EMPTY);
        node.start(false);
    }

    void rotated(int node) {
        if (rolledBack == node) {
            rolledBack = -1;
        }
    }

    boolean mayLose(int node) {
        return untrusted.contains(node);
    }

    private void partition(SimulatedNode node, boolean bothWays) {
        int millis = dice.between(1_000, 40_000);
        for (SimulatedNode other : world.nodes()) {
            if (other != node && dice.percent(60)) {
                block(node.number(), other.number(), millis);
                if (bothWays) {
                    block(other.number(), node.number(), millis);
                }
            }
        }
    }

    private void block(int from, int to, int millis) {
        world.trace(() -> "nothing gets from " + from + " to " + to);
        world.wires().block(from, to);
        world.at(world.now() + millis, () -> world.wires().unblock(from, to));
    }

    private void unlink(SimulatedNode node) {
        SimulatedNode other = dice.pick(world.nodes());
        if (other != node) {
            boolean linked = world.wires().isLinked(node.number(), other.number());
            world.trace(() -> "nodes " + node.number() + " and " + other.number() + (linked ? " part" : " are linked"));
            if (linked) {
                world.wires().unlink(node.number(), other.number());
            } else {
                world.wires().link(node.number(), other.number());
            }
        }
    }

    /** Two nodes at least stay. */
    private void leave(SimulatedNode node) {
        long left = world.nodes().stream().filter(each -> !each.isGone()).count();
        if (left > 2 && rolledBack != node.number()) {
            world.trace(() -> "node " + node.number() + " is gone for ever");
            mayRollBack = false;
            node.stop(SimulatedDisk::image);
            node.leave();
        }
    }

    /** Repairs everything; who is left is linked. */
    void heal() {
        world.wires().heal();
        int previous = -1;
        for (SimulatedNode node : world.nodes()) {
            node.skew(0);
            restart(node);
            if (node.isUp()) {
                if (previous >= 0) {
                    world.wires().link(previous, node.number());
                }
                previous = node.number();
            }
        }
        for (SimulatedNode node : world.up()) {
            List.copyOf(node.sessions().keySet()).forEach(world.wires()::close);
        }
    }
}
