package io.blazedb.sync.internal.merge;

import io.blazedb.sync.Life;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.internal.merge.Conflict.Kind;
import io.blazedb.sync.internal.merge.Merged.Transition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One merge under way: collects who wins each column, then makes the result. Used once, by one thread. */
final class Merging {
    private static final int[] NO_COLUMNS = {};
    private static final byte[][] NO_VALUES = {};

    private final RowMerge order;
    private final RowState current;
    private final RowValues live;
    private final RowValues held;
    private final Incoming incoming;
    private final CausalPast past;
    private final int[] wonPositions;
    private int wonCount;
    private final int[] lostColumns;
    private int lostCount;
    private List<Conflict> conflicts = List.of();

    Merging(RowMerge order, RowState current, RowValues live, Incoming incoming, CausalPast past) {
        this.order = order;
        this.current = current;
        this.live = live;
        this.held = current.held(live);
        this.incoming = incoming;
        this.past = past;
        this.wonPositions = new int[incoming.size()];
        this.lostColumns = new int[incoming.size()];
    }

    void alarmMissing() {
        add(new Conflict(Kind.UPDATE_MISSING, Conflict.WHOLE_ROW, Stamp.ZERO, incoming.lifeStamp(), RowValues.UNKNOWN));
    }

    Merged result(Life life) {
        Transition transition = transition(life);
        for (int i = 0; i < incoming.size(); i++) {
            decide(i, life);
        }
        reportLife(life, transition);
        RowVersions versions = versions();
        Counters counters = counters(versions);
        byte[][] row = transition == Transition.LIVES ? wonValues() : overlaid(versions);
        long highest = Math.max(current.highestCause(), incoming.highestCause());
        RowState after = RowState.of(life, highest, versions, RowValues.of(row), counters);
        int[] won = wonColumns();
        if (!counters.isEmpty()) {
            CounterMerging counting = new CounterMerging(current, after, live, order.types(), past);
            counting.conflicts(incoming.deltas(), incoming.lifeStamp()).forEach(this::add);
            won = transition == Transition.LIVES ? counting.changed(won) : won;
            row = shownRow(counting, after, transition, won, row);
        }
        return new Merged(
                after,
                transition,
                won,
                Arrays.copyOf(lostColumns, lostCount),
                life.alive() ? row : NO_VALUES,
                conflicts);
    }

    private byte[][] shownRow(
            CounterMerging counting, RowState after, Transition transition, int[] won, byte[][] registers) {
        if (transition == Transition.LIVES) {
            return counting.shown(won, registers);
        }
        return after.alive()
                ? after.shown(RowValues.of(registers), order.types()).toArray(0)
                : NO_VALUES;
    }

    private Counters counters(RowVersions versions) {
        Counters added = incoming.addedTo(current.counters(), held);
        Counters after = added;
        for (int column : added.columns()) {
            Counter counter = added.getOrEmpty(column).withBase(register(column));
            after = after.with(column, counter.since(versions.get(column).mark().epoch()));
        }
        return after;
    }

    /** The value of the column's version after the merge. */
    private byte[] register(int column) {
        for (int i = 0; i < wonCount; i++) {
            if (incoming.column(wonPositions[i]) == column) {
                return incoming.value(wonPositions[i]);
            }
        }
        return held.value(column);
    }

    private Transition transition(Life life) {
        if (current.alive()) {
            return life.alive() ? Transition.LIVES : Transition.DIES;
        }
        if (!life.alive()) {
            return Transition.STAYS_DEAD;
        }
        return current.life().cause() == 0 ? Transition.BORN : Transition.REVIVED;
    }

    private void decide(int position, Life life) {
        int column = incoming.column(position);
        ColumnVersion ours = current.version(column);
        ColumnVersion theirs = incoming.version(position);
        int comparison = order.compare(column, theirs, incoming.value(position), ours, held.value(column));
        if (comparison == 0) {
            decideEqual(position, ours);
        } else if (comparison > 0) {
            wonPositions[wonCount++] = position;
            reportValues(column, theirs.stamp(), ours.stamp(), held.value(column), incoming.value(position));
        } else {
            lostColumns[lostCount++] = column;
            reportValues(column, ours.stamp(), theirs.stamp(), incoming.value(position), held.value(column));
            reportUnseen(position, ours.stamp(), life);
        }
        boolean buried = comparison > 0
                && !current.alive()
                && !life.alive()
                && incoming.life().alive();
        if (buried) {
            add(new Conflict(
                    Kind.UPDATE_DELETE, column, current.life().fence(), theirs.stamp(), incoming.value(position)));
        }
    }

    /** A node where the row is deleted does not have this value of ours, so who deleted it had not seen it. */
    private void reportUnseen(int position, Stamp ours, Life life) {
        int column = incoming.column(position);
        boolean died = current.alive() && !life.alive() && incoming.lifeStamp().isZero();
        if (died && !ours.isZero() && !Arrays.equals(held.value(column), incoming.value(position))) {
            add(new Conflict(Kind.UPDATE_DELETE, column, incoming.life().fence(), ours, held.value(column)));
        }
    }

    /** Equal versions are one write, so they have one value; if not, all nodes must still agree on one of the two. */
    private void decideEqual(int position, ColumnVersion version) {
        int column = incoming.column(position);
        byte[] ours = held.value(column);
        byte[] theirs = incoming.value(position);
        int comparison = Arrays.compareUnsigned(theirs, ours);
        if (comparison > 0) {
            wonPositions[wonCount++] = position;
        } else if (comparison < 0 && theirs.length > 0) {
            lostColumns[lostCount++] = column;
        }
        if (comparison != 0 && ours.length > 0 && theirs.length > 0) {
            byte[] loser = comparison > 0 ? ours : theirs;
            add(new Conflict(Kind.FORK, column, version.stamp(), version.stamp(), loser));
        }
    }

    private void reportValues(int column, Stamp winner, Stamp loser, byte[] loserValue, byte[] winnerValue) {
        if (isConcurrent(winner, loser) && !Arrays.equals(loserValue, winnerValue)) {
            add(new Conflict(Kind.UPDATE_UPDATE, column, winner, loser, loserValue));
        }
    }

    private boolean isConcurrent(Stamp winner, Stamp loser) {
        return !loser.isZero()
                && !winner.isZero()
                && !loser.origin().equals(winner.origin())
                && !past.covers(winner, loser);
    }

    private void reportLife(Life life, Transition transition) {
        Stamp stamp = incoming.lifeStamp();
        if (stamp.isZero()) {
            return;
        }
        boolean newer = incoming.life().cause() > current.life().cause();
        if (transition == Transition.DIES) {
            reportBuried(stamp);
        } else if (transition == Transition.REVIVED && !newer) {
            reportDelete(stamp, Stamp.ZERO);
        } else if (transition == Transition.LIVES && newer && !incoming.life().alive()) {
            reportDelete(life.fence(), stamp);
        }
    }

    private void reportDelete(Stamp winner, Stamp loser) {
        add(new Conflict(Kind.DELETE_UPDATE, Conflict.WHOLE_ROW, winner, loser, RowValues.UNKNOWN));
    }

    /** The values that the author of a delete had not seen. */
    private void reportBuried(Stamp delete) {
        for (int column = 0; column < current.columns(); column++) {
            Stamp written = current.version(column).stamp();
            if (isConcurrent(delete, written)) {
                add(new Conflict(Kind.UPDATE_DELETE, column, delete, written, held.value(column)));
            }
        }
    }

    private void add(Conflict conflict) {
        if (conflicts.isEmpty()) {
            conflicts = new ArrayList<>();
        }
        conflicts.add(conflict);
    }

    private RowVersions versions() {
        if (wonCount == 0) {
            return current.versions();
        }
        if (wonCount == incoming.size()) {
            return incoming.writtenOver(current.versions());
        }
        ColumnVersion[] dense = current.versions().dense(incoming.column(wonPositions[wonCount - 1]) + 1);
        for (int i = 0; i < wonCount; i++) {
            dense[incoming.column(wonPositions[i])] = incoming.version(wonPositions[i]);
        }
        return RowVersions.of(dense);
    }

    private int[] wonColumns() {
        if (wonCount == 0) {
            return NO_COLUMNS;
        }
        int[] columns = new int[wonCount];
        for (int i = 0; i < wonCount; i++) {
            columns[i] = incoming.column(wonPositions[i]);
        }
        return columns;
    }

    private byte[][] wonValues() {
        int size = wonCount == 0 ? 0 : incoming.column(wonPositions[wonCount - 1]) + 1;
        byte[][] values = new byte[size][];
        Arrays.fill(values, RowValues.UNKNOWN);
        overlay(values);
        return values;
    }

    private byte[][] overlaid(RowVersions versions) {
        int size = Math.max(held.size(), versions.size());
        for (int i = 0; i < wonCount; i++) {
            size = Math.max(size, incoming.column(wonPositions[i]) + 1);
        }
        byte[][] values = held.toArray(size);
        overlay(values);
        return values;
    }

    private void overlay(byte[][] values) {
        for (int i = 0; i < wonCount; i++) {
            values[incoming.column(wonPositions[i])] = incoming.value(wonPositions[i]);
        }
    }
}
