package io.blazedb.sync.internal.merge;

import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.Dependency;
import io.blazedb.sync.Role;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.VersionVector;

/** What one transaction of a history wrote to one column of one row. */
record Write(Transaction transaction, RowChange change, int position) {
    /** A change set, and everything its author had seen. */
    record Transaction(ChangeSet changeSet, VersionVector past) {
        boolean hadSeen(Transaction other) {
            return past.covers(new Dependency(other.changeSet.origin(), other.changeSet.seq()));
        }
    }

    ColumnVersion version() {
        return new ColumnVersion(
                change.versions().fence(position),
                change.versions().cause(position),
                transaction.changeSet().stamp());
    }

    byte[] value() {
        return change.value(position);
    }

    boolean byServer() {
        return transaction.changeSet().role() == Role.SERVER;
    }

    boolean hadSeen(Write other) {
        return transaction.hadSeen(other.transaction);
    }

    boolean isOfSameTransaction(Write other) {
        return transaction
                .changeSet()
                .stamp()
                .equals(other.transaction.changeSet().stamp());
    }

    boolean isConcurrentWith(Write other) {
        return !isOfSameTransaction(other) && !hadSeen(other) && !other.hadSeen(this);
    }
}
