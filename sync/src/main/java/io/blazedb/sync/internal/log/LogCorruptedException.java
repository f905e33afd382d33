package io.blazedb.sync.internal.log;

/**
 * Bytes that were durable are damaged or missing. Nothing was changed: the files are kept for a repair. Not thrown for
 * a torn tail, which is what a crash leaves and is cut.
 */
public final class LogCorruptedException extends LogException {
    private static final long serialVersionUID = 1L;
    private static final String REMEDY =
            "; restore this database from a backup, or rebuild it from a peer. The log was left as it is";

    /** What is wrong. */
    public enum Damage {
        /** A segment header that is not one. */
        HEADER,
        /** A record whose check sum is wrong, or bytes that are no record, among durable ones. */
        RECORD,
        /** A segment that must have been there. */
        MISSING_SEGMENT,
        /** A segment of another log. */
        FOREIGN_SEGMENT,
        /** A blob that is not what was written. */
        BLOB,
        /** A record or a part of a blob that is whole, and was not encrypted with this database's key for its place. */
        FORGED
    }

    private final Damage damage;
    private final String file;
    private final long offset;
    private final long lsn;

    LogCorruptedException(Damage damage, String file, long offset, long lsn, String found) {
        super(file + " at offset " + offset + " (LSN " + lsn + "): " + found + REMEDY, null);
        this.damage = damage;
        this.file = file;
        this.offset = offset;
        this.lsn = lsn;
    }

    static LogCorruptedException forged(String file, long offset, long lsn, String what) {
        return new LogCorruptedException(
                Damage.FORGED,
                file,
                offset,
                lsn,
                what + " whose check sum is right and whose seal is not: somebody changed it or put it here, or the"
                        + " keystore is of another database");
    }

    public Damage damage() {
        return damage;
    }

    /** The name of the file in the log's directory. */
    public String file() {
        return file;
    }

    /** In bytes from the start of the file. */
    public long offset() {
        return offset;
    }

    public long lsn() {
        return lsn;
    }
}
