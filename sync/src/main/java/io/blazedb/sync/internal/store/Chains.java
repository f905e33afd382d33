package io.blazedb.sync.internal.store;

import io.blazedb.sync.Dependency;
import io.blazedb.sync.FrameBatch;
import io.blazedb.sync.FrameHead;
import io.blazedb.sync.FrameStoreFailedException;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.internal.log.LogReader;
import io.blazedb.sync.internal.log.LogRecord;
import io.blazedb.sync.internal.log.OperationLog;
import io.blazedb.sync.internal.wire.MalformedException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The chains of all origins, rebuilt from the log when it is opened. Changed under the log's append lock only. */
final class Chains {
    private final Map<OriginId, OriginChain> byOrigin = new ConcurrentSkipListMap<>();

    @Nullable
    OriginChain find(OriginId origin) {
        return byOrigin.get(origin);
    }

    OriginChain make(OriginId origin) {
        return byOrigin.computeIfAbsent(origin, OriginChain::new);
    }

    int count() {
        return byOrigin.size();
    }

    /** By origin. */
    List<FrameHead> heads() {
        return byOrigin.values().stream().map(OriginChain::head).toList();
    }

    long liveBytes() {
        return byOrigin.values().stream().mapToLong(OriginChain::liveBytes).sum();
    }

    /** Below this LSN no frame is needed. */
    long neededFrom(long end) {
        return byOrigin.values().stream()
                .mapToLong(chain -> chain.neededFrom(end))
                .min()
                .orElse(end);
    }

    /** Of an origin that is not here a record that comes later tells. */
    void cut(List<Dependency> upTo) {
        for (Dependency cut : upTo) {
            OriginChain chain = find(cut.origin());
            if (chain != null) {
                chain.cut(cut.seq());
            }
        }
    }

    /** Reads all records of a log that was just opened. */
    static Chains read(OperationLog log) {
        Chains chains = new Chains();
        try (LogReader reader = log.recoveryReader(log.firstLsn())) {
            for (LogRecord record = reader.next(); record != null; record = reader.next()) {
                chains.read(record);
            }
        }
        return chains;
    }

    private void read(LogRecord record) {
        try {
            switch (record.type()) {
                case FRAMES ->
                    readFrames(FrameRecords.readFrames(record.payload()).batch(), record.lsn());
                case FACT -> cut(FrameRecords.readCuts(record.payload()));
                case BASE -> {
                    for (FrameHead head : FrameRecords.readHeads(record.payload())) {
                        readHead(head);
                    }
                }
                default ->
                    throw new MalformedException("record of type " + record.type()
                            + " (expected: FRAMES, FACT or BASE; is it the log of a database?)");
            }
        } catch (MalformedException e) {
            throw new FrameStoreFailedException(
                    "The frames at LSN " + record.lsn() + " cannot be read: " + e.getMessage()
                            + ". Remedy: start the version that wrote them, or put back a backup",
                    e);
        }
    }

    private void readFrames(FrameBatch batch, long lsn) throws MalformedException {
        OriginChain chain = find(batch.origin());
        if (chain == null) {
            chain = make(batch.origin());
            chain.beginAfter(batch.from() - 1, batch.previous());
        }
        FrameHead head = chain.head();
        requireNext(batch, head);
        chain.appended(batch, lsn);
    }

    private static void requireNext(FrameBatch batch, FrameHead head) throws MalformedException {
        if (batch.from() != head.seq() + 1 || !batch.previous().equals(head.hash())) {
            throw new MalformedException(batch + " (expected: to follow on frame " + head.seq() + ")");
        }
    }

    /** Tells of an origin whose frames may be gone from the log, all or the first of them. */
    private void readHead(FrameHead told) throws MalformedException {
        OriginChain chain = find(told.origin());
        if (chain == null) {
            chain = make(told.origin());
            chain.beginAfter(told.seq(), told.hash());
        }
        FrameHead head = chain.head();
        if (head.seq() != told.seq() || !head.hash().equals(told.hash())) {
            throw new MalformedException("head " + told.seq() + " of " + told.origin() + " (expected: " + head.seq()
                    + ", which the frames before it end with)");
        }
        chain.cut(told.cut());
    }
}
