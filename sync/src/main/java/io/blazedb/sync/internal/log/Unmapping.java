package io.blazedb.sync.internal.log;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;

/**
 * Maps files so that the memory can be given back at once. The collector does that too, but a heap that rarely fills
 * would keep the disk space of deleted segments for hours, and Windows deletes no file that is mapped.
 *
 * <p>Since Java 22 an arena does it; before, a call of the runtime that later ones warn of. After the latter, touching
 * the buffer ends the process, so the caller counts who uses it ({@link Segment}).
 */
abstract class Unmapping {
    private static final int JAVA_WITH_ARENAS = 22;
    private static final Unmapping BEST = best();

    private Unmapping() {}

    static LogFile map(FileChannel channel, long size) throws IOException {
        try {
            return BEST.mapped(channel, size);
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("The runtime refused to map a file", e);
        }
    }

    abstract MappedLogFile mapped(FileChannel channel, long size) throws Throwable;

    private static Unmapping best() {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            return Runtime.version().feature() >= JAVA_WITH_ARENAS ? new ByArena(lookup) : new ByCleaner(lookup);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Java " + Runtime.version() + " offers no way to unmap a file", e);
        }
    }

    private static final class ByArena extends Unmapping {
        private final MethodHandle newArena;
        private final MethodHandle map;
        private final MethodHandle asByteBuffer;

        ByArena(MethodHandles.Lookup lookup) throws ReflectiveOperationException {
            Class<?> arena = Class.forName("java.lang.foreign.Arena");
            Class<?> memory = Class.forName("java.lang.foreign.MemorySegment");
            newArena = lookup.findStatic(arena, "ofShared", MethodType.methodType(arena));
            map = lookup.findVirtual(
                    FileChannel.class,
                    "map",
                    MethodType.methodType(memory, MapMode.class, long.class, long.class, arena));
            asByteBuffer = lookup.findVirtual(memory, "asByteBuffer", MethodType.methodType(ByteBuffer.class));
        }

        @Override
        MappedLogFile mapped(FileChannel channel, long size) throws Throwable {
            AutoCloseable arena = (AutoCloseable) newArena.invoke();
            Object memory = map.invoke(channel, MapMode.READ_WRITE, 0L, size, arena);
            return new MappedLogFile((MappedByteBuffer) asByteBuffer.invoke(memory), arena);
        }
    }

    private static final class ByCleaner extends Unmapping {
        private final MethodHandle invokeCleaner;

        ByCleaner(MethodHandles.Lookup lookup) throws ReflectiveOperationException {
            Class<?> type = Class.forName("sun.misc.Unsafe");
            Field instance = type.getDeclaredField("theUnsafe");
            instance.setAccessible(true);
            invokeCleaner = lookup.findVirtual(
                            type, "invokeCleaner", MethodType.methodType(void.class, ByteBuffer.class))
                    .bindTo(instance.get(null));
        }

        @Override
        MappedLogFile mapped(FileChannel channel, long size) throws IOException {
            MappedByteBuffer buffer = channel.map(MapMode.READ_WRITE, 0, size);
            return new MappedLogFile(buffer, () -> clean(buffer));
        }

        private void clean(MappedByteBuffer buffer) {
            try {
                invokeCleaner.invokeExact((ByteBuffer) buffer);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException("The runtime refused to unmap " + buffer, e);
            }
        }
    }
}
