package io.blazedb.sync.internal.log;

import java.nio.ByteBuffer;

/** A file of fixed size on the heap. */
record HeapLogFile(ByteBuffer buffer) implements LogFile {
    @Override
    public void force(int offset, int length) {}

    @Override
    public void close() {}
}
