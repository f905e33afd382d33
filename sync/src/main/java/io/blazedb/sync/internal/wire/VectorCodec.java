package io.blazedb.sync.internal.wire;

import io.blazedb.sync.Dependency;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.VersionVector;
import java.util.ArrayList;
import java.util.List;

/**
 * Version vectors: their number of entries, then each origin with its number. Origins ascend, so a vector has one form.
 */
public final class VectorCodec {
    private static final int ENTRY_BYTES_MIN = OriginId.BYTES + 1;

    private VectorCodec() {}

    public static void write(ByteWriter out, VersionVector vector) {
        out.varint(vector.size());
        for (Dependency entry : vector.entries()) {
            out.raw(entry.origin().toBytes()).varint(entry.seq());
        }
    }

    public static VersionVector read(ByteReader in) throws MalformedException {
        int count = in.count(ENTRY_BYTES_MIN, Integer.MAX_VALUE, "entries of a vector");
        List<Dependency> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            OriginId origin = OriginId.of(in.raw(OriginId.BYTES, "origin"));
            long seq = in.varint(Long.MAX_VALUE, "sequence number");
            if (seq == 0) {
                throw new MalformedException("vector: number 0 of " + origin + " (expected: >= 1)");
            }
            Dependency entry = new Dependency(origin, seq);
            if (i > 0 && origin.compareTo(entries.get(i - 1).origin()) <= 0) {
                throw new MalformedException(
                        "vector: " + origin + " after " + entries.get(i - 1).origin() + " (expected: ascending)");
            }
            entries.add(entry);
        }
        return VersionVector.of(entries);
    }
}
