package io.blazedb.internal.capture;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Encoders that are used again from commit to commit, each by one thread at a time. They belong to one database and go
 * with it, which they would not as values of threads: these live longer. Safe for use by several threads.
 */
final class SpareEncoders {
    /** A power of two; threads beyond it make new ones when they meet. */
    private static final int PLACES = 16;

    private final AtomicReferenceArray<TransactionEncoder> spare = new AtomicReferenceArray<>(PLACES);
    private final Supplier<TransactionEncoder> maker;

    SpareEncoders(Supplier<TransactionEncoder> maker) {
        this.maker = maker;
    }

    /** One that nobody else has until it is given back. */
    TransactionEncoder take() {
        TransactionEncoder encoder = spare.getAndSet(place(), null);
        return encoder == null ? maker.get() : encoder;
    }

    void giveBack(TransactionEncoder encoder) {
        spare.setRelease(place(), encoder);
    }

    private static int place() {
        return (int) Thread.currentThread().getId() & (PLACES - 1);
    }
}
