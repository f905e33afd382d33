package io.blazedb.sync.internal.session;

import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.HybridClock;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.VersionVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one peer has sent: leaves out what is known, and holds back what comes too early, until everything that it
 * follows on is there. Nothing is dropped because there is too much of it: the window closes. Used by one session.
 */
final class Inbox {
    private final SessionLimits limits;
    private final Marks marks;
    private final Admission admission;
    private final Map<OriginId, Long> handed = new TreeMap<>();
    private final Map<OriginId, Long> handedMarks = new TreeMap<>();
    private final Map<OriginId, NavigableMap<Long, Arrival>> parked = new TreeMap<>();
    private final Map<OriginId, Long> pulledTo = new TreeMap<>();
    private final Set<OriginId> forked = new TreeSet<>();
    private Standing standing;
    private int parkedOperations;
    private long parkedBytes;
    private boolean repeated;

    Inbox(Standing standing, SessionLimits limits, Marks marks, Admission admission) {
        this.standing = standing;
        this.limits = limits;
        this.marks = marks;
        this.admission = admission;
        advance(standing);
    }

    /** The node has got on; perhaps by what others sent. */
    void advance(Standing now) {
        standing = now;
        for (var entry : now.applied().entries()) {
            if (entry.seq() >= handedTo(entry.origin())) {
                handed.put(entry.origin(), entry.seq());
                handedMarks.remove(entry.origin());
                forget(entry.origin(), entry.seq());
            }
        }
        for (OriginId origin : now.frozen()) {
            forget(origin, Long.MAX_VALUE);
        }
    }

    private void forget(OriginId origin, long upTo) {
        NavigableMap<Long, Arrival> waiting = parked.get(origin);
        while (waiting != null
                && !waiting.isEmpty()
                && waiting.firstKey() <= upTo
                && admission.isKnown(origin, waiting.firstKey(), upTo)) {
            unpark(waiting.pollFirstEntry().getValue());
        }
    }

    /** Takes a batch in; {@link #release} says what of all that is here can be applied. */
    void offer(Message.Batch batch) {
        long previous = batch.previousMark();
        for (Operation operation : batch.operations()) {
            long mark = marks.after(previous, operation.changeSet());
            offer(new Arrival(operation, previous, mark));
            previous = mark;
        }
    }

    private void offer(Arrival arrived) {
        OriginId origin = arrived.operation().changeSet().origin();
        long seq = arrived.operation().changeSet().seq();
        if (standing.frozen().contains(origin)) {
            return;
        }
        if (admission.isKnown(origin, seq, handedTo(origin))) {
            repeated = true;
            if (standing.applied().covers(origin, seq) && marks.of(origin, seq) != arrived.mark()) {
                forked.add(origin);
            }
            return;
        }
        if (parked.computeIfAbsent(origin, absent -> new TreeMap<>()).putIfAbsent(seq, arrived) == null) {
            parkedOperations++;
            parkedBytes += arrived.operation().bytes();
        }
    }

    /** What can be applied now, in this order; it counts as applied from now on. */
    List<Arrival> release(long wallMillis) {
        List<Arrival> ready = new ArrayList<>();
        int before;
        do {
            before = ready.size();
            for (NavigableMap<Long, Arrival> waiting : parked.values()) {
                while (!waiting.isEmpty() && isReady(waiting.firstEntry().getValue(), wallMillis)) {
                    Arrival next = waiting.pollFirstEntry().getValue();
                    unpark(next);
                    hand(next);
                    ready.add(next);
                }
            }
        } while (ready.size() > before);
        return ready;
    }

    private boolean isReady(Arrival arrived, long wallMillis) {
        ChangeSet changeSet = arrived.operation().changeSet();
        OriginId origin = changeSet.origin();
        if (changeSet.seq() > handedTo(origin) + 1 || forked.contains(origin)) {
            return false;
        }
        if (changeSet.seq() == handedTo(origin) + 1 && arrived.previousMark() != lastMark(origin)) {
            forked.add(origin);
            return false;
        }
        return !HybridClock.isAhead(changeSet.hlc(), wallMillis, limits.driftMillisMax())
                && admission.hasDependencies(changeSet, this::handedTo)
                && hasWhatEarlierOnesFollowOn(origin);
    }

    /** An operation names only what its origin's last one did not; the rest was here, but may have been given up. */
    private boolean hasWhatEarlierOnesFollowOn(OriginId origin) {
        for (var dependency :
                standing.missing().getOrDefault(origin, VersionVector.EMPTY).entries()) {
            if (handedTo(dependency.origin()) < dependency.seq()) {
                return false;
            }
        }
        return true;
    }

    private void hand(Arrival arrived) {
        OriginId origin = arrived.operation().changeSet().origin();
        handed.merge(origin, arrived.operation().changeSet().seq(), Math::max);
        handedMarks.put(origin, arrived.mark());
    }

    private long lastMark(OriginId origin) {
        Long mark = handedMarks.get(origin);
        return mark == null ? marks.of(origin, handedTo(origin)) : mark;
    }

    private void unpark(Arrival arrived) {
        parkedOperations--;
        parkedBytes -= arrived.operation().bytes();
    }

    /** Counts operations as known that the peer may not show; false if others before them are missing. */
    boolean skip(Message.Skip skip) {
        long next = handedTo(skip.origin()) + 1;
        boolean follows = skip.from() <= next;
        if (follows && skip.to() >= next) {
            handed.put(skip.origin(), skip.to());
            forget(skip.origin(), skip.to());
        }
        return follows;
    }

    /** What lies between what is known and what waits, and was not asked for since the last tick. */
    List<Message> pulls() {
        List<Message> pulls = new ArrayList<>();
        parked.forEach((origin, waiting) -> {
            if (!waiting.isEmpty()) {
                pull(origin, waiting.firstKey() - 1).ifPresent(pulls::add);
            }
        });
        return pulls;
    }

    /** Asks for everything up to this operation, unless it is here or has been asked for since the last tick. */
    Optional<Message> pull(OriginId origin, long upTo) {
        long from = Math.max(handedTo(origin), pulledTo.getOrDefault(origin, 0L)) + 1;
        if (from > upTo || standing.frozen().contains(origin)) {
            return Optional.empty();
        }
        pulledTo.put(origin, upTo);
        return Optional.of(new Message.Pull(origin, from, upTo));
    }

    /** What was asked for may have been lost. */
    void tick() {
        pulledTo.clear();
    }

    /** The origins that turned out to have two histories, since this was asked last. */
    List<OriginId> takeForked() {
        List<OriginId> taken = List.copyOf(forked);
        forked.clear();
        taken.forEach(origin -> forget(origin, Long.MAX_VALUE));
        return taken;
    }

    /** Whether something came that was known, since this was asked last: its acknowledgement may have been lost. */
    boolean takeRepeated() {
        boolean taken = repeated;
        repeated = false;
        return taken;
    }

    boolean isFull() {
        return parkedOperations > limits.parkedOperationsMax() || parkedBytes > limits.parkedBytesMax();
    }

    int parked() {
        return parkedOperations;
    }

    long handedTo(OriginId origin) {
        return handed.getOrDefault(origin, 0L);
    }
}
