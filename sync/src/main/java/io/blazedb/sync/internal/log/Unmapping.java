package io.blazedb.sync.internal.log;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Gives mapped memory back at once. The collector does it too, but a heap that rarely fills would keep the disk space
 * of deleted segments for hours, and Windows deletes no file that is mapped.
 *
 * <p>Touching the buffer afterwards ends the process, so the caller counts who uses it ({@link Segment}). A runtime
 * that does not offer the call leaves the work to the collector.
 */
final class Unmapping {
    private static final @Nullable MethodHandle CLEANER = cleaner();

    private Unmapping() {}

    static void unmap(MappedByteBuffer buffer) {
        if (CLEANER == null) {
            return;
        }
        try {
            CLEANER.invokeExact((ByteBuffer) buffer);
        } catch (Throwable e) {
            throw new IllegalStateException("The runtime refused to unmap " + buffer, e);
        }
    }

    private static @Nullable MethodHandle cleaner() {
        try {
            Class<?> type = Class.forName("sun.misc.Unsafe");
            Field instance = type.getDeclaredField("theUnsafe");
            instance.setAccessible(true);
            return MethodHandles.lookup()
                    .findVirtual(type, "invokeCleaner", MethodType.methodType(void.class, ByteBuffer.class))
                    .bindTo(instance.get(null));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }
}
