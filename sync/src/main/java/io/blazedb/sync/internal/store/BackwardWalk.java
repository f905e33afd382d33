package io.blazedb.sync.internal.store;

import io.blazedb.sync.FrameBatch;
import io.blazedb.sync.FrameStoreFailedException;
import io.blazedb.sync.internal.log.LogReader;
import io.blazedb.sync.internal.log.LogRecord;
import io.blazedb.sync.internal.log.OperationLog;
import io.blazedb.sync.internal.log.RecordType;
import io.blazedb.sync.internal.wire.MalformedException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Finds the batch that has a frame from a later batch of the same origin: each says where the one before it is. */
final class BackwardWalk {
    private BackwardWalk() {}

    /** The batches from the one with this frame to the one at this LSN, in order. */
    static List<FrameBatch> from(OperationLog log, long lsn, long seq) {
        Deque<FrameBatch> walked = new ArrayDeque<>();
        FrameRecords.Stored stored = read(log, lsn);
        walked.push(stored.batch());
        while (stored.batch().from() > seq) {
            FrameBatch later = stored.batch();
            stored = read(log, stored.before());
            FrameBatch batch = stored.batch();
            if (!batch.origin().equals(later.origin()) || batch.to() != later.from() - 1) {
                throw new FrameStoreFailedException("Before " + later + " stand " + batch
                        + " (expected: the ones before them). Remedy: put back a backup");
            }
            walked.push(batch);
        }
        return List.copyOf(walked);
    }

    private static FrameRecords.Stored read(OperationLog log, long lsn) {
        try (LogReader reader = log.reader(lsn)) {
            LogRecord record = reader.next();
            if (record == null || record.type() != RecordType.FRAMES) {
                throw new FrameStoreFailedException("No frames at LSN " + lsn + " (expected: a batch)");
            }
            return FrameRecords.readFrames(record.payload());
        } catch (MalformedException e) {
            throw new FrameStoreFailedException("The frames at LSN " + lsn + " cannot be read: " + e.getMessage(), e);
        }
    }
}
