package io.blazedb.internal.apply;

import io.blazedb.internal.node.VersionIndex;
import io.blazedb.sync.internal.log.OperationLog;
import java.util.concurrent.TimeUnit;
import org.h2.api.ErrorCode;
import org.h2.message.DbException;

/** Brings the index of versions up to the commits that a transaction of the applier has to know. For its thread. */
final class CatchUp {
    private static final int WAIT_MILLIS_MAX = 50;
    private static final long NOT_YET = -1;

    private final OperationLog log;
    private final VersionIndex index;
    private long upTo = NOT_YET;
    private long begun = NOT_YET;
    private long end = NOT_YET;

    CatchUp(OperationLog log, VersionIndex index) {
        this.log = log;
        this.index = index;
    }

    /** Another transaction begins. */
    void begin() {
        upTo = NOT_YET;
        end = NOT_YET;
        long now = log.endLsn();
        begun = log.visibleEnd() == now ? now : NOT_YET;
    }

    /** Brings the index up to every commit that can have changed a row that is locked now. */
    void run() {
        end = log.endLsn();
        upTo = upTo == NOT_YET ? end : upTo;
        try {
            if (log.visibleEnd() < end && !log.awaitVisible(end - 1, TimeUnit.MILLISECONDS.toNanos(WAIT_MILLIS_MAX))) {
                throw DbException.get(ErrorCode.LOCK_TIMEOUT_1, "a commit or a change of the schema that is under way");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw DbException.get(ErrorCode.LOCK_TIMEOUT_1, e, "interrupted");
        }
        index.bringTo(end);
    }

    /** Whether nobody has committed, or was about to, between the beginning and the last {@link #run}. */
    boolean wasUndisturbed() {
        return begun == end;
    }

    /** Whether nobody has committed since the last {@link #run}. */
    boolean isUndisturbed() {
        return log.endLsn() == end;
    }

    /** Every commit before this position was known when the transaction first looked anything up. */
    long upTo() {
        return upTo;
    }
}
