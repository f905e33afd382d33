package io.blazedb.sync.internal.log;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** A growing file of the disk. Plain file I/O, because an interrupt closes a channel. */
final class DiskDataFile implements DataFile {
    private final RandomAccessFile file;

    DiskDataFile(Path path) throws IOException {
        file = new RandomAccessFile(path.toFile(), "rw");
    }

    @Override
    public synchronized long size() throws IOException {
        return file.length();
    }

    @Override
    public synchronized void append(byte[] bytes, int offset, int length) throws IOException {
        file.seek(file.length());
        file.write(bytes, offset, length);
    }

    @Override
    public synchronized int read(long position, byte[] target, int offset, int length) throws IOException {
        file.seek(position);
        int total = 0;
        while (total < length) {
            int count = file.read(target, offset + total, length - total);
            if (count < 0) {
                break;
            }
            total += count;
        }
        return total;
    }

    @Override
    public synchronized void truncate(long size) throws IOException {
        file.setLength(size);
    }

    @Override
    public void force() throws IOException {
        file.getFD().sync();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
