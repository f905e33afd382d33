package io.blazedb.sync.internal.merge;

import io.blazedb.sync.RowChange;
import io.blazedb.sync.internal.merge.Write.Transaction;

/** A transaction, and the rules that its author wrote it under. */
record RuledWrite(Transaction transaction, ColumnRules rules) {
    /** One change of it, of one row. */
    record Part(RuledWrite write, RowChange change) {
        Incoming incoming() {
            return Incoming.of(change, write.transaction.changeSet().stamp(), write.rules);
        }

        boolean hadSeen(Part other) {
            return write.transaction.hadSeen(other.write.transaction);
        }
    }
}
