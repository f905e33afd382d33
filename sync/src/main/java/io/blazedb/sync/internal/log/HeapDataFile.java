package io.blazedb.sync.internal.log;

import java.util.Arrays;

/** A growing file on the heap. */
final class HeapDataFile implements DataFile {
    private static final int FIRST_BYTES = 1 << 10;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int size;

    @Override
    public synchronized long size() {
        return size;
    }

    @Override
    public synchronized void append(byte[] source, int offset, int length) {
        int end = Math.addExact(size, length);
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, (int) Math.min(bytes.length * 2L, Integer.MAX_VALUE - 8)));
        }
        System.arraycopy(source, offset, bytes, size, length);
        size = end;
    }

    @Override
    public synchronized int read(long position, byte[] target, int offset, int length) {
        int count = (int) Math.max(0, Math.min(length, size - position));
        if (count > 0) {
            System.arraycopy(bytes, (int) position, target, offset, count);
        }
        return count;
    }

    @Override
    public synchronized void truncate(long newSize) {
        int kept = (int) Math.min(size, newSize);
        Arrays.fill(bytes, kept, size, (byte) 0);
        size = kept;
    }

    @Override
    public void force() {}

    @Override
    public void close() {}
}
