package io.blazedb.internal.capture;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Reads what a {@link RecordBuffer} wrote. Every length is checked against the bytes that are left before anything is
 * allocated; bytes that make no sense are an {@link IllegalStateException}. For one thread.
 */
public final class RecordInput {
    private final byte[] bytes;
    private final int end;
    private int position;

    public RecordInput(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    public RecordInput(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
    }

    /** Reads a copy of what is left in a buffer, whose position does not move. */
    public static RecordInput of(ByteBuffer buffer) {
        byte[] copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        return new RecordInput(copy);
    }

    public byte[] array() {
        return bytes;
    }

    public int position() {
        return position;
    }

    public void position(int newPosition) {
        position = newPosition;
    }

    public boolean hasRemaining() {
        return position < end;
    }

    public int readByte() {
        need(1);
        return bytes[position++] & 0xFF;
    }

    public long readLong() {
        need(Long.BYTES);
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = (value << 8) | (bytes[position++] & 0xFF);
        }
        return value;
    }

    public long readVarint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int b = readByte();
            value |= (long) (b & 0x7F) << shift;
            if (b < 0x80) {
                return value;
            }
        }
        throw malformed("a number of more than ten bytes");
    }

    public long readSigned() {
        long value = readVarint();
        return (value >>> 1) ^ -(value & 1);
    }

    /** A count of things that take at least one byte each, or of bytes. */
    public int readCount() {
        long count = readVarint();
        if (count < 0 || count > end - position) {
            throw malformed("a length of " + count + " where " + (end - position) + " bytes are left");
        }
        return (int) count;
    }

    public byte[] readBlock() {
        return readBytes(readCount());
    }

    public byte[] readBytes(int count) {
        need(count);
        byte[] block = Arrays.copyOfRange(bytes, position, position + count);
        position += count;
        return block;
    }

    public void skip(int count) {
        need(count);
        position += count;
    }

    public String readString() {
        int size = readCount();
        char[] characters = new char[size];
        int count = 0;
        int stop = position + size;
        while (position < stop) {
            int b = bytes[position++];
            if (b >= 0) {
                characters[count++] = (char) b;
            } else if ((b & 0xE0) == 0xC0) {
                characters[count++] = (char) (((b & 0x1F) << 6) | (readByte() & 0x3F));
            } else {
                int second = readByte() & 0x3F;
                characters[count++] = (char) (((b & 0x0F) << 12) | (second << 6) | (readByte() & 0x3F));
            }
        }
        return new String(characters, 0, count);
    }

    private void need(int count) {
        if (count < 0 || count > end - position) {
            throw malformed(count + " bytes expected, " + (end - position) + " left");
        }
    }

    private IllegalStateException malformed(String what) {
        return new IllegalStateException("Malformed record at byte " + position + ": " + what);
    }
}
