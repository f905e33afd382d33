package io.blazedb.sync.internal.simulation;

import io.blazedb.sync.Dependency;
import io.blazedb.sync.VersionVector;
import java.util.List;

/**
 * 2.8: where two histories of one origin meet, both sides know and have stopped exchanging it; and what was given up
 * although others follow on it has come back from whoever has it.
 */
final class ForkCheck {
    private ForkCheck() {}

    static void all(World world) {
        List<SimulatedNode> up = world.up();
        for (SimulatedNode one : up) {
            causesCameBack(one, up);
            for (SimulatedNode other : up) {
                if (one.number() < other.number() && world.wires().isLinked(one.number(), other.number())) {
                    check(one, other);
                }
            }
        }
    }

    private static void causesCameBack(SimulatedNode node, List<SimulatedNode> up) {
        for (VersionVector missing : node.store().missing().values()) {
            for (Dependency cause : missing.since(node.store().applied())) {
                boolean somewhere =
                        up.stream().anyMatch(each -> each.store().applied().covers(cause));
                boolean frozen =
                        up.stream().anyMatch(each -> each.store().frozen().contains(cause.origin()));
                if (somewhere && !frozen) {
                    throw new Violation("I5: node " + node.number() + " goes on without " + cause);
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
