package io.blazedb.internal.apply;

import io.blazedb.internal.capture.CaptureSession;
import io.blazedb.internal.capture.CommitLog;
import io.blazedb.internal.capture.RemoteBatch;
import io.blazedb.internal.node.RemoteRecord;
import io.blazedb.internal.node.VersionIndex;
import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.NodeId;
import io.blazedb.sync.internal.log.RecordType;
import java.util.ArrayList;
import java.util.List;
import org.h2.api.ErrorCode;
import org.h2.engine.SessionLocal;
import org.h2.message.DbException;

/**
 * Commits what the applier's transaction has merged, if its rows are still those that it looked up. Rows that were
 * there are locked; those that were not may have been inserted by others. For the applier's thread.
 */
final class BatchCommits {
    private final SessionLocal session;
    private final CaptureSession capture;
    private final CommitLog commits;
    private final VersionIndex index;
    private final Targets targets;
    private final AbsentRows absent;

    BatchCommits(
            SessionLocal session,
            CaptureSession capture,
            CommitLog commits,
            VersionIndex index,
            Targets targets,
            AbsentRows absent) {
        this.session = session;
        this.capture = capture;
        this.commits = commits;
        this.index = index;
        this.targets = targets;
        this.absent = absent;
    }

    /** Commits change sets, or none, with the states that rows have after them. */
    void commit(RecordType type, NodeId from, List<ChangeSet> changeSets, Runnable appended) {
        List<RemoteRecord.StateBytes> states = new ArrayList<>();
        for (Target target : targets.all()) {
            if (target.isChanged()) {
                states.add(index.stateBytes(target.table(), target.key(), target.state()));
            }
        }
        absent.finish(states);
        commit(RemoteBatch.of(type, new RemoteRecord(from, changeSets, states).toBytes(), appended));
    }

    /**
     * Commits a batch. Rows that no lock protects are looked at once more while nobody else commits; those inserted by
     * this transaction keep others out.
     *
     * @throws DbException with the code of a lock's timeout when one of them is another one now
     */
    void commit(RemoteBatch batch) {
        if (!targets.isAnyUnguarded()) {
            commitNow(batch);
            return;
        }
        commits.cutAlone().lock();
        try {
            commitNow(batch);
        } finally {
            commits.cutAlone().unlock();
        }
    }

    private void commitNow(RemoteBatch batch) {
        if (targets.isAnyOverrun()) {
            throw DbException.get(ErrorCode.LOCK_TIMEOUT_1, "a row that was inserted meanwhile");
        }
        if (session.hasPendingTransaction()) {
            capture.remote(batch);
            session.commit(false);
        } else {
            commits.appendWithoutEffect(batch);
        }
    }
}
