package io.blazedb.internal.node;

import io.blazedb.internal.capture.EffectReader;
import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.internal.capture.TransactionRecord;
import io.blazedb.sync.internal.log.LogReader;
import io.blazedb.sync.internal.log.LogRecord;
import io.blazedb.sync.internal.log.OperationLog;
import io.blazedb.sync.internal.log.RecordType;
import java.util.ArrayList;
import java.util.List;

/** A record of the log, copied out, so it stays after its reader has moved on. Immutable. */
public final class LogEntry {
    private final OperationLog log;
    private final long lsn;
    private final RecordType type;
    private final byte[] payload;
    private final long nextLsn;

    public LogEntry(OperationLog log, LogRecord record) {
        this.log = log;
        this.lsn = record.lsn();
        this.type = record.type();
        this.payload = bytesOf(record);
        this.nextLsn = record.nextLsn();
    }

    private static byte[] bytesOf(LogRecord record) {
        byte[] bytes = new byte[record.payload().remaining()];
        record.payload().duplicate().get(bytes);
        return bytes;
    }

    /**
     * A transaction put together from its pieces.
     *
     * @param head number and clock
     * @param bodies to be read one after the other
     * @param trailer what stands behind the last body
     */
    public record Transaction(TransactionRecord head, List<RecordInput> bodies, RecordInput trailer) {}

    public long lsn() {
        return lsn;
    }

    public RecordType type() {
        return type;
    }

    /** Not to be written to. */
    public byte[] payload() {
        return payload;
    }

    public long nextLsn() {
        return nextLsn;
    }

    /** Reads the record as a transaction, with the pieces that went ahead of it. */
    public Transaction transaction() {
        TransactionRecord head = TransactionRecord.read(payload);
        int bodyAt = head.body().position();
        skipBody(head.body());
        int trailerAt = head.body().position();
        RecordInput body = new RecordInput(payload, bodyAt, payload.length);
        if (head.tag() == 0) {
            return new Transaction(head, List.of(body), new RecordInput(payload, trailerAt, payload.length));
        }
        List<RecordInput> bodies = new ArrayList<>();
        RecordBuffer trailer = new RecordBuffer(1024);
        readPieces(head, bodies, trailer);
        bodies.add(body);
        trailer.putBytes(payload, trailerAt, payload.length - trailerAt);
        return new Transaction(head, bodies, new RecordInput(trailer.array(), 0, trailer.length()));
    }

    private void readPieces(TransactionRecord head, List<RecordInput> bodies, RecordBuffer trailer) {
        try (LogReader reader = log.reader(head.first())) {
            for (LogRecord record = reader.next(); record != null && record.lsn() < lsn; record = reader.next()) {
                if (record.type() != RecordType.OPEN) {
                    continue;
                }
                TransactionRecord piece = TransactionRecord.read(bytesOf(record));
                RecordInput in = piece.body();
                if (piece.tag() != head.tag()) {
                    continue;
                }
                if (piece.ofTrailer()) {
                    trailer.putBytes(in.array(), in.position(), in.array().length - in.position());
                } else {
                    bodies.add(in);
                }
            }
        }
    }

    private static void skipBody(RecordInput in) {
        EffectReader effect = new EffectReader(in);
        while (effect.nextBlock()) {
            while (effect.nextRow()) {
                effect.skipOldValues();
                effect.skipImage();
            }
        }
    }
}
