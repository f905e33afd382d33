package io.blazedb.internal.schema;

import org.h2.schema.Sequence;
import org.h2.value.Value;

/**
 * The numbers of one slot: {@code 0 | slot, 20 bits | counter, 43 bits}, and the same below zero for sequences that
 * count down. Stateless; one thread at a time may put sequences into ranges.
 */
public record NumberRange(int slot) {
    private static final int COUNTER_BITS = 43;
    private static final long COUNTER_MASK = (1L << COUNTER_BITS) - 1;

    /** A sequence of a synced key has to reach this number, so that 1024 databases have room. */
    static final long REACH_MIN = (1L << 53) - 1;

    private long first() {
        return (long) slot << COUNTER_BITS;
    }

    private long last() {
        return first() + COUNTER_MASK;
    }

    /**
     * Lets a sequence go on in here, up to the end of the range, where H2 says that it is exhausted. Leaves alone what
     * is here already, what cycles, and what was declared with limits that this range is beyond.
     *
     * <p>It goes on at the same counter, and one step later when steps are long, since allocators of blocks count back
     * from what they are given.
     */
    public void take(Sequence sequence) {
        if (!appliesTo(sequence) || reach(sequence) < last()) {
            return;
        }
        boolean up = sequence.getIncrement() > 0;
        long limit = up ? last() : -last();
        boolean limited = limit == (up ? sequence.getMaxValue() : sequence.getMinValue());
        if (limited && (has(sequence) || sequence.getCycle() == Sequence.Cycle.EXHAUSTED)) {
            return;
        }
        Long newLimit = magnitude(sequence.getStartValue(), up) <= last() ? (Long) limit : null;
        // H2 gives one that counts down no valid number of values to keep ready, and then refuses every change.
        Long ready = sequence.getCacheSize() < 1 ? (Long) (long) Sequence.DEFAULT_CACHE_SIZE : null;
        sequence.modify(
                has(sequence) ? null : next(sequence),
                null,
                up ? null : newLimit,
                up ? newLimit : null,
                null,
                null,
                ready);
    }

    private static boolean appliesTo(Sequence sequence) {
        int type = sequence.getDataType().getValueType();
        boolean wide = type == Value.BIGINT || type == Value.NUMERIC || type == Value.DECFLOAT;
        return wide && !sequence.isTemporary() && sequence.getCycle() != Sequence.Cycle.CYCLE;
    }

    private boolean has(Sequence sequence) {
        long next = magnitude(sequence.getBaseValue(), sequence.getIncrement() > 0);
        return next <= last() && (slot == 0 || next >= first());
    }

    private Long next(Sequence sequence) {
        boolean up = sequence.getIncrement() > 0;
        long step = Math.abs(sequence.getIncrement());
        long counter = magnitude(sequence.getBaseValue(), up) & COUNTER_MASK;
        long next = first() + Math.min(COUNTER_MASK, counter + (step > 1 ? step : 0));
        return up ? next : -next;
    }

    private static long magnitude(long number, boolean up) {
        return up ? number : -number;
    }

    /** The number furthest from zero that a sequence was declared to give; the end of a range is no such limit. */
    static long reach(Sequence sequence) {
        long limit = sequence.getIncrement() > 0
                ? sequence.getMaxValue()
                : -Math.max(-Long.MAX_VALUE, sequence.getMinValue());
        return (limit & COUNTER_MASK) == COUNTER_MASK ? Long.MAX_VALUE : limit;
    }
}
