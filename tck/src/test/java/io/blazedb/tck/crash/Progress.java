package io.blazedb.tck.crash;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What a child process has tried and what it has been told is done, in a mapped file: a kill does not take it along.
 *
 * <pre>
 *   per writer, 32 bytes:  attempted u64 | acknowledged u64 | sequence value u64 | identity value u64
 * </pre>
 *
 * One thread writes a writer's part, any thread and the parent process read it.
 */
final class Progress {
    private static final int WRITERS_MAX = 16;
    private static final int WRITER_BYTES = 32;
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final MappedByteBuffer bytes;

    private Progress(MappedByteBuffer bytes) {
        this.bytes = bytes;
    }

    static Progress open(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new Progress(channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) WRITERS_MAX * WRITER_BYTES));
        }
    }

    Writer writer(int index) {
        if (index < 0 || index >= WRITERS_MAX) {
            throw new IllegalArgumentException("writer " + index + " (allowed: 0 to " + (WRITERS_MAX - 1) + ")");
        }
        return new Writer(bytes, index * WRITER_BYTES);
    }

    /** All acknowledged transactions of all writers. */
    long acknowledged() {
        long sum = 0;
        for (int i = 0; i < WRITERS_MAX; i++) {
            sum += writer(i).acknowledged();
        }
        return sum;
    }

    /** What one writer reports. */
    record Writer(MappedByteBuffer bytes, int offset) implements Work.Handed {
        long attempted() {
            return (long) LONG.getVolatile(bytes, offset);
        }

        long acknowledged() {
            return (long) LONG.getVolatile(bytes, offset + 8);
        }

        @Override
        public long sequence() {
            return (long) LONG.getVolatile(bytes, offset + 16);
        }

        @Override
        public long identity() {
            return (long) LONG.getVolatile(bytes, offset + 24);
        }

        void attempt(long number) {
            LONG.setVolatile(bytes, offset, number);
        }

        void acknowledge(long number) {
            LONG.setVolatile(bytes, offset + 8, number);
        }

        @Override
        public void raise(long sequence, long identity) {
            LONG.setVolatile(bytes, offset + 16, Math.max(sequence, sequence()));
            LONG.setVolatile(bytes, offset + 24, Math.max(identity, identity()));
        }

        /** What is known now: a later look at the child's file does not change it. */
        Bounds bounds() {
            long acknowledged = acknowledged();
            return new Bounds(acknowledged, attempted(), sequence(), identity());
        }
    }

    /** What a crashed database must hold of one writer: at least the one, at most the other. */
    record Bounds(long acknowledged, long attempted, long sequence, long identity) implements Work.Handed {
        @Override
        public void raise(long sequenceValue, long identityValue) {
            throw new IllegalStateException("bounds of a crash do not change");
        }
    }
}
