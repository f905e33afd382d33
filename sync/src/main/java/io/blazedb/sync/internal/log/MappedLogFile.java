package io.blazedb.sync.internal.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;

/** A file mapped into memory. No channel stays open, so no interrupt can close it. */
final class MappedLogFile implements LogFile {
    private final MappedByteBuffer buffer;
    private final AutoCloseable mapping;

    MappedLogFile(MappedByteBuffer buffer, AutoCloseable mapping) {
        this.buffer = buffer;
        this.mapping = mapping;
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
        try {
            mapping.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("A log file could not be unmapped", e);
        }
    }
}
