package io.blazedb.sync.internal.simulation;

import io.blazedb.sync.Dependency;
import java.util.List;

/** 2.8: where two histories of one origin meet, both sides know and have stopped exchanging it. */
final class ForkCheck {
    private ForkCheck() {}

    static void all(World world) {
        List<SimulatedNode> up = world.up();
        for (SimulatedNode one : up) {
            for (SimulatedNode other : up) {
                if (one.number() < other.number() && world.wires().isLinked(one.number(), other.number())) {
                    check(one, other);
                }
            }
        }
    }

    private static void check(SimulatedNode one, SimulatedNode other) {
        for (Dependency head : one.store().applied().entries()) {
            long common = Math.min(head.seq(), other.store().applied().seq(head.origin()));
            boolean same =
                    one.store().of(head.origin(), common) == other.store().of(head.origin(), common);
            boolean known = one.store().frozen().contains(head.origin())
                    && other.store().frozen().contains(head.origin());
            if (!same && !known) {
                throw new Violation("I9: nodes " + one.number() + " and " + other.number() + " have two histories of "
                        + head.origin() + " and do not know it");
            }
        }
    }
}
