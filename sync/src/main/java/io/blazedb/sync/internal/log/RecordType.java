package io.blazedb.sync.internal.log;

/** What a record is about. A code is part of the file format: never change one, never use one again. */
public enum RecordType {
    /** A transaction of this database: its changes and their effect. */
    TXN_LOCAL(1),
    /** A transaction of a peer that was applied here. */
    TXN_REMOTE(2),
    /** An effect without a transaction: never sent. */
    EFFECT(3),
    /** A piece of a transaction that is too large for one record. */
    OPEN(4),
    DDL(5),
    /** What the hub decided about a transaction. */
    VERDICT(6),
    STATE_MERGE(7),
    /** The state that the log begins with. */
    BASE(8),
    /** How far the database file is; a hint. */
    CHECKPOINT(9),
    /** The database was closed in good order. */
    CLOSE(10),
    /** This database writes under a new origin. */
    ORIGIN(11),
    /** A small named value that the database remembers: who it is, whom it knows, how tables are described. */
    FACT(12),
    /** Sealed operations of others, which a relay keeps and cannot read. */
    FRAMES(13);

    private static final RecordType[] BY_CODE = byCode();

    private final byte code;

    RecordType(int code) {
        this.code = (byte) code;
    }

    byte code() {
        return code;
    }

    /** Refuses a code that only a newer version can have written. */
    static RecordType of(byte code, long lsn) {
        if (code <= 0 || code >= BY_CODE.length) {
            throw new LogFormatException("Record type " + code + " at LSN " + lsn + " (known: 1 to "
                    + (BY_CODE.length - 1) + "); open the database with the version that wrote it, or a newer one");
        }
        return BY_CODE[code];
    }

    private static RecordType[] byCode() {
        RecordType[] types = new RecordType[values().length + 1];
        for (RecordType type : values()) {
            types[type.code] = type;
        }
        return types;
    }
}
