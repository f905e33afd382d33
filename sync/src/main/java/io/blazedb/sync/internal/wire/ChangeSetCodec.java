package io.blazedb.sync.internal.wire;

import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.Dependency;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.Role;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.TableDefinition;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The bytes of a change set: what is hashed, sealed and sent. One change set has one form.
 *
 * <pre>
 * u8 format | origin 16 | u64 seq | u64 hlc | u8 role | count, dependencies | count, definitions | count, changes
 * </pre>
 *
 * <p>Sequence number and clock have fixed places and nothing else depends on them, so a transaction can be encoded
 * before it has them: {@link #stamp} puts them in under the lock that orders the log. Stateless; any thread may call
 * it.
 */
public final class ChangeSetCodec {
    /** The only format so far. */
    public static final int FORMAT = 1;

    private static final Codes<Role> ROLE = new Codes<>("role", List.of(Role.SERVER, Role.CLIENT));
    private static final int SEQ_AT = 1 + OriginId.BYTES;
    private static final int HLC_AT = SEQ_AT + Long.BYTES;
    private static final int ITEMS_MAX = Integer.MAX_VALUE;
    private static final int DEPENDENCY_BYTES_MIN = OriginId.BYTES + 1;

    private ChangeSetCodec() {}

    public static void write(ByteWriter out, ChangeSet changeSet) {
        out.u8(FORMAT).raw(changeSet.origin().toBytes());
        out.u64(changeSet.seq()).u64(changeSet.hlc());
        ROLE.write(out, changeSet.role());
        StampCodec stamps = new StampCodec(changeSet.stamp());
        out.varint(changeSet.dependencies().size());
        for (Dependency dependency : changeSet.dependencies()) {
            out.raw(dependency.origin().toBytes()).varint(dependency.seq());
            stamps.name(dependency.origin());
        }
        out.varint(changeSet.definitions().size());
        for (TableDefinition definition : changeSet.definitions()) {
            TableDefinitionCodec.write(out, definition);
        }
        RowChangeCodec changes = new RowChangeCodec(stamps, changeSet.stamp());
        out.varint(changeSet.changes().size());
        for (RowChange change : changeSet.changes()) {
            changes.write(out, change);
        }
    }

    /**
     * Gives a change set that was written with a provisional sequence number and clock its final ones. Fences that
     * equal the provisional stamp follow.
     *
     * @param encoded a buffer in which the change set begins at {@code offset}
     */
    public static void stamp(ByteBuffer encoded, int offset, long seq, long hlc) {
        for (int i = 0; i < Long.BYTES; i++) {
            int shift = Long.SIZE - Byte.SIZE * (i + 1);
            encoded.put(offset + SEQ_AT + i, (byte) (seq >>> shift));
            encoded.put(offset + HLC_AT + i, (byte) (hlc >>> shift));
        }
    }

    /** The change set without its origin and number, for where these are known from the place it is at. */
    public static byte[] withoutPlace(byte[] encoded, OriginId origin, long seq) throws MalformedException {
        ByteReader in = new ByteReader(ByteBuffer.wrap(encoded));
        int format = in.u8("format of a change set");
        OriginId found = OriginId.of(in.raw(OriginId.BYTES, "origin"));
        long number = in.u64("sequence number");
        if (!found.equals(origin) || number != seq) {
            throw new MalformedException(
                    "change set " + number + " of " + found + " (expected: " + seq + " of " + origin + ")");
        }
        byte[] rest = in.raw(in.remaining(), "change set");
        return new ByteWriter(1 + rest.length).u8(format).raw(rest).toByteArray();
    }

    /** The change set that {@link #withoutPlace} took the origin and the number from. */
    public static byte[] withPlace(byte[] content, OriginId origin, long seq) {
        ByteWriter out = new ByteWriter(HLC_AT + content.length);
        out.u8(content.length == 0 ? 0 : content[0]).raw(origin.toBytes()).u64(seq);
        return out.raw(Arrays.copyOfRange(content, Math.min(1, content.length), content.length))
                .toByteArray();
    }

    /** Reads a change set that fills the buffer, whose position stays where it is. */
    public static ChangeSet read(ByteBuffer encoded) throws MalformedException {
        ByteReader in = new ByteReader(encoded);
        ChangeSet changeSet = read(in);
        in.end("change set");
        return changeSet;
    }

    /** Reads a change set and leaves what follows. */
    public static ChangeSet read(ByteReader in) throws MalformedException {
        int format = in.u8("format of a change set");
        if (format != FORMAT) {
            throw new MalformedException("format of a change set: " + format + " (expected: " + FORMAT
                    + "); a newer version may be able to read it");
        }
        try {
            return readBody(in);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("change set: " + e.getMessage(), e);
        }
    }

    private static ChangeSet readBody(ByteReader in) throws MalformedException {
        OriginId origin = OriginId.of(in.raw(OriginId.BYTES, "origin"));
        long seq = in.u64("sequence number");
        long hlc = in.u64("clock");
        Role role = ROLE.read(in);
        Stamp stamp = new Stamp(hlc, origin);
        StampCodec stamps = new StampCodec(stamp);
        List<Dependency> dependencies = readDependencies(in, stamps);
        List<TableDefinition> definitions = new ArrayList<>();
        int definitionCount = in.count(TableDefinitionCodec.BYTES_MIN, ITEMS_MAX, "table definitions");
        for (int i = 0; i < definitionCount; i++) {
            definitions.add(TableDefinitionCodec.read(in));
        }
        RowChangeCodec codec = new RowChangeCodec(stamps, stamp);
        List<RowChange> changes = new ArrayList<>();
        int changeCount = in.count(RowChangeCodec.BYTES_MIN, ITEMS_MAX, "changes");
        for (int i = 0; i < changeCount; i++) {
            changes.add(codec.read(in));
        }
        return new ChangeSet(origin, seq, hlc, role, dependencies, definitions, changes);
    }

    private static List<Dependency> readDependencies(ByteReader in, StampCodec stamps) throws MalformedException {
        int count = in.count(DEPENDENCY_BYTES_MIN, ITEMS_MAX, "dependencies");
        List<Dependency> dependencies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            OriginId origin = OriginId.of(in.raw(OriginId.BYTES, "origin of a dependency"));
            dependencies.add(new Dependency(origin, in.varint(Long.MAX_VALUE, "sequence number of a dependency")));
            stamps.name(origin);
        }
        return dependencies;
    }
}
