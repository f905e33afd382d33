package io.blazedb.internal.link;

import io.blazedb.internal.capture.TransactionRecord;
import io.blazedb.internal.node.LogEntry;
import io.blazedb.internal.node.NodeState;
import io.blazedb.internal.node.RemoteRecord;
import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.internal.log.LogReader;
import io.blazedb.sync.internal.log.LogRecord;
import io.blazedb.sync.internal.log.OperationLog;
import io.blazedb.sync.internal.log.RecordType;
import java.nio.ByteBuffer;
import java.util.List;

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
        Disowned disowned = new Disowned(host.facts());
        try (LogReader reader = log.reader(Math.max(from, log.firstLsn()))) {
            for (LogRecord record = reader.next(); record != null; record = reader.next()) {
                if (record.type() == RecordType.TXN_LOCAL || record.type() == RecordType.BASE) {
                    TransactionRecord head = TransactionRecord.read(new LogEntry(log, record).payload());
                    state.replayedOwn(record.lsn(), head.seq(), head.hlc());
                } else if (record.type() == RecordType.TXN_REMOTE) {
                    long lsn = record.lsn();
                    RemoteRecord remote = RemoteRecord.read(new LogEntry(log, record));
                    List<ChangeSet> counting = remote.changeSets().stream()
                            .filter(changeSet -> !disowned.has(changeSet, lsn))
                            .toList();
                    state.replayed(lsn, new RemoteRecord(remote.from(), counting, List.of()));
                }
            }
        }
    }
}
