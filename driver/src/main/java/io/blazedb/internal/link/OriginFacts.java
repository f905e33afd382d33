package io.blazedb.internal.link;

import io.blazedb.internal.capture.RecordBuffer;
import io.blazedb.internal.capture.RecordInput;
import io.blazedb.internal.node.Facts;
import io.blazedb.internal.node.NodeState.Origin;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.Role;
import java.security.SecureRandom;
import java.util.Map;
import java.util.TreeMap;

/** The origins that a node has written under, as facts, each with the position of the log that it begins at. */
final class OriginFacts {
    private static final String ORIGIN = "node.origin.";
    private static final SecureRandom RANDOM = new SecureRandom();

    private OriginFacts() {}

    /** Sixteen random bytes, for a name that nothing else has. */
    static byte[] random() {
        byte[] bytes = new byte[OriginId.BYTES];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    static void put(Facts facts, long lsn, Origin origin) {
        RecordBuffer out = new RecordBuffer(20);
        out.putBytes(origin.id().toBytes(), 0, OriginId.BYTES);
        out.putByte(origin.role() == Role.SERVER ? 1 : 0);
        facts.put(ORIGIN + lsn, out.toByteArray());
    }

    static boolean isOrigin(String factName) {
        return factName.startsWith(ORIGIN);
    }

    static Map<Long, Origin> read(Facts facts) {
        Map<Long, Origin> origins = new TreeMap<>();
        facts.startingWith(ORIGIN).forEach((lsn, bytes) -> origins.put(Long.parseLong(lsn), origin(bytes)));
        return origins;
    }

    private static Origin origin(byte[] bytes) {
        RecordInput in = new RecordInput(bytes);
        return new Origin(OriginId.of(in.readBytes(OriginId.BYTES)), in.readByte() == 1 ? Role.SERVER : Role.CLIENT);
    }
}
