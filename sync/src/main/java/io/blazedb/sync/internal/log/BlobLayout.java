package io.blazedb.sync.internal.log;

import io.blazedb.sync.internal.log.LogCorruptedException.Damage;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The bytes of a blob file, big-endian. A blob is a run of chunks; each is laid out as a {@link RecordLayout record}
 * with its position in the file for its LSN.
 *
 * <pre>
 *   0 +-----------------------------+
 *     | magic "BLAZEBLO"         u64|
 *   8 | format version           u32|   2 of an encrypted one
 *  12 | crc32c of all the others u32|
 *  16 | file id          16 bytes   |
 *  32 | file number              u64|
 *  40 +-----------------------------+
 *     | chunks: type MORE ..., LAST |
 *     +-----------------------------+
 * </pre>
 *
 * <p>The name of the file is {@code blob-<number>} while records may still name what is in it, and {@code
 * blob-<number>-<lsn>} once it is known that no record after that LSN does.
 */
final class BlobLayout {
    static final int HEADER_BYTES = 40;
    static final int CHUNK_BYTES_MAX = 1 << 16;
    /** A chunk that is followed by another one of the same blob. */
    static final byte MORE = 1;

    static final byte LAST = 2;

    private static final String PREFIX = "blob-";
    private static final long MAGIC = 0x424c415a45424c4fL; // BLAZEBLO
    private static final int VERSION = 1;
    /** Its chunks are encrypted ({@link RecordCipher}). */
    private static final int ENCRYPTED_VERSION = 2;

    private static final int VERSION_OFFSET = 8;
    private static final int CRC = 12;
    private static final int ID = 16;
    private static final int NUMBER = 32;

    /** What a file name says; {@code bound} is -1 while it is not known. */
    record Name(long number, long bound) {
        static final long UNKNOWN = -1;

        static boolean isOne(String name) {
            return name.matches(PREFIX + "[0-9]{1,18}(-[0-9]{1,18})?");
        }

        static Name of(String name) {
            String[] parts = name.substring(PREFIX.length()).split("-", -1);
            return new Name(Long.parseLong(parts[0]), parts.length == 1 ? UNKNOWN : Long.parseLong(parts[1]));
        }

        @Override
        public String toString() {
            return bound == UNKNOWN ? PREFIX + number : PREFIX + number + "-" + bound;
        }
    }

    private BlobLayout() {}

    static byte[] header(LogId id, long number, boolean encrypted) {
        byte[] bytes = new byte[HEADER_BYTES];
        ByteBuffer header = ByteBuffer.wrap(bytes);
        header.putLong(0, MAGIC).putInt(VERSION_OFFSET, encrypted ? ENCRYPTED_VERSION : VERSION);
        header.putLong(ID, id.high()).putLong(ID + Long.BYTES, id.low()).putLong(NUMBER, number);
        header.putInt(CRC, crc(bytes));
        return bytes;
    }

    /** The id of the file. */
    static LogId idOf(byte[] bytes, int length, Name name, boolean encrypted) {
        ByteBuffer header = ByteBuffer.wrap(bytes);
        if (length < HEADER_BYTES || header.getLong(0) != MAGIC || header.getInt(CRC) != crc(bytes)) {
            throw damaged(name, 0, "no header of a blob file");
        }
        int expected = encrypted ? ENCRYPTED_VERSION : VERSION;
        if (header.getInt(VERSION_OFFSET) != expected || header.getLong(NUMBER) != name.number) {
            throw new LogFormatException(
                    name + " is file " + header.getLong(NUMBER) + " of format version " + header.getInt(VERSION_OFFSET)
                            + " (expected: " + expected + "); open the database with a newer version, or put back the"
                            + " files that belong to it");
        }
        return new LogId(header.getLong(ID), header.getLong(ID + Long.BYTES));
    }

    static LogCorruptedException damaged(Name name, long position, String found) {
        return new LogCorruptedException(Damage.BLOB, name.toString(), position, -1, found);
    }

    private static int crc(byte[] header) {
        CRC32C crc = new CRC32C();
        crc.update(header, 0, CRC);
        crc.update(header, CRC + Integer.BYTES, HEADER_BYTES - CRC - Integer.BYTES);
        return (int) crc.getValue();
    }
}
