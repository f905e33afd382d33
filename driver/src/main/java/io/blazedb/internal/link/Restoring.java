package io.blazedb.internal.link;

import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.internal.node.SyncedTable;
import io.blazedb.sync.Dependency;
import io.blazedb.sync.OriginId;

/**
 * Has one peer give the values of columns that were dropped here and are here again. They are copied at once, and once
 * more when the peer has got everything that this node had written of them before. For the thread of a link; others may
 * ask whether it is done.
 */
final class Restoring {
    private static final String RESTORED = "restored.";

    private final Peer source;
    private final LinkedNode target;
    private final RowCopying copying;
    private final boolean bothWays;

    /** @param bothWays whether what the target writes reaches the source */
    Restoring(Peer source, LinkedNode target, RowCopying copying, boolean bothWays) {
        this.source = source;
        this.target = target;
        this.copying = copying;
        this.bothWays = bothWays;
    }

    private enum Done {
        NOT,
        ONCE,
        WHOLLY
    }

    /** Copies what has not been copied yet. Answers whether there was anything. */
    boolean run() throws InterruptedException {
        boolean any = false;
        for (Returned returned : target.schemas().returned()) {
            // What DDL put into the rows here is news, which the others' values must not cover.
            target.schemas().settle();
            Done done = done(returned);
            boolean whole = isWhole(returned);
            if (done == Done.NOT || (done == Done.ONCE && whole)) {
                copying.copyReturned(returned);
                showWhatIsKnown(returned.table());
                put(returned, whole ? Done.WHOLLY : Done.ONCE);
                any = true;
            }
        }
        return any;
    }

    private void showWhatIsKnown(int number) {
        SyncedTable table = target.tables().byNumber(number);
        if (table != null) {
            target.applier().schemaChanges().showWhatIsKnown(table);
        }
    }

    /** Whether everything that has returned has been copied whole. */
    boolean isDone() {
        return target.schemas().returned().stream().allMatch(this::isDone);
    }

    boolean isDone(Returned returned) {
        return done(returned) == Done.WHOLLY;
    }

    /** Whether this node's own writes have reached the peer, if they can: then no newer value is on its way. */
    private boolean isWhole(Returned returned) {
        if (!bothWays) {
            return true;
        }
        for (OriginId origin : target.state().ownOrigins()) {
            long seq = returned.vector().seq(origin);
            if (seq > 0 && !source.standing().vector().covers(new Dependency(origin, seq))) {
                return false;
            }
        }
        return true;
    }

    private Done done(Returned returned) {
        byte[] bytes = target.facts().get(nameOf(returned));
        if (bytes == null) {
            return Done.NOT;
        }
        RecordInput in = new RecordInput(bytes);
        long epoch = in.readVarint();
        Done done = in.readByte() == 1 ? Done.WHOLLY : Done.ONCE;
        return epoch == returned.epoch() ? done : Done.NOT;
    }

    private void put(Returned returned, Done done) {
        RecordBuffer out = new RecordBuffer(8);
        out.putVarint(returned.epoch());
        out.putByte(done == Done.WHOLLY ? 1 : 0);
        target.facts().put(nameOf(returned), out.toByteArray());
    }

    private String nameOf(Returned returned) {
        return RESTORED + source.nodeId() + "." + returned.table();
    }
}
