package io.blazedb.sync.internal.store;

import io.blazedb.sync.FrameStore.Content;
import io.blazedb.sync.Hash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The bytes of a file with one content, big-endian:
 *
 * <pre>
 *  0 +----------------------------------------------+
 *    | magic "BLAZEKEP" u64 | version u32           |
 * 12 +----------------------------------------------+
 *    | 65,536 bytes | crc32c of name, position, bytes |   the last piece may have fewer bytes; never 0
 *    | ...                                          |
 *    +----------------------------------------------+
 *    | length u64 | crc32c of name, -1, length      |
 *    +----------------------------------------------+
 * </pre>
 *
 * <p>The file is called {@code blob-<id>} or {@code snapshot-<id>}, and ends in {@code .part} until it is whole.
 */
final class ContentLayout {
    static final int HEADER_BYTES = 12;
    static final int PIECE_BYTES = 1 << 16;
    static final int CRC_BYTES = 4;
    static final int TRAILER_BYTES = Long.BYTES + CRC_BYTES;
    static final String PART = ".part";

    private static final long MAGIC = 0x424c415a454b4550L; // BLAZEKEP
    private static final int VERSION = 1;
    private static final long TRAILER = -1;
    private static final Pattern NAME = Pattern.compile("(blob|snapshot)-([0-9a-f]{64})");

    /** What a file name says. */
    record Name(Content kind, Hash id) implements Comparable<Name> {
        static Optional<Name> of(String fileName) {
            Matcher name = NAME.matcher(fileName);
            return name.matches()
                    ? Optional.of(new Name(
                            Content.valueOf(name.group(1).toUpperCase(Locale.ROOT)), Hash.parse(name.group(2))))
                    : Optional.empty();
        }

        @Override
        public int compareTo(Name other) {
            int byKind = kind.compareTo(other.kind);
            return byKind != 0 ? byKind : id.compareTo(other.id);
        }

        @Override
        public String toString() {
            return kind.name().toLowerCase(Locale.ROOT) + "-" + id;
        }
    }

    private ContentLayout() {}

    static byte[] header() {
        return ByteBuffer.allocate(HEADER_BYTES).putLong(MAGIC).putInt(VERSION).array();
    }

    static boolean isHeader(byte[] bytes) {
        ByteBuffer header = ByteBuffer.wrap(bytes);
        return header.getLong() == MAGIC && header.getInt() == VERSION;
    }

    static int crc(Name name, long position, byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(name.toString().getBytes(StandardCharsets.US_ASCII));
        crc.update(ByteBuffer.allocate(Long.BYTES).putLong(position).flip());
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    static byte[] trailer(Name name, long length) {
        byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(length).array();
        return ByteBuffer.allocate(TRAILER_BYTES)
                .put(bytes)
                .putInt(crc(name, TRAILER, bytes, bytes.length))
                .array();
    }

    /** How long the file of a content of this length is. */
    static long fileBytes(long length) {
        long pieces = (length + PIECE_BYTES - 1) / PIECE_BYTES;
        return HEADER_BYTES + length + pieces * CRC_BYTES + TRAILER_BYTES;
    }

    /** Where the piece begins that has this byte of the content. */
    static long filePosition(long pieceNumber) {
        return HEADER_BYTES + pieceNumber * (PIECE_BYTES + CRC_BYTES);
    }
}
