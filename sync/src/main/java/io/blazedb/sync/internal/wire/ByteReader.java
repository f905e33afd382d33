package io.blazedb.sync.internal.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads what {@link ByteWriter} wrote, and trusts nothing: every length is checked against the bytes that remain before
 * anything is allocated, and every number has one form only. Not safe for use by several threads.
 */
public final class ByteReader {
    /** Longest unsigned number: 64 bits, seven a byte. */
    static final int VARINT_BYTES_MAX = 10;

    private final ByteBuffer buffer;

    /** Reads the bytes that remain in the buffer, whose own position stays where it is. */
    public ByteReader(ByteBuffer buffer) {
        this.buffer = buffer.slice().order(ByteOrder.BIG_ENDIAN);
    }

    public int remaining() {
        return buffer.remaining();
    }

    public int u8(String what) throws MalformedException {
        require(1, what);
        return buffer.get() & 0xFF;
    }

    public long u64(String what) throws MalformedException {
        require(Long.BYTES, what);
        return buffer.getLong();
    }

    public long varint(String what) throws MalformedException {
        long value = 0;
        for (int i = 0; i < VARINT_BYTES_MAX; i++) {
            int next = u8(what);
            boolean last = next < 0x80;
            if (i == VARINT_BYTES_MAX - 1 && next > 1) {
                throw new MalformedException(what + ": a number of more than 64 bits");
            }
            value |= (long) (next & 0x7F) << (7 * i);
            if (last) {
                if (next == 0 && i > 0) {
                    throw new MalformedException(what + ": a number of " + (i + 1) + " bytes (expected: the fewest)");
                }
                return value;
            }
        }
        throw new AssertionError("the tenth byte ends a number or is refused");
    }

    /** A number from 0 to {@code max}. */
    public long varint(long max, String what) throws MalformedException {
        long value = varint(what);
        if (Long.compareUnsigned(value, max) > 0) {
            throw new MalformedException(
                    what + ": " + Long.toUnsignedString(value) + " (expected: <= " + Long.toUnsignedString(max) + ")");
        }
        return value;
    }

    /** How many things follow, each of at least {@code bytesEachMin} bytes: never more than the bytes allow. */
    public int count(int bytesEachMin, int max, String what) throws MalformedException {
        int count = (int) varint(max, what);
        if ((long) count * bytesEachMin > remaining()) {
            throw new MalformedException(
                    what + ": " + count + " of at least " + bytesEachMin + " bytes in " + remaining() + " bytes");
        }
        return count;
    }

    /** As many bytes as it says. */
    public byte[] bytes(int max, String what) throws MalformedException {
        return raw(count(1, max, what), what);
    }

    public byte[] raw(int length, String what) throws MalformedException {
        require(length, what);
        byte[] value = new byte[length];
        buffer.get(value);
        return value;
    }

    public String string(int max, String what) throws MalformedException {
        byte[] utf8 = bytes(max, what);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedException(what + ": " + utf8.length + " bytes that are not UTF-8", e);
        }
    }

    /** Nothing may follow. */
    public void end(String what) throws MalformedException {
        if (buffer.hasRemaining()) {
            throw new MalformedException(what + ": " + remaining() + " bytes too many");
        }
    }

    private void require(int length, String what) throws MalformedException {
        if (length > remaining()) {
            throw new MalformedException(what + ": ends after " + remaining() + " bytes (expected: " + length + ")");
        }
    }
}
