package io.blazedb.internal.link;

import io.blazedb.internal.capture.TransactionRecord;
import io.blazedb.internal.node.LogEntry;
import io.blazedb.internal.node.NodeState;
import io.blazedb.internal.node.RemoteRecord;
import io.blazedb.sync.internal.log.LogReader;
import io.blazedb.sync.internal.log.LogRecord;
import io.blazedb.sync.internal.log.OperationLog;
import io.blazedb.sync.internal.log.RecordType;
import java.nio.ByteBuffer;

/** The numbers of a node as the log says them after the last checkpoint that had them. */
final class Replay {
    static final String SAVED_AT = "node.savedAt";

    private Replay() {}

    /** Where the numbers of the last checkpoint that had them are from; another checkpoint may have come since. */
    static long savedAt(LinkedNode.Host host, NodeState state) {
        byte[] saved = host.engine().state().get(SAVED_AT);
        return saved == null ? state.firstPosition() : ByteBuffer.wrap(saved).getLong();
    }

    static void run(LinkedNode.Host host, NodeState state, long from) {
        OperationLog log = host.log();
        try (LogReader reader = log.reader(Math.max(from, log.firstLsn()))) {
            for (LogRecord record = reader.next(); record != null; record = reader.next()) {
                if (record.type() == RecordType.TXN_LOCAL || record.type() == RecordType.BASE) {
                    TransactionRecord head = TransactionRecord.read(new LogEntry(log, record).payload());
                    state.replayedOwn(record.lsn(), head.seq(), head.hlc());
                } else if (record.type() == RecordType.TXN_REMOTE) {
                    state.replayed(record.lsn(), RemoteRecord.read(new LogEntry(log, record)));
                }
            }
        }
    }
}
