package io.blazedb.sync.internal.wire;

import io.blazedb.sync.OriginId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The origins of one message, in the order in which its rows name them. For one thread. */
public final class OriginList implements OriginTable {
    private final List<OriginId> origins = new ArrayList<>();
    private final Map<OriginId, Integer> numbers = new HashMap<>();

    @Override
    public int indexOf(OriginId origin) {
        Integer number = numbers.putIfAbsent(origin, origins.size());
        if (number != null) {
            return number;
        }
        origins.add(origin);
        return origins.size() - 1;
    }

    @Override
    public OriginId originAt(int index) {
        return origins.get(index);
    }

    @Override
    public int size() {
        return origins.size();
    }

    public void write(ByteWriter out) {
        out.varint(origins.size());
        origins.forEach(origin -> out.raw(origin.toBytes()));
    }

    public static OriginList read(ByteReader in) throws MalformedException {
        OriginList origins = new OriginList();
        int count = in.count(OriginId.BYTES, Integer.MAX_VALUE, "origins");
        for (int i = 0; i < count; i++) {
            if (origins.indexOf(OriginId.of(in.raw(OriginId.BYTES, "origin"))) != i) {
                throw new MalformedException("origins: one of them twice (expected: each once)");
            }
        }
        return origins;
    }
}
