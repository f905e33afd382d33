package io.blazedb.sync.internal.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes that grow as they are written. Can be cleared and used again, so a connection needs one. Not safe for use by
 * several threads.
 */
public final class ByteWriter {
    private static final int CAPACITY_MIN = 64;

    private byte[] bytes;
    private int size;

    public ByteWriter() {
        this(CAPACITY_MIN);
    }

    public ByteWriter(int capacity) {
        bytes = new byte[Math.max(CAPACITY_MIN, capacity)];
    }

    /** How many bytes have been written. */
    public int size() {
        return size;
    }

    /** Forgets what was written and keeps the space. */
    public void clear() {
        size = 0;
    }

    /** A view of what was written; valid until the next write. */
    public ByteBuffer toBuffer() {
        return ByteBuffer.wrap(bytes, 0, size).slice();
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    public ByteWriter u8(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
        return this;
    }

    /** Eight bytes, the highest first. */
    public ByteWriter u64(long value) {
        ensure(Long.BYTES);
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    /** An unsigned number in seven bits a byte, the lowest first; one byte up to 127. */
    public ByteWriter varint(long value) {
        ensure(ByteReader.VARINT_BYTES_MAX);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    /** The bytes as they are, without their number. */
    public ByteWriter raw(byte[] value) {
        ensure(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
        return this;
    }

    /** How many bytes, then the bytes. */
    public ByteWriter bytes(byte[] value) {
        return varint(value.length).raw(value);
    }

    /** How many bytes of UTF-8, then these. */
    public ByteWriter string(String value) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
            byte[] utf8 = new byte[encoded.remaining()];
            encoded.get(utf8);
            return bytes(utf8);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("text with half of a surrogate pair (expected: Unicode)", e);
        }
    }

    private void ensure(int more) {
        int needed = Math.addExact(size, more);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, (int) Math.min(Integer.MAX_VALUE - 8L, bytes.length * 2L)));
        }
    }
}
