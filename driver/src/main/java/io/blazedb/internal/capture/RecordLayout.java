package io.blazedb.internal.capture;

/**
 * The bytes of a transaction's record.
 *
 * <pre>
 * record  := format u8 | flags u8 | tag u64 | first u64 | seq u64 | hlc u64 | statement u64 | body | trailer
 *            tag      names the transaction in its pieces; 0 when it has none
 *            first    the position of its first piece; negative when it has none
 *            seq, hlc number and clock of the operation; 0 when it is not one
 *            statement names the statement that the transaction is a part of; 0 when it stands for itself
 * body    := { block } 00
 * block   := table id + 1 varint | definition varint | columns varint | { row } 00
 * row     := 01 key value*              a row that was not there before, all its columns
 *          | 02 key bits* (00 | 01 value*) value*
 *                                     a changed row: a bit a column that changed, perhaps the values that these had,
 *                                     then all values that the row has now
 *          | 03 key                     a row that is gone
 *          | 04 key value*              a row that is gone, with its last values
 * trailer := of a local operation: dependencies; of applied change sets: their bytes
 * </pre>
 *
 * <p>A transaction too long for one record is cut into pieces, records of type OPEN: format, flags and tag, then a
 * body, or with the flag TRAILER a part of the trailer. They count only with the record that ends the transaction.
 *
 * <p>H2 commits several times in one ALTER TABLE. All transactions of a statement from the first one on that changes
 * the schema carry its name, and count only with the record that ends the statement, which has the flag
 * END_OF_STATEMENT.
 */
final class RecordLayout {
    static final int FORMAT = 1;
    static final int HEADER_BYTES = 2 + 5 * Long.BYTES;
    static final int FLAG_SCHEMA = 1;
    static final int FLAG_TRAILER = 2;
    static final int FLAG_END_OF_STATEMENT = 4;

    static final int TAG_AT = 2;
    static final int FIRST_AT = 10;
    static final int SEQ_AT = 18;
    static final int HLC_AT = 26;
    static final int STATEMENT_AT = 34;

    static final int END_OF_BODY = 0;
    static final int END_OF_BLOCK = 0;
    static final int INSERT = 1;
    static final int UPDATE = 2;
    static final int DELETE = 3;
    static final int DELETE_WITH_IMAGE = 4;

    static final int WITHOUT_OLD_VALUES = 0;
    static final int WITH_OLD_VALUES = 1;

    /** The type of a sequence in H2's catalogue: moved by ordinary inserts, not a change of the schema. */
    static final int META_SEQUENCE = org.h2.engine.DbObject.SEQUENCE;

    private RecordLayout() {}

    static void writeHeader(RecordBuffer record, long tag, long first, int flags) {
        record.array()[0] = FORMAT;
        record.array()[1] = (byte) flags;
        record.putLongAt(TAG_AT, tag);
        record.putLongAt(FIRST_AT, first);
        record.putLongAt(SEQ_AT, 0);
        record.putLongAt(HLC_AT, 0);
        record.putLongAt(STATEMENT_AT, 0);
    }
}
