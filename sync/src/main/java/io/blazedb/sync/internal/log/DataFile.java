package io.blazedb.sync.internal.log;

import java.io.IOException;

/** A file that grows at its end. Interrupts of the calling threads do not disturb it. Safe for several threads. */
public interface DataFile extends AutoCloseable {
    /** Its size in bytes, which is the position of the next append. */
    long size() throws IOException;

    void append(byte[] bytes, int offset, int length) throws IOException;

    /** Reads up to this many bytes; returns how many, fewer only at the end of the file. */
    int read(long position, byte[] target, int offset, int length) throws IOException;

    /** Cuts the file off at this size. */
    void truncate(long size) throws IOException;

    void force() throws IOException;

    @Override
    void close() throws IOException;
}
