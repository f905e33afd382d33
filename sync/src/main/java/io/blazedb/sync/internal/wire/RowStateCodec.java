package io.blazedb.sync.internal.wire;

import io.blazedb.sync.Life;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.TableDefinition;
import io.blazedb.sync.internal.merge.ColumnVersion;
import io.blazedb.sync.internal.merge.Mark;
import io.blazedb.sync.internal.merge.RowState;
import io.blazedb.sync.internal.merge.RowValues;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that a database keeps for the state of a row: eleven for a row that was inserted and never updated.
 *
 * <pre>
 * flags      bits 0-1 life fence (0 none, 1 the common stamp, 2 follows), 2-3 common fence (likewise),
 *            4 life cause is 1, 5 common cause is the life cause, 6 highest cause is the life cause, 7 exceptions
 * columns    varint, twice the number, plus one if ruled: versions have marks, or there are counters
 * stamp      of the common version: origin number as varint, u64 clock
 * life       fence if it follows, varint cause unless 1
 * common     fence if it follows, varint cause unless the life cause
 * highest    varint, how much above the life cause, unless the same
 * mark       of the common version, if ruled
 * exceptions varint count; of each the column as varint, mark if ruled, fence, varint cause, stamp
 * image      of a dead row: varint count; of each value length, bytes; length 0 is unknown
 * counters   if ruled; see {@link CounterCodec}
 * </pre>
 *
 * <p>A mark is one byte, its order plus one or 0 for none, and the stamp of the rules; plus four and no stamp when this
 * is the stamp of the mark before.
 *
 * <p>A stamp in full is: origin number plus one as varint and u64 clock, or 0 for none. Origins are numbers of this
 * database, so these bytes mean nothing elsewhere. One per database; as safe for threads as its table of origins.
 */
public final class RowStateCodec {
    private static final int NONE = 0;
    private static final int COMMON = 1;
    private static final int FOLLOWS = 2;
    private static final int SHAPE = 0x03;
    private static final int COMMON_FENCE_SHIFT = 2;
    private static final int CAUSE_ONE = 0x10;
    private static final int COMMON_CAUSE_AS_LIFE = 0x20;
    private static final int HIGHEST_AS_LIFE = 0x40;
    private static final int EXCEPTIONS = 0x80;

    private final LocalStamps stamps;

    public RowStateCodec(OriginTable origins) {
        this.stamps = new LocalStamps(origins);
    }

    public void write(ByteWriter out, RowState state) {
        Life life = state.life();
        ColumnVersion common = state.commonVersion();
        int[] exceptions = state.exceptions();
        int lifeShape = shape(life.fence(), common.stamp());
        int commonShape = shape(common.fence(), common.stamp());
        boolean asLife = common.cause() == life.cause();
        boolean highest = state.highestCause() == life.cause();
        out.u8(lifeShape
                | commonShape << COMMON_FENCE_SHIFT
                | (life.cause() == 1 ? CAUSE_ONE : 0)
                | (asLife ? COMMON_CAUSE_AS_LIFE : 0)
                | (highest ? HIGHEST_AS_LIFE : 0)
                | (exceptions.length > 0 ? EXCEPTIONS : 0));
        boolean ruled = isRuled(state);
        out.varint(2L * state.columns() + (ruled ? 1 : 0));
        stamp(out, common.stamp());
        optional(out, life.fence(), lifeShape);
        optional(out, life.cause(), life.cause() == 1);
        optional(out, common.fence(), commonShape);
        optional(out, common.cause(), asLife);
        optional(out, state.highestCause() - life.cause(), highest);
        MarkCodec marks = new MarkCodec(stamps);
        if (ruled) {
            marks.write(out, common.mark());
        }
        writeExceptions(out, state, exceptions, ruled ? marks : null);
        if (!state.alive()) {
            writeImage(out, state.image());
        }
        if (ruled) {
            CounterCodec.write(out, state.counters(), stamps);
        }
    }

    private static boolean isRuled(RowState state) {
        boolean ruled = !state.commonVersion().mark().equals(Mark.NONE)
                || !state.counters().isEmpty();
        for (int column : state.exceptions()) {
            ruled |= !state.version(column).mark().equals(Mark.NONE);
        }
        return ruled;
    }

    private void writeExceptions(ByteWriter out, RowState state, int[] exceptions, @Nullable MarkCodec marks) {
        if (exceptions.length == 0) {
            return;
        }
        out.varint(exceptions.length);
        for (int column : exceptions) {
            ColumnVersion version = state.version(column);
            out.varint(column);
            if (marks != null) {
                marks.write(out, version.mark());
            }
            stamp(out, version.fence());
            out.varint(version.cause());
            stamp(out, version.stamp());
        }
    }

    private static void writeImage(ByteWriter out, RowValues image) {
        out.varint(image.size());
        for (int i = 0; i < image.size(); i++) {
            out.bytes(image.value(i));
        }
    }

    /** Reads a state and leaves what follows. */
    public RowState read(ByteReader in) throws MalformedException {
        try {
            return readState(in);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("row state: " + e.getMessage(), e);
        }
    }

    private RowState readState(ByteReader in) throws MalformedException {
        int flags = in.u8("flags of a row state");
        int size = (int) in.varint(2L * TableDefinition.COLUMNS_MAX + 1, "columns of a row state");
        int columns = size >>> 1;
        boolean ruled = (size & 1) == 1;
        Stamp stamp = stamp(in);
        Stamp lifeFence = optional(in, flags & SHAPE, stamp);
        long lifeCause = (flags & CAUSE_ONE) != 0 ? 1 : cause(in);
        Stamp commonFence = optional(in, (flags >> COMMON_FENCE_SHIFT) & SHAPE, stamp);
        long commonCause = (flags & COMMON_CAUSE_AS_LIFE) != 0 ? lifeCause : cause(in);
        long above = (flags & HIGHEST_AS_LIFE) != 0 ? 0 : cause(in);
        Life life = new Life(lifeFence, lifeCause);
        MarkCodec marks = new MarkCodec(stamps);
        Mark mark = ruled ? marks.read(in) : Mark.NONE;
        ColumnVersion common = new ColumnVersion(mark, commonFence, commonCause, stamp);
        if ((flags & EXCEPTIONS) == 0 && life.alive()) {
            RowState state = RowState.uniform(life, lifeCause + above, common, columns);
            return ruled ? state.withCounters(CounterCodec.read(in, stamps)) : state;
        }
        ColumnVersion[] versions = new ColumnVersion[columns];
        Arrays.fill(versions, common);
        if ((flags & EXCEPTIONS) != 0) {
            readExceptions(in, versions, ruled ? marks : null);
        }
        RowValues image = life.alive() ? RowValues.NONE : readImage(in);
        RowState state = RowState.of(life, lifeCause + above, versions, image);
        return ruled ? state.withCounters(CounterCodec.read(in, stamps)) : state;
    }

    private void readExceptions(ByteReader in, ColumnVersion[] versions, @Nullable MarkCodec marks)
            throws MalformedException {
        int count = in.count(4, versions.length, "exceptions of a row state");
        for (int i = 0; i < count; i++) {
            int column = (int) in.varint(versions.length - 1L, "column of an exception");
            Mark mark = marks == null ? Mark.NONE : marks.read(in);
            Stamp fence = stamp(in);
            versions[column] = new ColumnVersion(mark, fence, cause(in), stamp(in));
        }
    }

    private static RowValues readImage(ByteReader in) throws MalformedException {
        byte[][] values = new byte[in.count(1, TableDefinition.COLUMNS_MAX, "values of an image")][];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.bytes(Integer.MAX_VALUE, "value of an image");
        }
        return RowValues.of(values);
    }

    private static int shape(Stamp fence, Stamp common) {
        if (fence.isZero()) {
            return NONE;
        }
        return fence.equals(common) ? COMMON : FOLLOWS;
    }

    private void optional(ByteWriter out, Stamp fence, int shape) {
        if (shape == FOLLOWS) {
            stamp(out, fence);
        }
    }

    private Stamp optional(ByteReader in, int shape, Stamp common) throws MalformedException {
        return switch (shape) {
            case NONE -> Stamp.ZERO;
            case COMMON -> common;
            case FOLLOWS -> stamp(in);
            default -> throw new MalformedException("form of a fence: " + shape + " (expected: 0 to 2)");
        };
    }

    private static void optional(ByteWriter out, long number, boolean known) {
        if (!known) {
            out.varint(number);
        }
    }

    private static long cause(ByteReader in) throws MalformedException {
        return in.varint(Life.CAUSE_MAX, "causal length");
    }

    private void stamp(ByteWriter out, Stamp stamp) {
        stamps.write(out, stamp);
    }

    private Stamp stamp(ByteReader in) throws MalformedException {
        return stamps.read(in);
    }
}
