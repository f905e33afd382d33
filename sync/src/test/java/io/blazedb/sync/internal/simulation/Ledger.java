package io.blazedb.sync.internal.simulation;

import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.Dependency;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.VersionVector;
import io.blazedb.sync.internal.merge.CausalPast;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What really happened in a world, which no node knows as a whole: every operation with everything that its author had
 * seen, what was published, and what is safe on which disk. Says at once when a promise is broken.
 */
final class Ledger implements CausalPast {
    /** An operation, what its author had seen, and its mark. */
    record Entry(ChangeSet changeSet, VersionVector past, long mark) {
        boolean hadSeen(Entry other) {
            return past.covers(other.changeSet.origin(), other.changeSet.seq());
        }
    }

    private final Map<Long, Entry> byMark = new HashMap<>();
    private final Map<Stamp, Entry> byStamp = new HashMap<>();
    private final Map<Dependency, Entry> published = new HashMap<>();
    private final Map<Stamp, Entry> publishedStamps = new HashMap<>();
    private final VersionVector[] durable;
    private final boolean mayFork;

    Ledger(int nodes, boolean mayFork) {
        this.mayFork = mayFork;
        durable = new VersionVector[nodes];
        Arrays.fill(durable, VersionVector.EMPTY);
    }

    /** A mark stands for one operation, or an arrival could be judged by another one's past. */
    void committed(ChangeSet changeSet, VersionVector past, long mark) {
        Entry entry = new Entry(changeSet, past, mark);
        Entry other = byMark.putIfAbsent(mark, entry);
        if (other != null && !other.equals(entry)) {
            throw new IllegalStateException("the mark " + mark + " is that of the operation with stamp "
                    + changeSet.stamp() + " and of " + other.changeSet.stamp() + " (expected: one operation)");
        }
        if (!publishedStamps.containsKey(changeSet.stamp())) {
            byStamp.put(changeSet.stamp(), entry);
        }
    }

    /** I9: no other operation with its number or its stamp was ever applied anywhere but at its author. */
    private void published(long mark) {
        Entry entry = entry(mark);
        ChangeSet changeSet = entry.changeSet;
        Entry other = published.putIfAbsent(new Dependency(changeSet.origin(), changeSet.seq()), entry);
        if (other != null && other.mark != mark && !mayFork) {
            throw new Violation("I9: operation " + changeSet.seq() + " of " + changeSet.origin() + " has two contents");
        }
        other = publishedStamps.putIfAbsent(changeSet.stamp(), entry);
        if (other != null && other.mark != mark && !mayFork) {
            throw new Violation("I9: stamp " + changeSet.stamp() + " has two operations");
        }
        byStamp.put(changeSet.stamp(), entry);
    }

    /** I3, I5, I9: another node's operation is applied where this is known already. */
    void applied(long mark, VersionVector known) {
        Entry entry = entry(mark);
        ChangeSet changeSet = entry.changeSet;
        if (known.seq(changeSet.origin()) != changeSet.seq() - 1) {
            throw new Violation("I3: operation " + changeSet.seq() + " of " + changeSet.origin() + " is applied after "
                    + known.seq(changeSet.origin()));
        }
        if (!known.covers(entry.past)) {
            throw new Violation("I5: operation " + changeSet.seq() + " of " + changeSet.origin() + " comes before "
                    + entry.past.since(known));
        }
        published(mark);
    }

    /** This much is on the disk of that node, and the disk has not lied. */
    void durable(int node, VersionVector vector) {
        durable[node] = vector;
    }

    VersionVector durable(int node) {
        return durable[node];
    }

    /** I2: what all of these disks hold must be everywhere in the end. */
    VersionVector promised() {
        VersionVector promised = VersionVector.EMPTY;
        for (VersionVector vector : durable) {
            promised = promised.join(vector);
        }
        return promised;
    }

    private Entry entry(long mark) {
        Entry entry = byMark.get(mark);
        if (entry == null) {
            throw new Violation("I1: an operation that nobody wrote has the mark " + mark);
        }
        return entry;
    }

    /** The operation of that number which counts: the one that was published. */
    Entry entry(OriginId origin, long seq, long mark) {
        Entry entry = published.get(new Dependency(origin, seq));
        return entry == null ? entry(mark) : entry;
    }

    List<Entry> entries() {
        return new ArrayList<>(byMark.values());
    }

    Entry entry(Stamp stamp) {
        Entry entry = byStamp.get(stamp);
        if (entry == null) {
            throw new Violation("I1: a version of a transaction that nobody wrote: " + stamp);
        }
        return entry;
    }

    @Override
    public boolean covers(Stamp winner, Stamp loser) {
        return entry(winner).hadSeen(entry(loser));
    }
}
