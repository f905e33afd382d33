package io.blazedb.sync.internal.wire;

import io.blazedb.sync.Life;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.TableDefinition;
import io.blazedb.sync.internal.merge.ColumnVersion;
import io.blazedb.sync.internal.merge.RowState;
import io.blazedb.sync.internal.merge.RowValues;
import java.util.Arrays;

/**
 * The bytes that a database keeps for the state of a row: eleven for a row that was inserted and never updated.
 *
 * <pre>
 * flags      bits 0-1 life fence (0 none, 1 the common stamp, 2 follows), 2-3 common fence (likewise),
 *            4 life cause is 1, 5 common cause is the life cause, 6 highest cause is the life cause, 7 exceptions
 * columns    varint
 * stamp      of the common version: origin number as varint, u64 clock
 * life       fence if it follows, varint cause unless 1
 * common     fence if it follows, varint cause unless the life cause
 * highest    varint, how much above the life cause, unless the same
 * exceptions varint count; of each the column as varint, fence, varint cause, stamp
 * image      of a dead row: varint count; of each value length, bytes; length 0 is unknown
 * </pre>
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

    private final OriginTable origins;

    public RowStateCodec(OriginTable origins) {
        this.origins = origins;
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
        out.varint(state.columns());
        stamp(out, common.stamp());
        optional(out, life.fence(), lifeShape);
        optional(out, life.cause(), life.cause() == 1);
        optional(out, common.fence(), commonShape);
        optional(out, common.cause(), asLife);
        optional(out, state.highestCause() - life.cause(), highest);
        writeExceptions(out, state, exceptions);
        if (!state.alive()) {
            writeImage(out, state.image());
        }
    }

    private void writeExceptions(ByteWriter out, RowState state, int[] exceptions) {
        if (exceptions.length == 0) {
            return;
        }
        out.varint(exceptions.length);
        for (int column : exceptions) {
            ColumnVersion version = state.version(column);
            out.varint(column);
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
        int columns = (int) in.varint(TableDefinition.COLUMNS_MAX, "columns of a row state");
        Stamp stamp = stamp(in);
        Stamp lifeFence = optional(in, flags & SHAPE, stamp);
        long lifeCause = (flags & CAUSE_ONE) != 0 ? 1 : cause(in);
        Stamp commonFence = optional(in, (flags >> COMMON_FENCE_SHIFT) & SHAPE, stamp);
        long commonCause = (flags & COMMON_CAUSE_AS_LIFE) != 0 ? lifeCause : cause(in);
        long above = (flags & HIGHEST_AS_LIFE) != 0 ? 0 : cause(in);
        Life life = new Life(lifeFence, lifeCause);
        ColumnVersion common = new ColumnVersion(commonFence, commonCause, stamp);
        if ((flags & EXCEPTIONS) == 0 && life.alive()) {
            return RowState.uniform(life, lifeCause + above, common, columns);
        }
        ColumnVersion[] versions = new ColumnVersion[columns];
        Arrays.fill(versions, common);
        if ((flags & EXCEPTIONS) != 0) {
            readExceptions(in, versions);
        }
        return RowState.of(life, lifeCause + above, versions, life.alive() ? RowValues.NONE : readImage(in));
    }

    private void readExceptions(ByteReader in, ColumnVersion[] versions) throws MalformedException {
        int count = in.count(4, versions.length, "exceptions of a row state");
        for (int i = 0; i < count; i++) {
            int column = (int) in.varint(versions.length - 1L, "column of an exception");
            Stamp fence = stamp(in);
            versions[column] = new ColumnVersion(fence, cause(in), stamp(in));
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
        return in.varint(Long.MAX_VALUE, "causal length");
    }

    private void stamp(ByteWriter out, Stamp stamp) {
        if (stamp.isZero()) {
            out.varint(0);
        } else {
            out.varint(origins.indexOf(stamp.origin()) + 1L).u64(stamp.hlc());
        }
    }

    private Stamp stamp(ByteReader in) throws MalformedException {
        int number = (int) in.varint(origins.size(), "origin number of a stamp");
        return number == 0 ? Stamp.ZERO : new Stamp(in.u64("clock of a stamp"), origins.originAt(number - 1));
    }
}
