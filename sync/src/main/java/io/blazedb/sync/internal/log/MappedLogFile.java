package io.blazedb.sync.internal.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;

/** A file mapped into memory. No channel stays open, so no interrupt can close it. */
final class MappedLogFile implements LogFile {
    private final MappedByteBuffer buffer;

    MappedLogFile(MappedByteBuffer buffer) {
        this.buffer = buffer;
    }

    @Override
    public ByteBuffer buffer() {
        return buffer;
    }

    @Override
    public void force(int offset, int length) throws IOException {
        try {
            buffer.force(offset, length);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() {
        Unmapping.unmap(buffer);
    }
}
