package io.blazedb.sync.internal.log;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A file of fixed size that is read and written as memory. What is written survives the end of the process. */
public interface LogFile extends AutoCloseable {
    /** The whole file, big-endian. Only absolute access, so that several threads can share it. */
    ByteBuffer buffer();

    /** Returns when the bytes of this range are on the disk. An interrupt of the calling thread does not disturb it. */
    void force(int offset, int length) throws IOException;

    /** Releases the memory: the buffer must not be touched any more. */
    @Override
    void close();
}
