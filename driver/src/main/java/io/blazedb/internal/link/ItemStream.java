package io.blazedb.internal.link;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What a node tells another one, in the order of its log. For one thread. */
interface ItemStream extends AutoCloseable {
    /** Where the next record is read. */
    long position();

    /** What the next record says, which may be nothing; null when there is no further record now. */
    @Nullable
    List<Item> next();

    /**
     * Waits until there is a further record, or somebody asks for something else.
     *
     * @return whether either came before the time was over
     */
    boolean await(long nanos, BooleanSupplier asked) throws InterruptedException;

    /** Whether there is a further record now. */
    boolean hasMore();

    @Override
    void close();
}
