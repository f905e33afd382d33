package io.blazedb.internal.capture;

/**
 * The head of a transaction's record, and where its body begins.
 *
 * @param ofTrailer a piece that has a part of the trailer instead of a body
 * @param endsStatement all parts of the statement count
 * @param tag names the transaction in its pieces, 0 when it has none
 * @param first position of its first piece in the log, negative when it has none
 * @param seq number of the operation, 0 when it is not one
 * @param statement names the statement that this is a part of, 0 when it stands for itself
 * @param body at the body; what follows the body is the trailer
 */
public record TransactionRecord(
        boolean changesSchema,
        boolean ofTrailer,
        boolean endsStatement,
        long tag,
        long first,
        long seq,
        long hlc,
        long statement,
        RecordInput body) {
    public static TransactionRecord read(byte[] payload) {
        RecordInput in = new RecordInput(payload);
        int format = in.readByte();
        if (format != RecordLayout.FORMAT) {
            throw new IllegalStateException("A transaction in format " + format + " (expected: " + RecordLayout.FORMAT
                    + "). Remedy: open the database with the version of BlazeDB that wrote it.");
        }
        int flags = in.readByte();
        return new TransactionRecord(
                (flags & RecordLayout.FLAG_SCHEMA) != 0,
                (flags & RecordLayout.FLAG_TRAILER) != 0,
                (flags & RecordLayout.FLAG_END_OF_STATEMENT) != 0,
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in);
    }

    /** The record of an operation that changes nothing. Call under the append lock. */
    public static byte[] empty(OperationNumbers numbers) {
        RecordBuffer out = new RecordBuffer(RecordLayout.HEADER_BYTES + 2);
        out.length(RecordLayout.HEADER_BYTES);
        out.array()[0] = RecordLayout.FORMAT;
        out.putLongAt(RecordLayout.FIRST_AT, -1);
        out.putLongAt(RecordLayout.SEQ_AT, numbers.nextSeq());
        out.putLongAt(RecordLayout.HLC_AT, numbers.nextClock());
        out.putVarint(RecordLayout.END_OF_BODY);
        numbers.writeDependencies(out);
        return out.toByteArray();
    }
}
