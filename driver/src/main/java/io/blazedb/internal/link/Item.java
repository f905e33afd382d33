package io.blazedb.internal.link;

import io.blazedb.internal.capture.RecordInput;
import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.TableDefinition;
import io.blazedb.sync.VersionVector;
import java.util.List;

/** What one database tells another, in the order of its log. */
sealed interface Item {
    /** How an origin describes a table; comes before the first change of it. */
    record Definition(OriginId origin, TableDefinition table) implements Item {}

    /** A transaction. */
    record Changes(ChangeSet changeSet) implements Item {}

    /** Rows whose state came from a copy, to be copied on. Not yet read: their table numbers and keys. */
    record Rows(List<RowName> rows) implements Item {}

    /** A table, by its number, that had rows before it was synced: they are to be copied. */
    record Filled(int table) implements Item {}

    /** Everything up to here is contained in the rows that were copied. */
    record Contained(VersionVector vector) implements Item {}

    /** The node writes under another origin from here on. */
    record Author() implements Item {}

    /** A row by the number of its table and its key. */
    @SuppressWarnings("ArrayRecordComponent") // never written to
    record RowName(int table, byte[] key) {
        /** @param name as the index names it */
        static RowName of(byte[] name) {
            RecordInput in = new RecordInput(name);
            int table = (int) in.readVarint();
            return new RowName(table, in.readBytes(name.length - in.position()));
        }
    }
}
