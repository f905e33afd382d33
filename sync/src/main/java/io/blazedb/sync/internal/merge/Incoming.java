package io.blazedb.sync.internal.merge;

import io.blazedb.sync.CounterDeltas;
import io.blazedb.sync.Life;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.Stamp;

/** What comes to a row from elsewhere: a change, or another node's state of the row. */
interface Incoming {
    Life life();

    /** The highest causal length in it. */
    long highestCause();

    /** The transaction that says whether the row lives; zero when that is not known. */
    Stamp lifeStamp();

    /** How many columns it brings; they have positions from 0. */
    int size();

    int column(int position);

    ColumnVersion version(int position);

    byte[] value(int position);

    /** The versions of a row after all of this was written to it. */
    default RowVersions writtenOver(RowVersions versions) {
        if (size() == 0) {
            return versions;
        }
        ColumnVersion[] dense = versions.dense(column(size() - 1) + 1);
        for (int i = 0; i < size(); i++) {
            dense[column(i)] = version(i);
        }
        return RowVersions.of(dense);
    }

    /** What it adds to counters; none when it is a state. */
    CounterDeltas deltas();

    /** The row's counters after this has been added to them; of a column that was none yet the base is set. */
    Counters addedTo(Counters counters, RowValues registers);

    static Incoming of(RowChange change, Stamp stamp, ColumnRules rules) {
        return new OfChange(change, stamp, rules);
    }

    static Incoming of(RowState state, RowValues live) {
        RowValues values = state.held(live);
        return new OfState(state, values, Math.max(state.columns(), values.size()));
    }

    /** One transaction's change of the row. */
    final class OfChange implements Incoming {
        private final RowChange change;
        private final Stamp stamp;
        private final ColumnRules rules;
        private final boolean isUniform;
        private final ColumnVersion uniform;

        private OfChange(RowChange change, Stamp stamp, ColumnRules rules) {
            this.change = change;
            this.stamp = stamp;
            this.rules = rules;
            this.isUniform = change.versions().isUniform() && rules.isUniform();
            this.uniform = version(0, change.size() == 0 ? 0 : change.column(0));
        }

        private ColumnVersion version(int position, int column) {
            return new ColumnVersion(
                    rules.mark(column),
                    change.versions().fence(position),
                    change.versions().cause(position),
                    stamp);
        }

        @Override
        public Life life() {
            return change.life();
        }

        @Override
        public long highestCause() {
            long highest = change.life().cause();
            for (int i = 0; i < change.size(); i++) {
                highest = Math.max(highest, change.versions().cause(i));
            }
            return highest;
        }

        @Override
        public Stamp lifeStamp() {
            return stamp;
        }

        @Override
        public int size() {
            return change.size();
        }

        @Override
        public int column(int position) {
            return change.column(position);
        }

        @Override
        public ColumnVersion version(int position) {
            return isUniform ? uniform : version(position, change.column(position));
        }

        @Override
        public byte[] value(int position) {
            return change.value(position);
        }

        @Override
        public RowVersions writtenOver(RowVersions versions) {
            boolean covers = change.isDense() && isUniform && change.size() >= versions.size();
            return covers && change.size() > 0
                    ? RowVersions.uniform(uniform, change.size())
                    : Incoming.super.writtenOver(versions);
        }

        @Override
        public CounterDeltas deltas() {
            return change.counters();
        }

        @Override
        public Counters addedTo(Counters counters, RowValues registers) {
            Counters after = counters;
            boolean begins = change.kind() == RowChange.Kind.RESTAMP && registers.size() == 0;
            if (change.kind() == RowChange.Kind.INSERT || begins) {
                for (int column : rules.counters()) {
                    after = after.with(column, known(after, column, registers));
                }
            }
            CounterDeltas deltas = change.counters();
            for (int i = 0; i < deltas.size(); i++) {
                Counter before = known(after, deltas.column(i), registers);
                long cause = change.life().cause();
                after = after.with(deltas.column(i), before.plus(rules.epoch(), cause, stamp, deltas.delta(i)));
            }
            return after;
        }

        private static Counter known(Counters counters, int column, RowValues registers) {
            Counter known = counters.get(column);
            return known != null ? known : Counter.EMPTY.withBase(registers.value(column));
        }
    }

    /** Another node's whole state of the row. */
    record OfState(RowState state, RowValues values, int size) implements Incoming {
        @Override
        public Life life() {
            return state.life();
        }

        @Override
        public long highestCause() {
            return state.highestCause();
        }

        @Override
        public Stamp lifeStamp() {
            return Stamp.ZERO;
        }

        @Override
        public int column(int position) {
            return position;
        }

        @Override
        public ColumnVersion version(int position) {
            return state.version(position);
        }

        @Override
        public byte[] value(int position) {
            return values.value(position);
        }

        @Override
        public CounterDeltas deltas() {
            return CounterDeltas.NONE;
        }

        @Override
        public Counters addedTo(Counters counters, RowValues registers) {
            Counters after = counters;
            for (int column : state.counters().columns()) {
                Counter known = after.get(column);
                Counter before = known != null ? known : Counter.EMPTY.withBase(registers.value(column));
                after = after.with(column, before.join(state.counters().getOrEmpty(column)));
            }
            return after;
        }
    }
}
