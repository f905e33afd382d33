package io.blazedb.internal.link;

import io.blazedb.internal.apply.VoidRow;
import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.sync.OriginId;
import java.util.List;

/**
 * Ends an origin of a node's own at the last operation that others have too, and writes what came after it again under
 * a new one. That takes many records: a fact says what is being done until the last one is there, so that a crash in
 * between is made good before the node meets anybody. For one thread.
 */
final class Ending {
    private static final String UNFINISHED = "node.ending.";

    private final LinkedNode node;
    private final OriginId origin;
    private final Plan plan;

    /**
     * What has to be known to do it, and to finish it.
     *
     * @param last the last operation that stays what it is
     * @param lastClock its clock
     * @param firstClock clock of the first operation that is written again; 0 when there is none
     * @param position of the log where it began
     */
    private record Plan(long last, long lastClock, long firstClock, long position) {
        static Plan read(byte[] bytes) {
            RecordInput in = new RecordInput(bytes);
            return new Plan(in.readVarint(), in.readLong(), in.readLong(), in.readLong());
        }

        byte[] toBytes() {
            RecordBuffer out = new RecordBuffer(4 * Long.BYTES);
            out.putVarint(last);
            out.putLong(lastClock);
            out.putLong(firstClock);
            out.putLong(position);
            return out.toByteArray();
        }
    }

    private Ending(LinkedNode node, OriginId origin, Plan plan) {
        this.node = node;
        this.origin = origin;
        this.plan = plan;
    }

    /** Answers how many rows were written again. */
    static int end(LinkedNode node, OriginId origin, long last) {
        int[] again = new int[1];
        alone(node, () -> {
            Plan plan = new Plan(
                    last,
                    last == 0 ? 0 : node.state().history().floor(origin, last),
                    LoggedClocks.own(node, origin, last + 1),
                    node.log().endLsn());
            node.facts().put(UNFINISHED + origin, plan.toBytes());
            again[0] = new Ending(node, origin, plan).run();
        });
        return again[0];
    }

    /** Does the rest of what a crash broke off. */
    static void finish(LinkedNode node) {
        node.facts().startingWith(UNFINISHED).forEach((name, bytes) -> {
            OriginId origin = OriginId.parse(name);
            if (node.state().wholeOrigins().contains(origin)) {
                node.facts().remove(UNFINISHED + origin); // it had not begun: whoever asked for it will again
            } else {
                Ending ending = new Ending(node, origin, Plan.read(bytes));
                alone(node, () -> ending.writeAgain(ending.rows()));
            }
        });
    }

    private static void alone(LinkedNode node, Runnable work) {
        node.applier().undisturbed(() -> {
            node.host().commits().cutAlone().lock();
            try {
                work.run();
            } finally {
                node.host().commits().cutAlone().unlock();
            }
        });
    }

    private int run() {
        List<VoidRow> rows = rows();
        node.origins().cut(origin, plan.last());
        writeAgain(rows);
        return rows.size();
    }

    private List<VoidRow> rows() {
        return new VoidOperations(node, origin, plan.last()).rows();
    }

    /** Peers are told to let go of the operations when all of them have been written again. */
    private void writeAgain(List<VoidRow> rows) {
        new Reissue(node, origin, plan.lastClock()).write(rows);
        node.log().appendLock().lock();
        try {
            if (plan.firstClock() != 0) {
                node.forks().disowned().add(origin, plan.last(), plan.firstClock(), plan.position());
            }
            node.facts().remove(UNFINISHED + origin);
        } finally {
            node.log().appendLock().unlock();
        }
    }
}
