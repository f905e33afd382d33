package io.blazedb.sync.internal.merge;

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

    static Incoming of(RowChange change, Stamp stamp) {
        return new OfChange(change, stamp);
    }

    static Incoming of(RowState state, RowValues live) {
        RowValues values = state.held(live);
        return new OfState(state, values, Math.max(state.columns(), values.size()));
    }

    /** One transaction's change of the row. */
    final class OfChange implements Incoming {
        private final RowChange change;
        private final Stamp stamp;
        private final ColumnVersion uniform;

        private OfChange(RowChange change, Stamp stamp) {
            this.change = change;
            this.stamp = stamp;
            this.uniform = new ColumnVersion(
                    change.versions().fence(0), change.versions().cause(0), stamp);
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
            if (change.versions().isUniform()) {
                return uniform;
            }
            return new ColumnVersion(
                    change.versions().fence(position), change.versions().cause(position), stamp);
        }

        @Override
        public byte[] value(int position) {
            return change.value(position);
        }

        @Override
        public RowVersions writtenOver(RowVersions versions) {
            boolean covers = change.isDense() && change.versions().isUniform() && change.size() >= versions.size();
            return covers && change.size() > 0
                    ? RowVersions.uniform(uniform, change.size())
                    : Incoming.super.writtenOver(versions);
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
    }
}
