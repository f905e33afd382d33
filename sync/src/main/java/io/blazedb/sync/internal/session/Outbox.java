package io.blazedb.sync.internal.session;

import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.VersionVector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What one peer has been sent and what is next: operations in the order of the log, which is causal, as many as the
 * peer's window admits. Used by one session.
 */
final class Outbox {
    /** Sent and not acknowledged. */
    private record Flying(OriginId origin, long seq, int bytes) {}

    private final SessionLimits limits;
    private final Marks marks;
    private final Map<OriginId, Long> sent = new TreeMap<>();
    private final Map<OriginId, Long> pulledTo = new TreeMap<>();
    private final Deque<Flying> flying = new ArrayDeque<>();
    private long flyingBytes;
    private int windowOperations;
    private long windowBytes;
    private long position;
    private long readFrom;
    private boolean reading;
    private boolean rewound;

    Outbox(SessionLimits limits, Marks marks) {
        this.limits = limits;
        this.marks = marks;
    }

    void window(int operations, long bytes) {
        windowOperations = operations;
        windowBytes = bytes;
    }

    /** The peer has these operations and all before them. */
    void acknowledged(OriginId origin, long seq) {
        if (seq > sentTo(origin)) {
            sent.put(origin, seq);
        }
        flying.removeIf(each -> {
            boolean there = each.seq <= seq && each.origin.equals(origin);
            flyingBytes -= there ? each.bytes : 0;
            return there;
        });
    }

    /** The peer lacks what it was sent from there on. */
    void rewind(OriginId origin, long from, long to) {
        sent.put(origin, Math.min(sentTo(origin), from - 1));
        pulledTo.merge(origin, to, Math::max);
        flying.removeIf(each -> {
            boolean lost = each.seq >= from && each.origin.equals(origin);
            flyingBytes -= lost ? each.bytes : 0;
            return lost;
        });
        position = 0;
        rewound = reading;
    }

    /** What to read next, if something is to be sent and may be. */
    Optional<Effect> next(VersionVector sendable, Set<OriginId> frozen) {
        if (reading) {
            return Optional.empty();
        }
        boolean waiting = false;
        long pulled = 0;
        VersionVector known = VersionVector.EMPTY;
        for (Map.Entry<OriginId, Long> entry : sent.entrySet()) {
            if (entry.getValue() > 0) {
                known = known.with(entry.getKey(), entry.getValue());
            }
        }
        for (OriginId origin : frozen) {
            known = known.with(origin, Long.MAX_VALUE);
        }
        for (var entry : sendable.since(known)) {
            waiting = true;
            long from = sentTo(entry.origin());
            pulled += Math.max(0, Math.min(entry.seq(), pulledTo.getOrDefault(entry.origin(), 0L)) - from);
        }
        long room = Math.max(pulled, flyingBytes < windowBytes ? windowOperations - flying.size() : 0);
        if (!waiting || room <= 0) {
            return Optional.empty();
        }
        reading = true;
        readFrom = position;
        int operations = (int) Math.min(limits.batchOperationsMax(), room);
        return Optional.of(new Effect.Read(position, known, sendable, operations, limits.batchBytesMax()));
    }

    /** Makes batches of what was read; it all fits, since no more was asked for. */
    List<Effect> batches(List<Operation> operations, long end, Set<OriginId> frozen) {
        reading = false;
        boolean stale = rewound;
        rewound = false;
        position = stale ? 0 : end;
        List<Effect> effects = new ArrayList<>();
        List<Operation> run = new ArrayList<>();
        for (Operation operation : operations) {
            ChangeSet changeSet = operation.changeSet();
            long after = sentTo(changeSet.origin());
            if (changeSet.seq() <= after || frozen.contains(changeSet.origin())) {
                continue;
            }
            if (changeSet.seq() > after + 1) {
                flush(run, effects);
                return gap(changeSet.origin(), after + 1, stale, effects);
            }
            if (!run.isEmpty() && !run.get(0).changeSet().origin().equals(changeSet.origin())) {
                flush(run, effects);
            }
            run.add(operation);
            sent.put(changeSet.origin(), changeSet.seq());
            flying.add(new Flying(changeSet.origin(), changeSet.seq(), operation.bytes()));
            flyingBytes += operation.bytes();
        }
        flush(run, effects);
        return effects;
    }

    /** Nothing was read although something is missing at the peer: it lies further back, or is gone. */
    List<Effect> nothingRead(VersionVector sendable, Set<OriginId> frozen) {
        for (var entry : sendable.entries()) {
            long next = sentTo(entry.origin()) + 1;
            if (entry.seq() >= next && !frozen.contains(entry.origin())) {
                return gap(entry.origin(), next, false, new ArrayList<>());
            }
        }
        return List.of();
    }

    private List<Effect> gap(OriginId origin, long missing, boolean stale, List<Effect> effects) {
        if (readFrom == 0 && !stale) {
            effects.add(new Effect.NeedsCopy(origin, missing));
        }
        position = 0;
        return effects;
    }

    private void flush(List<Operation> run, List<Effect> effects) {
        if (!run.isEmpty()) {
            ChangeSet first = run.get(0).changeSet();
            long previous = marks.of(first.origin(), first.seq() - 1);
            effects.add(new Effect.Send(new Message.Batch(previous, run)));
            run.clear();
        }
    }

    private long sentTo(OriginId origin) {
        return sent.getOrDefault(origin, 0L);
    }
}
