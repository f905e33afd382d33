package io.blazedb.sync.internal.wire;

import io.blazedb.sync.CounterDeltas;
import io.blazedb.sync.Life;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.RowChange.Kind;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.TableDefinition;
import io.blazedb.sync.WrittenVersions;
import java.math.BigDecimal;
import java.util.List;

/**
 * The changes of one change set.
 *
 * <pre>
 * flags      bits 0-1 kind, 2 same table as the change before, 3-4 life fence (0 none, 1 own, 2 follows),
 *            5 usual life cause (2 of a delete, 1 of all others), 6 versions as the life register, 7 dense columns
 * table      varint, unless the same
 * key        length, bytes
 * life       fence if it follows, varint cause unless usual
 * columns    varint, twice the count, plus one with counters; unless dense, varint distance of each ordinal from the
 *            one before, less one
 * versions   fence and varint cause of each column, unless as the life register
 * values     length, bytes
 * counters   varint count; of each varint distance as above, number
 * </pre>
 *
 * <p>So the versions of an insert, or of an update without exceptions, cost nothing. Serves one change set in one
 * direction, by one thread.
 */
final class RowChangeCodec {
    /** Flags, key length, column count. */
    static final int BYTES_MIN = 3;

    private static final int KIND = 0x03;
    private static final int SAME_TABLE = 0x04;
    private static final int FENCE_SHIFT = 3;
    private static final int FENCE = 0x03;
    private static final int USUAL_CAUSE = 0x20;
    private static final int AS_LIFE = 0x40;
    private static final int DENSE = 0x80;

    private static final Codes<Kind> KINDS =
            new Codes<>("kind of a change", List.of(Kind.INSERT, Kind.UPDATE, Kind.DELETE, Kind.RESTAMP));

    private final StampCodec stamps;
    private final Stamp own;
    private long table = -1;

    RowChangeCodec(StampCodec stamps, Stamp own) {
        this.stamps = stamps;
        this.own = own;
    }

    void write(ByteWriter out, RowChange change) {
        Life life = change.life();
        boolean usual = life.cause() == usualCause(change.kind());
        boolean asLife = change.versions().equals(asLife(life));
        int fence = stamps.shape(life.fence());
        out.u8(KINDS.code(change.kind())
                | (change.tableId() == table ? SAME_TABLE : 0)
                | fence << FENCE_SHIFT
                | (usual ? USUAL_CAUSE : 0)
                | (asLife ? AS_LIFE : 0)
                | (change.isDense() ? DENSE : 0));
        if (change.tableId() != table) {
            table = change.tableId();
            out.varint(table);
        }
        out.bytes(change.key());
        if (fence == StampCodec.LAST) {
            stamps.write(out, life.fence());
        }
        if (!usual) {
            out.varint(life.cause());
        }
        writeColumns(out, change, asLife);
    }

    private void writeColumns(ByteWriter out, RowChange change, boolean asLife) {
        boolean counting = change.counters().size() > 0;
        out.varint(2L * change.size() + (counting ? 1 : 0));
        if (!change.isDense()) {
            int previous = -1;
            for (int i = 0; i < change.size(); i++) {
                out.varint(change.column(i) - previous - 1L);
                previous = change.column(i);
            }
        }
        if (!asLife) {
            for (int i = 0; i < change.size(); i++) {
                stamps.write(out, change.versions().fence(i));
                out.varint(change.versions().cause(i));
            }
        }
        for (int i = 0; i < change.size(); i++) {
            out.bytes(change.value(i));
        }
        if (counting) {
            writeCounters(out, change.counters());
        }
    }

    private static void writeCounters(ByteWriter out, CounterDeltas counters) {
        out.varint(counters.size());
        int previous = -1;
        for (int i = 0; i < counters.size(); i++) {
            out.varint(counters.column(i) - previous - 1L);
            previous = counters.column(i);
            NumberCodec.write(out, counters.delta(i));
        }
    }

    private static CounterDeltas readCounters(ByteReader in) throws MalformedException {
        int count = in.count(3, TableDefinition.COLUMNS_MAX, "counters of a change");
        if (count == 0) {
            throw new MalformedException("counters of a change: none (expected: the flag for it)");
        }
        int[] columns = new int[count];
        BigDecimal[] deltas = new BigDecimal[count];
        int previous = -1;
        for (int i = 0; i < count; i++) {
            columns[i] = previous + 1 + (int) in.varint(TableDefinition.COLUMNS_MAX, "ordinal of a counter");
            previous = columns[i];
            deltas[i] = NumberCodec.read(in, "delta of a counter");
        }
        return CounterDeltas.of(columns, deltas);
    }

    RowChange read(ByteReader in) throws MalformedException {
        int flags = in.u8("flags of a change");
        Kind kind = KINDS.choice(flags & KIND);
        readTable(in, (flags & SAME_TABLE) != 0);
        byte[] key = in.bytes(RowChange.KEY_BYTES_MAX, "row key");
        Life life = readLife(in, flags, kind);
        long count = in.varint(2L * TableDefinition.COLUMNS_MAX + 1, "columns of a change");
        int[] columns = readColumns(in, (int) (count >>> 1), (flags & DENSE) != 0);
        WrittenVersions versions = readVersions(in, (flags & AS_LIFE) != 0, life, columns.length);
        byte[][] values = new byte[columns.length][];
        for (int i = 0; i < columns.length; i++) {
            values[i] = in.bytes(Integer.MAX_VALUE, "value");
        }
        CounterDeltas counters = (count & 1) == 0 ? CounterDeltas.NONE : readCounters(in);
        return new RowChange(table, key, kind, life, columns, versions, values, counters);
    }

    private void readTable(ByteReader in, boolean same) throws MalformedException {
        if (same && table < 0) {
            throw new MalformedException("first change of the same table as the one before (expected: a table id)");
        }
        if (!same) {
            long id = in.varint(TableDefinition.ID_MAX, "table id");
            if (id == table) {
                throw new MalformedException("table id: " + id + " again (expected: the flag for it)");
            }
            table = id;
        }
    }

    private Life readLife(ByteReader in, int flags, Kind kind) throws MalformedException {
        Stamp fence = switch ((flags >> FENCE_SHIFT) & FENCE) {
            case StampCodec.NONE -> Stamp.ZERO;
            case StampCodec.OWN -> own;
            case StampCodec.LAST -> stamps.read(in);
            default -> throw new MalformedException("life fence: form 3 (expected: 0 to 2)");
        };
        if (((flags >> FENCE_SHIFT) & FENCE) == StampCodec.LAST && stamps.shape(fence) != StampCodec.LAST) {
            throw new MalformedException("life fence: " + fence + " follows (expected: the flag for it)");
        }
        if ((flags & USUAL_CAUSE) != 0) {
            return new Life(fence, usualCause(kind));
        }
        long cause = in.varint(Life.CAUSE_MAX, "causal length");
        if (cause == usualCause(kind)) {
            throw new MalformedException("causal length: " + cause + " (expected: the flag for it)");
        }
        return new Life(fence, cause);
    }

    private static int[] readColumns(ByteReader in, int count, boolean dense) throws MalformedException {
        if (count > in.remaining()) {
            throw new MalformedException(
                    "columns of a change: " + count + " of at least a byte in " + in.remaining() + " bytes");
        }
        int[] columns = new int[count];
        int previous = -1;
        for (int i = 0; i < count; i++) {
            columns[i] = dense ? i : previous + 1 + (int) in.varint(TableDefinition.COLUMNS_MAX, "column ordinal");
            previous = columns[i];
        }
        if (!dense && previous == count - 1) {
            throw new MalformedException("columns of a change: 0 to " + previous + " (expected: the flag for it)");
        }
        return columns;
    }

    private WrittenVersions readVersions(ByteReader in, boolean asLife, Life life, int count)
            throws MalformedException {
        if (asLife) {
            return asLife(life);
        }
        if (count == 0) {
            throw new MalformedException("versions of no columns (expected: the flag for it)");
        }
        Stamp[] fences = new Stamp[count];
        long[] causes = new long[count];
        for (int i = 0; i < count; i++) {
            fences[i] = stamps.read(in);
            causes[i] = in.varint(Life.CAUSE_MAX, "causal length of a column");
        }
        WrittenVersions versions = WrittenVersions.each(fences, causes);
        if (versions.equals(asLife(life))) {
            throw new MalformedException("versions as the life register (expected: the flag for it)");
        }
        return versions;
    }

    private static WrittenVersions asLife(Life life) {
        return WrittenVersions.uniform(life.fence(), Math.max(1, life.cause()));
    }

    private static long usualCause(Kind kind) {
        return kind == Kind.DELETE ? 2 : 1;
    }
}
