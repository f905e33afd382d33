package io.blazedb.internal.link;

import io.blazedb.internal.node.LogEntry;
import io.blazedb.internal.node.NodeState;
import io.blazedb.internal.node.RemoteRecord;
import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.internal.log.LogReader;
import io.blazedb.sync.internal.log.LogRecord;
import io.blazedb.sync.internal.log.RecordType;
import io.blazedb.sync.internal.session.Clocks;
import java.util.HashMap;
import java.util.Map;

/** The clocks of an origin's operations, by their numbers, as far as the log of a node has them. Stateless. */
final class LoggedClocks {
    private LoggedClocks() {}

    /** Which of the operations of an origin in a log. */
    private interface Wanted {
        /** @param own whether the node wrote it */
        boolean is(boolean own, long seq);
    }

    /** What is remembered, and what the log has; without operations that do not count under their names. */
    static Clocks of(LinkedNode node, OriginId origin) {
        NodeState state = node.state();
        Map<Long, Long> clocks =
                read(node, origin, node.log().endLsn(), (own, seq) -> !own || !state.isCut(origin, seq));
        return seq -> {
            long exact = state.history().exact(origin, seq);
            return exact != 0 ? exact : clocks.getOrDefault(seq, 0L);
        };
    }

    /** The clock of an operation that the node wrote, whether it counts or not; 0 when the log does not have it. */
    static long own(LinkedNode node, OriginId origin, long wanted) {
        return read(node, origin, node.log().endLsn(), (own, seq) -> own && seq == wanted)
                .getOrDefault(wanted, 0L);
    }

    /** How many operations of an own origin the log has before a position; 0 when it does not reach back so far. */
    static long ownSeq(LinkedNode node, OriginId origin, long lsn) {
        return read(node, origin, lsn, (own, seq) -> own).keySet().stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    private static Map<Long, Long> read(LinkedNode node, OriginId origin, long until, Wanted wanted) {
        Map<Long, Long> clocks = new HashMap<>();
        try (LogReader log = node.log().reader(node.firstOperation())) {
            for (LogRecord record = log.next(); record != null && record.lsn() < until; record = log.next()) {
                boolean own = node.state().originAt(record.lsn()).id().equals(origin);
                boolean local = record.type() == RecordType.TXN_LOCAL || record.type() == RecordType.BASE;
                if (local && own) {
                    var head = new LogEntry(node.log(), record).transaction().head();
                    if (wanted.is(true, head.seq())) {
                        clocks.put(head.seq(), head.hlc());
                    }
                } else if (record.type() == RecordType.TXN_REMOTE) {
                    for (ChangeSet set :
                            RemoteRecord.read(new LogEntry(node.log(), record)).changeSets()) {
                        boolean counts =
                                set.origin().equals(origin) && !node.disowned().has(set, record.lsn());
                        if (counts && wanted.is(own, set.seq())) {
                            clocks.put(set.seq(), set.hlc());
                        }
                    }
                }
            }
        }
        return clocks;
    }
}
